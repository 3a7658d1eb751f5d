"""The stock changes as rules of investment propose; nobody loses a home by it, and the books stay right."""

from dataclasses import replace

import numpy as np
import pytest
from cities import addresses, differences, founded, passed, scenario, town
from stubs import Told, engine_with

from sim.base.errors import RuleError
from sim.city import changes
from sim.city.dwellings import COOPERATIVE, PRIVATE_RENTAL, PUBLIC_RENTAL, TENURES, Fate
from sim.city.households import NOBODY, Cause
from sim.engine.phases.building import building
from sim.engine.phases.listing import listing
from sim.engine.simulation import Simulation
from sim.rules.works import Payment, Projects, Works

VACANT = {"vacancy": dict.fromkeys(TENURES, 0.1)}


def with_works(works, world=None, seed=1):
    """An engine whose only rule of investment proposes these works, once."""
    engine = engine_with(world or town(stock=VACANT), seed)
    first = engine.city.month
    rule = Told(lambda city: works(engine.city) if city.month == first else Works())
    engine.rulebook = replace(engine.rulebook, investment=(("works", rule),))
    return engine


def project(area, tenure, homes, ready, *, bound=0, for_return=False):
    def one(value, dtype):
        return np.array([value], dtype)

    return Projects(
        one(area, "i2"), one(tenure, "i1"), one(homes, "i4"), one(ready, "i2"), one(2.5, "f4"), one(bound, "u2"),
        one(120 if bound else 0, "i2"), one(for_return, "?"),
    )  # fmt: skip


def let(city, tenure, n):
    """The first homes of a tenure that are lived in."""
    stock = city.dwellings
    found = np.flatnonzero(stock.is_used & (stock.tenure == tenure) & (stock.occupant != NOBODY))
    return found[:n].astype(np.int32)


def test_homes_come_to_be_when_they_are_ready_and_not_before():
    engine = with_works(lambda city: Works(projects=project(1, COOPERATIVE, 7, city.month + 2)))
    homes = engine.city.dwellings.n_used
    for expected in (homes, homes, homes + 7, homes + 7):
        building(engine)
        assert engine.city.dwellings.n_used == expected
        engine.city.month += 1
    engine.city.check()
    assert engine.city.sites.n_used == 0


def test_new_homes_are_listed_the_month_after_and_have_a_landlord_of_their_tenure():
    engine = with_works(lambda city: Works(projects=project(0, PRIVATE_RENTAL, 5, city.month)))
    building(engine), building(engine)
    city = engine.city
    new = np.flatnonzero(city.dwellings.is_used & (city.dwellings.built == city.month))
    policy = engine.rulebook.policy_of_tenure[PRIVATE_RENTAL]
    assert len(new) == 5
    assert (city.dwellings.policy[new] == policy).all()
    assert (city.landlords.policy[city.dwellings.landlord[new]] == policy).all()
    assert (city.dwellings.rent[new] > 0).all()
    listing(engine)
    assert not np.isin(new, engine.market.offers.dwelling).any()
    city.month += 1
    listing(engine)
    assert np.isin(new, engine.market.offers.dwelling).all()


def test_what_is_built_elsewhere_changes_nothing_about_a_new_home():
    def traits(also):
        def works(city):
            parts = [project(2, PUBLIC_RENTAL, 4, city.month)] + [project(0, COOPERATIVE, 3, city.month)] * also
            columns = {name: np.concatenate([vars(part)[name] for part in parts]) for name in vars(parts[0])}
            return Works(projects=Projects(**columns))

        engine = with_works(works)
        building(engine), building(engine)
        stock = engine.city.dwellings
        new = stock.is_used & (stock.built == engine.city.month) & (stock.area == 2)
        return stock.rooms[new].tolist(), stock.m2[new].tolist(), stock.standard[new].tolist()

    assert traits(also=0) == traits(also=1)


def test_tenants_of_a_home_to_be_demolished_look_for_another_and_it_is_let_to_nobody_else():
    engine = with_works(lambda city: Works(doomed=let(city, PUBLIC_RENTAL, 3), doomed_from=np.full(3, 6, np.int16)))
    doomed = let(engine.city, PUBLIC_RENTAL, 3)
    building(engine)
    here, stock = engine.city.households, engine.city.dwellings
    assert (here.cause[stock.occupant[doomed]] == Cause.DEMOLISHED).all()
    assert (stock.fate[doomed] == Fate.DEMOLITION).all()


def test_a_home_is_demolished_once_its_tenant_has_another_and_nobody_is_lost():
    engine = with_works(lambda city: Works(doomed=let(city, PUBLIC_RENTAL, 3), doomed_from=np.full(3, 1, np.int16)))
    city, doomed = engine.city, let(engine.city, PUBLIC_RENTAL, 3)
    tenants = city.households.id[city.dwellings.occupant[doomed]].tolist()
    homes = city.dwellings.n_used
    building(engine), building(engine)
    after = addresses(city)
    assert not city.dwellings.is_used[doomed].any()
    assert city.dwellings.n_used == homes - 3
    assert all(after[name] != NOBODY for name in tenants)
    assert engine.tally.moves["cause"].tolist() == [Cause.DEMOLISHED] * 3
    city.check()


