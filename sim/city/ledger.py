"""The ledger: who paid what to whom, by line; what one party pays another gets, so the sum over parties is zero."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

PUBLIC = ("municipality", "state")
PARTIES = (*PUBLIC, "landlord", "household", "property")
"""Who can pay and be paid; landlords are those of all kinds but for municipal companies, whose owner is named.
``property`` is what public homes are worth: who buys one pays the seller and is paid by it, so that a purchase costs
the public only what is paid above the value, and a sale what is let go below it."""


class Entry(NamedTuple):
    """A line, who pays and who is paid."""

    line: str
    payer: str
    payee: str


@dataclass
class Ledger:
    """Sums since the founding and of the month under way, SEK.

    Attributes
    ----------
    total, month : dict of Entry to float
    """

    total: dict[Entry, float] = field(default_factory=dict)
    month: dict[Entry, float] = field(default_factory=dict)

    def add(self, entry: Entry, amount: float) -> None:
        """One party pays another."""
        self.total[entry] = self.total.get(entry, 0.0) + amount
        self.month[entry] = self.month.get(entry, 0.0) + amount

    def turn(self) -> None:
        """The next month begins; what was paid on a line before is 0 again."""
        self.month = dict.fromkeys(self.month, 0.0)

    def copy(self) -> Ledger:
        """The same sums, for somebody who may not write."""
        return Ledger(dict(self.total), dict(self.month))

    def paid_by(self, party: str, line: str | None = None) -> float:
        """What a party paid this month less what it was paid, on a line or on all, SEK."""
        mine = [(entry, amount) for entry, amount in self.month.items() if line is None or entry.line == line]
        out = sum(amount for entry, amount in mine if entry.payer == party)
        return out - sum(amount for entry, amount in mine if entry.payee == party)

    def public_cost(self, line: str | None = None) -> float:
        """What municipality and state paid this month less what they were paid, SEK."""
        return sum((self.paid_by(party, line) for party in PUBLIC), 0.0)

    def lines(self) -> tuple[str, ...]:
        """Every line on which something was booked, in the order of the alphabet."""
        return tuple(sorted({entry.line for entry in self.total}))
