"""Rules that propose what a test tells them to, and an engine that asks them."""

from dataclasses import dataclass, field, replace

import numpy as np
from cities import founded, town

from sim.city.households import Cause
from sim.rules.proposals import Starts


@dataclass
class Told:
    """A rule of any kind that remembers what it was asked and gives what it was told."""

    answer: object = None
    asked: list = field(default_factory=list)

    def propose(self, city, luck):
        self.asked.append(city.month)
        return self.answer(city) if callable(self.answer) else self.answer


@dataclass
class Rents:
    """Vacant homes are asked one rent for, sitting ones another, in one month of the year."""

    empty: float = 5000.0
    lived_in: float = 6000.0
    month_of_change: int = 4
    asked: list = field(default_factory=list)

    def asking(self, city, rows, luck):
        self.asked.append(("asking", city.month, rows))
        return np.full(len(rows), self.empty, np.float32)

    def sitting(self, city, rows, luck):
        self.asked.append(("sitting", city.month, rows))
        return np.full(len(rows), self.lived_in, np.float32)


@dataclass
class Prices:
    """Prices that a test states."""

    price: float = 1e6
    sales: list = field(default_factory=list)

    def asking(self, city, rows, luck):
        return np.full(len(rows), self.price, np.float32)

    def level(self, city, sales):
        self.sales.append(sales)
        return city.books.price_level + 1.0


def rows(*numbers):
    return np.array(numbers, np.int32)


def starts(who, cause=Cause.LIFE_COURSE, until=5):
    """Households that begin to look."""
    return Starts(rows(*who), np.full(len(who), cause, np.uint8), np.full(len(who), until, np.int16))


def engine_with(world=None, seed=1, **rules):
    """The engine of a town, in the month after its founding, with some of its rules replaced.

    ``policies`` maps positions to what is replaced in them.
    """
    engine = founded(world or town(), seed).engine
    policies = list(engine.rulebook.policies)
    for number, changed in rules.pop("policies", {}).items():
        policies[number] = replace(policies[number], **changed)
    engine.rulebook = replace(engine.rulebook, policies=tuple(policies), **rules)
    engine.city.month += 1
    return engine
