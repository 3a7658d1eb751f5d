# Two commands do everything on a bare machine with Python (3.11 or later) and make: `make run` and `make test`.
# Where there is no make, see "Without make" in README.md.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SOURCES := pyproject.toml constraints.txt
PYTEST ?=
# What kernels do is seen only where they are plain Python. These rooms have tests enough for that; whole runs take long.
PLAIN := $(addprefix tests/,base kernels city rules measures scenario synthesis reference engine contracts)

.DEFAULT_GOAL := help

help:  ## show what there is to do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## / - /'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(SOURCES) | $(BIN)/python
	$(PIP) install --quiet --upgrade --constraint constraints.txt pip
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test: $(SOURCES) $(VENV)/.run
	$(PIP) install --quiet --constraint constraints.txt --editable ".[test]"
	@touch $@

run: $(VENV)/.run  ## run the main job: today's rules, market, right and right by need on Gothenburg
	$(BIN)/hemvist compare gothenburg gothenburg-market gothenburg-right gothenburg-right-need

baseline: $(VENV)/.run  ## see whether Gothenburg stays as it is known to be, target by target
	$(BIN)/hemvist baseline gothenburg

$(VENV)/.view: $(SOURCES) $(VENV)/.run
	$(PIP) install --quiet --constraint constraints.txt --editable ".[view]"
	@touch $@

view: $(VENV)/.view  ## open the page in a browser: pull a lever, see the city answer (needs no network once set up)
	$(BIN)/hemvist view

$(VENV)/.browser: $(SOURCES) $(VENV)/.test
	$(PIP) install --quiet --constraint constraints.txt --editable ".[test,browser]"
	@touch $@

browser: $(VENV)/.browser  ## install what the tests of the page in a browser need, besides Chromium itself

test: $(VENV)/.test  ## run all tests
	$(BIN)/python -m pytest $(PYTEST)

test-other: $(VENV)/.test  ## run the tests of what depends on the version of Python and Mesa
	$(BIN)/python -m pytest tests/city tests/engine tests/base -m "not slow"

coverage: $(VENV)/.test  ## run the tests of rooms with kernels as plain Python, then all tests, and show what they cover
	rm -f .coverage
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -m "not slow" --cov=sim --cov-report= $(PLAIN)
	$(MAKE) test PYTEST="--cov=sim --cov-append --cov-report=term-missing:skip-covered --cov-fail-under=95"

lint: $(VENV)/.test  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.test  ## run the benchmarks and print a table of ratios
	$(BIN)/python tests/benchmarks/run.py

bench-view: $(VENV)/.browser  ## measure the page in Chromium against its budgets: first picture, lever to picture, 15 tabs
	$(BIN)/python tests/benchmarks/bench_view.py

soak: $(VENV)/.browser  ## play and pull levers on the page for an hour, and see whether the server grows
	$(BIN)/python tests/benchmarks/bench_view.py --soak 60

clean:  ## remove the environment and all caches
	rm -rf $(VENV) .venv-* build .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help run view browser baseline test test-other coverage lint bench bench-view soak clean
