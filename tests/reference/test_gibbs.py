"""Log-linear choice on tiny cities: long-run frequencies against the Gibbs distribution that theory gives.

States are kept at least six relaxation times apart after a burn-in of fifty such intervals; cells expected below five
are pooled; a test fails at p < .001, with fixed seeds. Where nothing is compiled, the long runs are left out.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import comb, exp

import numpy as np
import pytest
from numba import config
from scipy.stats import chi2

from sim.kernels.lattice import Residents
from sim.kernels.neighbours import moore_links
from sim.kernels.sequential import Turn, run_sequential
from sim.kernels.worths import Places, Taste, places_of

HALF = ((0.0, 0.0), (0.4, 0.0), (0.6, 1.0), (1.0, 1.0))  # satisfied from one half, where shares are thirds
FLAT = ((0.0, 0.0), (1.0, 0.0))
TEMPERATURE = 0.5
GROUP = np.array([0, 0, 0, 1, 1, 1], np.uint8)
STATES = [((r, g), (3 - r, 3 - g)) for r, g in product(range(4), repeat=2) if 2 <= r + g <= 4]
EXPECTED_D = 0.8018169500  # enumeration
PUBLISHED = {
    ((0, 3), (3, 0)): 0.302431493309, ((0, 2), (3, 1)): 0.061394477710, ((1, 3), (2, 0)): 0.061394477710,
    ((1, 2), (2, 1)): 0.049853034180, ((1, 1), (2, 2)): 0.024926517090,
}  # fmt: skip

long_run = pytest.mark.skipif(bool(config.DISABLE_JIT), reason="minutes in plain Python")


def two_areas() -> Places:
    return places_of(np.repeat(np.arange(2, dtype=np.int32), 4), np.arange(3), np.arange(2, dtype=np.int32), np.ones(2))


def taste(points: tuple[tuple[float, float], ...], scale: float, fixed: np.ndarray | None = None) -> Taste:
    knot, value = (np.tile(column, (2, 1)) for column in zip(*points, strict=True))
    return Taste(knot, value, np.zeros(2), np.zeros((2, 0)) if fixed is None else fixed, True, scale)


def turn(sample: int, *, may_stay: bool = True, is_swap: bool = False) -> Turn:
    return Turn(sample, may_stay, is_swap, True, np.full(2, np.inf))


def settled(home: np.ndarray, group: np.ndarray, n_homes: int) -> Residents:
    occupant = np.full(n_homes, -1, np.int32)
    occupant[home] = np.arange(home.size)
    names, vacant = np.arange(home.size), np.flatnonzero(occupant < 0).astype(np.int32)
    return Residents(names, group, home.astype(np.int32), np.zeros(home.size, np.int16), occupant, vacant)


def counted(places: Places, residents: Residents) -> np.ndarray:
    count = np.zeros((places.start.size - 1, 2), np.int64)
    np.add.at(count, (places.area[residents.home], residents.group), 1)
    return count


def state_of(count: np.ndarray) -> tuple[tuple[int, int], tuple[int, int]]:
    (a, b), (c, d) = count.tolist()
    return (a, b), (c, d)


def dissimilarity(state: tuple[tuple[int, int], tuple[int, int]]) -> float:
    return 0.5 * sum(abs(r - g) / 3 for r, g in state)


def ways(state: tuple[tuple[int, int], tuple[int, int]]) -> int:
    """Configurations of homes that look like this."""
    return int(np.prod([comb(4, r) * comb(4 - r, g) for r, g in state]))


def theory(potential) -> dict:
    """Probability of each state: ways times exp(F / T), over their sum."""
    weight = {state: ways(state) * exp(sum(potential(r, g) for r, g in state) / TEMPERATURE) for state in STATES}
    return {state: value / sum(weight.values()) for state, value in weight.items()}


def potential_of_half(r: int, g: int) -> float:
    """F of an area: a household is worth 1 once two others of its group live there; F sums them as they come."""
    return max(r - 2, 0) + max(g - 2, 0)


def p_value(seen: Counter, expected: dict, n: int) -> float:
    """Chi-square test of frequencies, cells expected below five pooled."""
    large = {state: n * p for state, p in expected.items() if n * p >= 5}
    rest = n - sum(large.values())
    terms = [(seen[state] - value) ** 2 / value for state, value in large.items()]
    if rest >= 5:
        terms.append((n - sum(seen[state] for state in large) - rest) ** 2 / rest)
    return float(chi2.sf(sum(terms), len(terms) - 1))


def visited(rule: Turn, liking: Taste, *, n: int, months: int, seed: int) -> Counter:
    """States of the two areas, one kept every so many months."""
    places = two_areas()
    residents = settled(np.arange(6), GROUP, 8)
    count, rows = counted(places, residents), np.arange(6, dtype=np.int32)
    long, short = np.zeros((2, 50 * months), np.int64), np.zeros((2, months), np.int64)
    run_sequential(places, liking, rule, residents, count, rows, seed, 1, *long)
    seen: Counter = Counter()
    for number in range(n):
        run_sequential(places, liking, rule, residents, count, rows, seed, 1 + (50 + number) * months, *short)
        seen[state_of(count)] += 1
    assert (count == counted(places, residents)).all()
    return seen


def mean_error(seen: Counter, expected: float) -> float:
    """Distance of the mean dissimilarity from what is expected, in standard errors."""
    values = np.repeat([dissimilarity(state) for state in seen], list(seen.values()))
    return abs(values.mean() - expected) / (values.std(ddof=1) / np.sqrt(values.size))


def test_theory_gives_the_published_probabilities():
    expected = theory(potential_of_half)
    for state, probability in PUBLISHED.items():
        assert expected[state] == pytest.approx(probability, abs=1e-12)
        assert expected[state[::-1]] == pytest.approx(probability, abs=1e-12)
    assert sum(p * dissimilarity(state) for state, p in expected.items()) == pytest.approx(EXPECTED_D, abs=1e-10)
    assert sum(p for state, p in expected.items() if dissimilarity(state) == 1) == pytest.approx(
        0.6048629866, abs=1e-10
    )


@long_run
@pytest.mark.parametrize("sample", [1, 2])
def test_two_areas_are_as_often_in_each_state_as_theory_says_whatever_the_sample(sample):
    """Relaxation 124 household-steps with one vacancy seen, 85 with two: 125 months of six steps lie between states."""
    n = 6000
    seen = visited(turn(sample), taste(HALF, TEMPERATURE), n=n, months=125, seed=11)
    assert p_value(seen, theory(potential_of_half), n) > 0.001
    assert mean_error(seen, EXPECTED_D) < 4


@long_run
def test_a_worth_of_the_place_itself_adds_to_the_potential():
    """Homes of the first area are worth .3 more to the first group alone."""
    n, fixed = 6000, np.zeros((2, 8))
    fixed[0, :4] = 0.3
    seen = visited(turn(1), taste(HALF, TEMPERATURE, fixed), n=n, months=125, seed=12)
    plain = theory(potential_of_half)
    weight = {state: p * exp(0.3 * state[0][0] / TEMPERATURE) for state, p in plain.items()}
    assert p_value(seen, {state: w / sum(weight.values()) for state, w in weight.items()}, n) > 0.001


@long_run
def test_the_law_fails_where_the_mover_must_leave():
    """So the test above can fail: the same choice without the own home has another law (theory says so too)."""
    n = 6000
    seen = visited(turn(1, may_stay=False), taste(HALF, TEMPERATURE), n=n, months=125, seed=11)
    assert p_value(seen, theory(potential_of_half), n) < 1e-6


def test_without_preferences_every_configuration_of_homes_is_equally_likely():
    """Relaxation of a few steps: 5 months of six steps lie between states. E[D] = 12/35, P(D = 1) = 2/35."""
    n, expected = 1500 if config.DISABLE_JIT else 20_000, theory(lambda _r, _g: 0.0)
    assert sum(p * dissimilarity(state) for state, p in expected.items()) == pytest.approx(12 / 35, abs=1e-12)
    assert sum(p for state, p in expected.items() if dissimilarity(state) == 1) == pytest.approx(2 / 35, abs=1e-12)
    seen = visited(turn(1), taste(FLAT, TEMPERATURE), n=n, months=5, seed=13)
    assert p_value(seen, expected, n) > 0.001
    assert mean_error(seen, 12 / 35) < 4


def homes_in(state: tuple[tuple[int, int], tuple[int, int]]) -> np.ndarray:
    """Homes of three households of each group that make up a state."""
    (r, g), _ = state
    first, second = iter(range(4)), iter(range(4, 8))
    return np.array([next(first if k < r else second) for k in range(3)]
                    + [next(first if k < g else second) for k in range(3)])  # fmt: skip


def single_steps(state, worth_gain, chances: dict) -> None:
    """Add the chance of each move out of a state: who is drawn, which vacancy, and that it is taken."""
    for group, area in product(range(2), repeat=2):
        there, here = state[1 - area], state[area]
        if here[group] == 0 or sum(there) == 4:
            continue
        moved = [list(state[0]), list(state[1])]
        moved[area][group] -= 1
        moved[1 - area][group] += 1
        vacant = (4 - sum(there)) / 2
        goal = (tuple(moved[0]), tuple(moved[1]))
        chances[goal] = here[group] / 6 * vacant / (1 + exp(-worth_gain(here[group], there[group]) / TEMPERATURE))


def test_single_steps_out_of_every_state_have_the_chances_of_the_rule():
    """Sharper than long runs: a household drawn at random takes one turn, with one vacancy seen."""
    places, liking, rule = two_areas(), taste(HALF, TEMPERATURE), turn(1)
    n, statistic, freedom = 150 if config.DISABLE_JIT else 4000, 0.0, 0
    drawn = np.random.default_rng(5)
    for number, state in enumerate(STATES):
        chances: dict = {}
        single_steps(state, lambda own, theirs: (theirs >= 2) - (own - 1 >= 2), chances)
        chances[state] = 1 - sum(chances.values())
        seen: Counter = Counter()
        for trial in range(n):
            residents = settled(homes_in(state), GROUP, 8)
            count, row = counted(places, residents), drawn.integers(0, 6, 1).astype(np.int32)
            run_sequential(places, liking, rule, residents, count, row, number, trial, *np.zeros((2, 1), np.int64))
            seen[state_of(count)] += 1
        assert set(seen) <= set(chances)
        statistic += sum((seen[goal] - n * p) ** 2 / (n * p) for goal, p in chances.items())
        freedom += len(chances) - 1
    assert chi2.sf(statistic, freedom) > 0.001


def test_a_ring_of_swaps_has_its_law():
    """Eight homes in a ring, four of each group, no vacancy: probability proportional to exp(.8 L), L like pairs.

    Relaxation 12 attempts: 15 months of eight attempts lie between states.
    """
    n = 250 if config.DISABLE_JIT else 10_000
    start, neighbour = moore_links(8, 1, 1, True)
    places = places_of(np.arange(8, dtype=np.int32), start, neighbour, np.ones(neighbour.size))
    liking, rule = taste(((0.0, 0.0), (1.0, 1.0)), 0.625), turn(1, is_swap=True)
    group = np.repeat(np.arange(2, dtype=np.uint8), 4)
    residents = settled(np.arange(8), group, 8)
    count, rows = counted(places, residents), np.arange(8, dtype=np.int32)
    seen: Counter = Counter()
    run_sequential(places, liking, rule, residents, count, rows, 21, 1, *np.zeros((2, 15 * 50), np.int64))
    for number in range(n):
        run_sequential(
            places, liking, rule, residents, count, rows, 21, 1000 + 15 * number, *np.zeros((2, 15), np.int64)
        )
        ring = group[residents.occupant]
        seen[int((ring == np.roll(ring, 1)).sum())] += 1
    expected = {0: 0.00101208, 2: 0.06015442, 4: 0.44692016, 6: 0.49191334}
    assert p_value(seen, expected, n) > 0.001
    values = np.repeat(list(seen), list(seen.values())) / 8
    assert abs(values.mean() - 0.60743369) < 4 * values.std(ddof=1) / np.sqrt(n)
