"""Freeze the numbers of the golden runs anew: ``python tests/golden/refresh.py``.

To do when the model is meant to give other numbers, in a commit of its own whose message says "numbers change" and why;
the changelog says so too. What changes is printed.
"""

import json

from runs import NUMBERS, RUNS, made_with, run


def main():
    """Run everything, print what differs from before, and write the file."""
    before = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {"runs": {}}
    runs = {name: run(name) for name in RUNS}
    for name, found in runs.items():
        old = before["runs"].get(name, {}).get("measures", {})
        for measure, values in found["measures"].items():
            if old.get(measure) != values:
                print(f"{name} {measure}: {old.get(measure)} -> {values}")
    text = json.dumps({"made_with": made_with(), "runs": runs}, indent=1)
    NUMBERS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
