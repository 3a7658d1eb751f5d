"""What is written of public money: cash that households get, debts that are paid for them, vouchers, taxes.

With ``changes`` the only room that writes.
"""

from __future__ import annotations

import numpy as np

from sim.city.city import City
from sim.city.households import NOBODY


def support(city: City, amounts: np.ndarray) -> None:
    """Households are paid so much public cash from now on, SEK per month, for every row; below 0: they pay."""
    here = city.households
    here.income += amounts - here.support
    here.support[:] = amounts


def clear_arrears(city: City, rows: np.ndarray) -> None:
    """What households owe has been paid for them."""
    city.households.arrears[rows] = 0


def grant_voucher(city: City, rows: np.ndarray, until: int) -> None:
    """Households hold a mobility voucher up to a month."""
    city.households.voucher_until[rows] = until


def tax(city: City, rows: np.ndarray, monthly: np.ndarray) -> None:
    """Owned dwellings are taxed so much from now on, SEK per month: it comes on top of the fee."""
    stock = city.dwellings
    more = monthly - stock.tax[rows]
    stock.rent[rows] += more
    stock.tax[rows] = monthly
    lived_in = stock.occupant[rows] != NOBODY
    city.households.cost[stock.occupant[rows[lived_in]]] += more[lived_in]
