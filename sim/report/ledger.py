"""The ledger of a run by year: what the public paid on each line, less what it was paid, and who paid it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.base.language import has, say
from sim.base.months import parse_month
from sim.engine.record import PAYERS, Record
from sim.report.numbers import number
from sim.report.tables import Row, Table
from sim.report.titles import group_labels

MILLION = 1e6


def by_year(record: Record) -> dict[int, dict[str, dict[str, float]]]:
    """Net cost by calendar year, line and public payer, SEK; months of a burn-in are left out."""
    found: dict[int, dict[str, dict[str, float]]] = {}
    start = parse_month(str(record.provenance["start"]))
    for entry in record.ledger.to_pylist() if record.ledger is not None else []:
        if entry["month"] <= 0:
            continue
        lines = found.setdefault((start + entry["month"]) // 12, {})
        parties = lines.setdefault(entry["line"], dict.fromkeys(PAYERS, 0.0))
        for party, sign in ((entry["payer"], 1.0), (entry["payee"], -1.0)):
            if party in parties:
                parties[party] += sign * entry["amount"]
    return found


def ledger_table(record: Record, language: str) -> Table:
    """A row per year and one for all, a column per line, then the sum and who paid it, million SEK."""
    years = by_year(record)
    lines = sorted({line for of_year in years.values() for line in of_year})
    labels = group_labels(record, language)
    first, *last = (say(f"report.ledger.{key}", language) for key in ("year", "total", *PAYERS))
    table = Table((first, *(line_title(line, labels, language) for line in lines), *last))
    sums = np.zeros(len(lines) + 1 + len(PAYERS))
    for year, of_year in sorted(years.items()):
        values = _values(of_year, lines)
        sums += values
        table.rows.append(Row((str(year), *_shown(values, language))))
    table.rows.append(Row((say("report.ledger.sum", language), *_shown(sums, language))))
    table.title, table.caption = say("report.ledger.title", language), say("report.ledger.caption", language)
    return table


def line_title(line: str, labels: dict[str, str], language: str) -> str:
    """What a line of the ledger is called."""
    known = f"report.by.values.lever.{line}"
    return labels.get(line) or (say(known, language) if has(known, language) else line.replace("_", " "))


def _values(of_year: dict[str, dict[str, float]], lines: list[str]) -> np.ndarray:
    """Cost of each line, of all, and by payer, SEK."""
    by_line = [sum(of_year.get(line, {}).values()) for line in lines]
    by_payer = [sum(parties[party] for parties in of_year.values()) for party in PAYERS]
    return np.array([*by_line, sum(by_line), *by_payer])


def _shown(values: np.ndarray, language: str) -> Iterator[str]:
    return (number(float(value) / MILLION, 1, language) for value in values)


def as_data(record: Record) -> list[dict[str, Any]]:
    """The same for programs: a row per year, line and payer, SEK."""
    return [
        {"year": year, "line": line, "payer": party, "amount": amount}
        for year, lines in sorted(by_year(record).items())
        for line, parties in sorted(lines.items())
        for party, amount in parties.items()
    ]
