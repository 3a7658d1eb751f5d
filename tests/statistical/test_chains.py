"""Vacancy chains: followed home by home, and against their length in theory."""

import numpy as np
import pytest
from cities import Quarter, scenario, town

from sim.city.dwellings import TENURES
from sim.engine.phases import moving
from sim.engine.simulation import Simulation

PLACES = (
    Quarter((150, 120, 160, 60), 0.15, 0.6, 1.15),
    Quarter((180, 120, 100, 0), 0.55, -0.6, 0.85),
    Quarter((100, 100, 160, 60), 0.3),
)
SETTLING, MONTHS = 12, 150


@pytest.fixture(scope="module")
def followed():
    """Moves by tenure moved into and tenure left (the last: no home), and chains by tenure where they began."""
    with pytest.MonkeyPatch.context() as patch:
        yield followed_home_by_home(patch)


def followed_home_by_home(patch):
    """Each move with the home that was left just before it, which may be another than at the start of the month."""
    run, left = Simulation.founded(scenario(town(PLACES, months=SETTLING + MONTHS)), 3), []
    noted = moving._noted
    patch.setattr(moving, "_noted", lambda engine, rows, homes: left.extend(lived_in(engine.city, rows))
                  or noted(engine, rows, homes))  # fmt: skip
    for _ in range(SETTLING):
        run.pass_month()
    city = run.engine.city
    links, flows, chains = {}, np.zeros((len(TENURES), len(TENURES) + 1)), []
    under_way, n_compared = set(homes_vacant(city)), 0  # vacant before we looked: where their chains began is not known
    for _ in range(MONTHS):
        left.clear()
        is_known, ended = not under_way, []  # a chain that ends this month may be the last of those begun unseen
        run.pass_month()
        for home, old in zip(run.engine.tally.moves["dwelling"].tolist(), left, strict=True):
            origin, n = links.pop(home, (int(city.dwellings.tenure[home]), 0))
            flows[city.dwellings.tenure[home], len(TENURES) if old is None else city.dwellings.tenure[old]] += 1
            began_here = home not in under_way
            under_way.discard(home)
            if old is not None:
                links[old] = (origin, n + 1)
                if not began_here:
                    under_way.add(old)
            else:
                ended.append(n + 1)
                if began_here:
                    chains.append((origin, n + 1))
        if is_known:
            n_compared += 1
            assert sorted(ended) == sorted(run.engine.tally.chains.tolist())
    assert n_compared > MONTHS / 2, "no month in which every chain began under our eyes"
    return flows, np.array(chains), len(links)


def lived_in(city, rows):
    """Home of each household, None without one."""
    return [home if home >= 0 else None for home in city.households.dwelling[rows].tolist()]


def homes_vacant(city):
    return np.flatnonzero(city.dwellings.is_used & (city.dwellings.occupant < 0)).tolist()


def test_a_chain_is_as_long_as_its_own_chances_of_going_on_say(followed):
    """Row sums of the inverse of I - Q, Q being the share of homes of one tenure that are filled from another.

    A mean of n chains with standard deviation s lies within 4 s / sqrt(n) of what is expected but for one case in
    16,000. Chains still open at the end are left out: with them all lengths would be longer by their share at most.

    White, H. C. (1970). Chains of opportunity. Harvard University Press.
    """
    flows, chains, n_open = followed
    chance = flows / flows.sum(axis=1, keepdims=True)
    expected = np.linalg.solve(np.eye(len(TENURES)) - chance[:, :-1], np.ones(len(TENURES)))
    assert len(chains) > 1_000
    for tenure, length in enumerate(expected):
        own = chains[chains[:, 0] == tenure, 1]
        spread = 4 * own.std() / np.sqrt(len(own)) + length * n_open / len(chains)
        assert own.mean() == pytest.approx(length, abs=spread), TENURES[tenure]


def test_over_all_tenures_a_chain_is_as_long_as_one_through_the_chance_that_it_ends(followed):
    flows, chains, n_open = followed
    ends = flows[:, -1].sum() / flows.sum()
    assert chains[:, 1].mean() == pytest.approx(1 / ends, rel=0.02 + n_open / len(chains))
