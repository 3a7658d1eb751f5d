"""What every rule of demography needs: incomes that go with persons, households that come out of others.

Adults earn, children do not. The lasting part of log income is that of one adult plus the logarithm of the consumption
units of the adults: with a partner a household has as much per unit as without, a child shares in what there is and
takes nothing along. Child allowance is left out, as is what parenthood does to earnings.
"""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck, Purpose, child_id
from sim.city.city import City
from sim.city.households import NEVER, NOBODY
from sim.city.incomes import consumption_units, log_profile
from sim.city.newcomers import Newcomers
from sim.rules.proposals import Lives

SAVED_MONTHS = 1.5
"""Savings of a household that begins, in months of income (assumed, as at the founding for the young)."""


def of_adults(adults: np.ndarray) -> np.ndarray:
    """What the lasting part of log income of so many adults is above that of one of them, float64."""
    return np.asarray(np.log(consumption_units(adults, np.zeros_like(adults))))


def lasting_of_one(city: City, rows: np.ndarray) -> np.ndarray:
    """Lasting part of log income of one adult, float64, shape (n_rows,)."""
    here = city.households
    return np.asarray(here.log_permanent[rows] - of_adults(here.adults[rows]))


def lasting_of_templates(city: City) -> np.ndarray:
    """The same of the households that newcomers are drawn from, float64, shape (n_templates,)."""
    table = city.templates
    return np.asarray(table.log_permanent - of_adults(table.adults))


def lasting_of_groups(city: City) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation, at the founding, of the lasting part of one adult of each group.

    Returns
    -------
    two float64 arrays, shape (n_groups,)
        Those of all households for a group that nobody was of.
    """
    table = city.templates
    known = lasting_of_templates(city)
    pools = [known[table.group == group] for group in range(len(city.groups))]
    pools = [pool if len(pool) else known for pool in pools]
    return np.array([pool.mean() for pool in pools]), np.array([pool.std() for pool in pools])


def income_of(age: np.ndarray, permanent: np.ndarray, transitory: np.ndarray) -> np.ndarray:
    """Disposable income from age in years and the two parts of its logarithm, SEK per month, float32."""
    return np.asarray(np.exp(log_profile(age) + permanent + transitory), np.float32)


def resized(
    city: City, rows: np.ndarray, adults: np.ndarray, children: np.ndarray, of_one: np.ndarray | None = None,
    **more: object,
) -> Lives:  # fmt: skip
    """Households of another size: each adult earns as before, unless the lasting part of one is given.

    ``more`` are other fields of Lives.
    """
    here = city.households
    permanent = (lasting_of_one(city, rows) if of_one is None else of_one) + of_adults(adults)
    transitory = here.log_transitory[rows]
    income = income_of(here.age_years(rows, city.month), permanent, transitory)
    return Lives(
        resized=rows.astype(np.int32), adults=adults.astype(np.uint8), children=children.astype(np.uint8),
        earning=rows.astype(np.int32), log_permanent=permanent.astype(np.float32), log_transitory=transitory.copy(),
        income=income, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def come_out_of(
    city: City,
    parents: np.ndarray,
    luck: Luck,
    purpose: Purpose,
    *,
    number: int,
    group: np.ndarray,
    children: np.ndarray,
    birth_month: np.ndarray,
    of_one: np.ndarray,
    passing: float,
    queue_since: np.ndarray,
    cause: int,
) -> Newcomers:
    """Households of one adult that leave other households, one per parent row.

    Parameters
    ----------
    city : City
    parents : int32 array, shape (n,)
    luck : Luck
    purpose : Purpose
        Of the passing part of income.
    number : int
        Tells several newcomers of one parent and month apart.
    group, children, birth_month, of_one, queue_since : arrays, shape (n,)
        Of the newcomers; ``of_one`` is the lasting part of log income of one adult.
    passing : float
        Standard deviation of the passing part of log income.
    cause : int
    """
    here, n = city.households, len(parents)
    ids = child_id(here.id[parents], city.month, number)
    transitory = passing * luck.stream(purpose, city.month).normal(ids)
    income = income_of((city.month - birth_month) // 12, of_one, transitory)
    housed = here.dwelling[parents] != NOBODY
    return Newcomers(
        id=ids, parent=parents.astype(np.int32), group=group, profile=here.profile[parents],
        adults=np.ones(n, np.uint8), children=children.astype(np.uint8), birth_month=birth_month.astype(np.int16),
        income=income, log_permanent=of_one.astype(np.float32), log_transitory=transitory.astype(np.float32),
        savings=(SAVED_MONTHS * income).astype(np.float32), queue_since=queue_since.astype(np.int16),
        roots=np.where(housed, here.area[parents], here.roots[parents]).astype(np.int16),
        cause=np.full(n, cause, np.uint8),
    )  # fmt: skip


def registered_at_eighteen(city: City, birth_month: np.ndarray, is_registered: np.ndarray) -> np.ndarray:
    """Month of registration of those who went into the queue when they came of age, else ``NEVER``."""
    since = np.minimum(birth_month.astype(np.int64) + 18 * 12, city.month)
    return np.where(is_registered, np.maximum(since, -32000), NEVER)
