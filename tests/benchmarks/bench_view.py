"""The page in a real browser against its budgets: what a visitor waits for, and what fifteen of them cost.

    python tests/benchmarks/bench_view.py                      # some minutes
    python tests/benchmarks/bench_view.py --scale 1.65 --tabs 1
    python tests/benchmarks/bench_view.py --soak 60            # minutes of play, and what the server's memory does

Nothing here can fail a build: it prints figures beside their budgets. Times hold for the machine at that moment.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LEVER = "listing.max_applications"
PATIENCE = 600_000
FRAMES = """() => new Promise((done) => { const from = hemvist.clock.month, began = performance.now();
    setTimeout(() => done([hemvist.clock.month - from, (performance.now() - began) / 1000]), SECONDS * 1000); })"""
PULL = """([path, value]) => new Promise((done) => {
    const began = performance.now(), month = hemvist.clock.month;
    const before = hemvist.films.mine ? hemvist.films.mine.gen : -1;
    const off = hemvist.listen(() => {
      const film = hemvist.films.mine;
      if (!film || film.gen === before || film.rows.length < month + 2) return;
      off();
      requestAnimationFrame(() => done(performance.now() - began));
    });
    const input = document.getElementById("hv-" + path.replace(/\\W/g, "-"));
    input.value = value;
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new Event("change"));
})"""
"""Milliseconds from the hand letting go of a lever until the first month under it is drawn."""


@dataclass
class Server:
    """A server as a user starts it."""

    url: str
    process: subprocess.Popen[bytes]

    def megabytes(self) -> float:
        """Memory that the server holds, without the processes that play films."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@contextlib.contextmanager
def serving(scenario: str, scale: float | None) -> Iterator[Server]:
    """A server on a free port until it is not needed any more."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sized = [] if scale is None else ["--scale", str(scale)]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sim", "view", scenario, *sized, "--no-browser", "--port", str(port)]
        process = subprocess.Popen(command, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)},
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/readyz")
            yield Server(f"http://localhost:{port}/", process)
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(url: str) -> None:
    for _ in range(400):
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.3)
    raise SystemExit("the server did not start")


class Visit:
    """One visitor, and what travelled to them."""

    def __init__(self, browser: Any, url: str) -> None:
        self.page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        self.page.set_default_timeout(PATIENCE)
        self.bytes = self.socket_bytes = self.outside = 0
        self.page.on("request", lambda one: self._asked(one.url, url))
        self.page.on("response", self._answered)
        self.page.on("websocket", lambda line: line.on("framereceived", self._received))
        began = time.perf_counter()
        self.page.goto(url)
        self.page.wait_for_function("[...document.querySelectorAll('.hv-area')].some((one) => one.style.fill)")
        self.seconds = time.perf_counter() - began

    def _asked(self, asked: str, own: str) -> None:
        self.outside += not asked.startswith((own, own.replace("http", "ws"), "data:", "blob:"))

    def _answered(self, response: Any) -> None:
        with contextlib.suppress(Exception):
            self.bytes += response.request.sizes()["responseBodySize"]

    def _received(self, payload: str | bytes) -> None:
        self.socket_bytes += len(payload)

    def until_played(self) -> None:
        """Wait until today's rules are played to their end."""
        self.page.wait_for_function("hemvist.films.base && hemvist.films.base.state === 'done'")

    def show_levers(self) -> None:
        """Have every lever on the page."""
        if self.page.locator(".hv-more").count():
            self.page.click(".hv-more")

    def pictures(self, seconds: float) -> float:
        """Months a second that are drawn while the page plays."""
        self.page.evaluate("() => { hemvist.seek(0); hemvist.play(true); }")
        months, spent = self.page.evaluate(FRAMES.replace("SECONDS", str(seconds)))
        self.page.evaluate("hemvist.play(false)")
        return float(months / spent)


def tell(what: str, found: str, budget: str) -> None:
    """One line of the table."""
    print(f"{what:<52}{found:>22}   {budget}", flush=True)