def test_where_no_other_rental_stands_empty_the_demolition_waits():
    full = town(stock={"vacancy": dict.fromkeys(TENURES, 0.0)})
    engine = with_works(
        lambda city: Works(doomed=let(city, PUBLIC_RENTAL, 2), doomed_from=np.full(2, 1, np.int16)), full
    )
    doomed = let(engine.city, PUBLIC_RENTAL, 2)
    building(engine), building(engine)
    assert (engine.city.dwellings.occupant[doomed] != NOBODY).all()


def test_what_is_rebuilt_waits_as_long_as_the_old_homes_stand():
    def works(city):
        home = let(city, PUBLIC_RENTAL, 1)
        again = project(int(city.dwellings.area[home[0]]), PUBLIC_RENTAL, 1, city.month + 2, for_return=True)
        return Works(projects=again, doomed=home, doomed_from=np.array([city.month], np.int16))

    engine = with_works(works, town(stock={"vacancy": dict.fromkeys(TENURES, 0.0)}))
    homes = engine.city.dwellings.n_used
    for _ in range(5):
        building(engine)
        engine.city.month += 1
    assert engine.city.dwellings.n_used == homes
    assert engine.city.sites.n_used == 1


def test_who_had_to_leave_is_offered_the_rebuilt_homes_first():
    def works(city):
        home = let(city, PUBLIC_RENTAL, 1)
        row = city.dwellings.occupant[home]
        city.households.income[row] = 60_000
        area = int(city.dwellings.area[home[0]])
        again = project(area, PUBLIC_RENTAL, 2, city.month + 3, for_return=True)
        return Works(projects=again, doomed=home, doomed_from=np.array([city.month], np.int16), returning=row)

    engine = with_works(works)
    city = engine.city
    home = let(city, PUBLIC_RENTAL, 1)
    row, area = int(city.dwellings.occupant[home[0]]), int(city.dwellings.area[home[0]])
    for _ in range(4):
        building(engine)
        city.month += 1
    assert city.dwellings.built[city.households.dwelling[row]] == city.month - 1
    assert city.households.area[row] == area
    assert city.households.right_to[row] == NOBODY
    assert engine.tally.counts["returned"] == 1


def test_tenants_buy_and_others_stay_until_they_leave():
    def works(city):
        homes = let(city, PUBLIC_RENTAL, 4)
        return Works(sold=homes[:3], price=np.full(3, 5e5, np.float32), kept=homes[3:])

    engine = with_works(works)
    city, homes = engine.city, let(engine.city, PUBLIC_RENTAL, 4)
    building(engine)
    stock, here = city.dwellings, city.households
    assert stock.tenure[homes].tolist() == [COOPERATIVE] * 3 + [PRIVATE_RENTAL]
    assert (here.tenure[stock.occupant[homes]] == stock.tenure[homes]).all()
    changes.vacate(city, stock.occupant[homes[3:]])
    building(engine)
    assert stock.tenure[homes[3]] == COOPERATIVE
    assert stock.is_settled(homes).all()
    city.check()


def test_what_is_paid_is_booked_on_the_line_of_the_rule():
    engine = with_works(lambda city: Works(payments=(Payment("municipality", "landlord", 7e6),)))
    building(engine)
    assert engine.city.ledger.public_cost("works") == 7e6


def test_a_tenure_that_nobody_lets_is_refused():
    engine = with_works(lambda city: Works(projects=project(0, COOPERATIVE, 1, 9)))
    lets = list(engine.rulebook.policy_of_tenure)
    lets[COOPERATIVE] = NOBODY
    engine.rulebook = replace(engine.rulebook, policy_of_tenure=tuple(lets))
    with pytest.raises(RuleError) as caught:
        building(engine)
    assert caught.value.key == "rule.tenure_without_landlord"


def test_a_home_with_a_limit_to_its_rent_is_let_below_it():
    built = {"rules": [{"rule": "building", "homes": 120, "lead_time": 0, "rent_tier": 80}]}
    simulation = passed(founded(town(investment=built), 1), 14)
    stock = simulation.engine.city.dwellings
    new = np.flatnonzero(stock.is_used & (stock.built > 0))
    assert len(new) > 50
    assert (stock.rent[new] <= 80 * stock.m2[new] * (1 + 1e-6)).all()


def test_a_city_under_construction_is_saved_and_restored_to_the_bit():
    built = {"rules": [{"rule": "building", "homes": 60, "lead_time": 5}]}
    one = passed(founded(scenario(town(investment=built)), 3), 7)
    other = Simulation.restored(one.save())
    assert one.engine.city.sites.n_used
    passed(one, 6), passed(other, 6)
    assert differences(one.engine.city, other.engine.city) == []
    assert one.record().same_numbers(other.record())