def alone(browser: Any, server: Server) -> Visit:
    """What one visitor meets."""
    cold = Visit(browser, server.url)
    tell("first picture, first visitor (founding and all)", f"{cold.seconds:.1f} s", "5 s")
    cold.until_played()
    warm = [Visit(browser, server.url) for _ in range(3)]
    tell("first picture, warm (median of 3)", f"{statistics.median(one.seconds for one in warm):.1f} s", "2.5 s")
    tell("page, as it travels", f"{warm[0].bytes / 1e6:.2f} MB", "2 MB")
    tell("requests to others than its own server", str(sum(one.outside for one in warm)), "0")
    for one in warm:
        one.page.context.close()
    return cold


def levers(visit: Visit, n: int) -> None:
    """Pull a lever again and again, in month 12."""
    visit.show_levers()
    visit.page.evaluate("hemvist.seek(12)")
    waits = [visit.page.evaluate(PULL, [LEVER, 1 + at % 7]) for at in range(n)]
    worst = sorted(waits)[max(0, round(0.95 * n) - 1)]
    tell(f"lever to picture, median of {n}", f"{statistics.median(waits):.0f} ms", "")
    tell("lever to picture, 95th percentile", f"{worst:.0f} ms", "150 ms")
    visit.page.wait_for_function("hemvist.films.mine.state === 'done'")
    before = visit.socket_bytes
    visit.page.evaluate(PULL, [LEVER, 12])
    visit.page.wait_for_function("hemvist.films.mine.state === 'done'")
    months = visit.page.evaluate("hemvist.films.mine.rows.length") - 13
    each = (visit.socket_bytes - before) / months / 1000
    tell("bytes a month, all that travels counted in", f"{each:.1f} kB", "15 kB")


def together(browser: Any, server: Server, n: int) -> None:
    """Many visitors at once."""
    before = server.megabytes()
    visits = [Visit(browser, server.url) for _ in range(n)]
    for one in visits:
        one.until_played()
        one.page.evaluate("() => { hemvist.seek(0); hemvist.play(true); }")
    starts = [one.page.evaluate("hemvist.clock.month") for one in visits]
    began = time.perf_counter()
    time.sleep(8)
    drawn = [one.page.evaluate("hemvist.clock.month") - start for one, start in zip(visits, starts, strict=True)]
    spent = time.perf_counter() - began
    rates = [months / spent for months in drawn]
    tell(f"{n} tabs play at once: all together", f"{sum(rates):.0f} pictures a second", "")
    tell(f"{n} tabs play at once: slowest, quickest", f"{min(rates):.1f}, {max(rates):.1f}", "evenly")
    tell("memory of the server for each tab", f"{(server.megabytes() - before) / n:.1f} MB", "20 MB")
    for one in visits:
        one.page.context.close()


def soak(browser: Any, server: Server, minutes: float) -> None:
    """Play, pull and look around for a long time."""
    visit = Visit(browser, server.url)
    visit.until_played()
    visit.show_levers()
    until, start, at = time.monotonic() + 60 * minutes, server.megabytes(), 0
    while time.monotonic() < until:
        at += 1
        visit.page.evaluate("hemvist.seek(12)")
        visit.page.evaluate(PULL, [LEVER, 1 + at % 7])
        visit.pictures(5)
        if at % 30 == 0:
            print(f"  {at} rounds: {server.megabytes():.0f} MB", flush=True)
    tell(f"growth of the server in {minutes:g} minutes", f"{server.megabytes() - start:.0f} MB", "50 MB")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", default="gothenburg-levers")
    parser.add_argument("--scale", type=float)
    parser.add_argument("--pulls", type=int, default=20)
    parser.add_argument("--tabs", type=int, default=15)
    parser.add_argument("--soak", type=float, metavar="MINUTES")
    told = parser.parse_args()
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        raise SystemExit("This needs Chromium and Playwright: apt-get install chromium; pip install '.[browser]'")
    tell("what", "found", "budget")
    tell("machine", f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", "a quiet one")
    with serving(told.scenario, told.scale) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        if told.soak:
            soak(browser, server, told.soak)
            return
        visit = alone(browser, server)
        levers(visit, told.pulls)
        tell("play, map and six charts", f"{visit.pictures(5):.1f} pictures a second", "5 or more (8 is asked for)")
        if told.tabs > 1:
            together(browser, server, told.tabs)


if __name__ == "__main__":
    main()
