"""In what order applicants come, by each rule."""

import numpy as np
import pytest
from scipy import stats
from small_cities import LUCK, apply_to, crowd, everybody_applies, settle, town

from sim.base.errors import ScenarioError
from sim.base.streams import Luck
from sim.city.households import Need
from sim.city.landlords import Landlords
from sim.rules.allocation.bidding import Bidding
from sim.rules.allocation.exchange import away
from sim.rules.allocation.first_acceptable import FirstAcceptable
from sim.rules.allocation.lottery import Lottery
from sim.rules.allocation.mixed import Mixed, Part
from sim.rules.allocation.need import ByNeed
from sim.rules.allocation.order import by_queue, chosen_freely, ranks
from sim.rules.allocation.posted import Posted
from sim.rules.allocation.queue import Queue
from sim.rules.screening.by_group import ByGroup
from sim.rules.screening.none import NoScreening


def in_order(rule, city, home=0, luck=LUCK):
    """Households in the order in which a rule takes them for a home."""
    rows = city.households.rows()
    rank = rule.rank(city.readonly(), apply_to(home, rows), luck)
    return rows[np.argsort(-rank, kind="stable")].tolist()


def waiting(city, *months):
    return [settle(city, queue_since=city.month - months_) for months_ in months]


def test_the_queue_takes_who_waited_longest_and_last_who_is_not_in_it():
    city = town(month=100)
    outside, (short, long, middle) = settle(city), waiting(city, 5, 90, 40)
    assert in_order(Queue(), city) == [long, middle, short, outside]


def test_equal_queue_times_are_equal_ranks_so_that_the_matching_draws_lots():
    city = town(month=100)
    waiting(city, 12, 12)
    rank = Queue().rank(city.readonly(), apply_to(0, [0, 1]), LUCK)
    assert rank[0] == rank[1] == 12


def test_need_comes_before_time_and_time_before_nothing():
    city = town(month=1_000)
    crowded = settle(city, need=Need.CROWDED, queue_since=0)
    none = settle(city, need=Need.NONE, queue_since=-500)
    urgent = settle(city, need=Need.PRIORITY)
    homeless = settle(city, need=Need.NO_HOME, queue_since=990)
    sooner = settle(city, need=Need.NO_HOME, queue_since=900)
    assert in_order(ByNeed(), city) == [urgent, sooner, homeless, crowded, none]


def test_the_lottery_is_fair():
    city = town()
    for _ in range(4):
        settle(city)
    first = [in_order(Lottery(), city, luck=Luck(seed))[0] for seed in range(400)]
    assert stats.chisquare(np.bincount(first, minlength=4)).pvalue > 1e-3


def test_separate_lots_differ_from_home_to_home_and_a_common_one_does_not():
    city = town()
    for _ in range(6):
        settle(city)
    orders = {name: [in_order(Lottery(lots=name), city, home) for home in range(3)] for name in ("separate", "common")}
    assert orders["common"][0] == orders["common"][1] == orders["common"][2]
    assert orders["separate"][0] != orders["separate"][1]


def test_a_posted_rent_takes_the_best_payer_where_the_landlord_waits_for_one():
    city = town()
    poor, rich, middle = settle(city, income=18_000), settle(city, income=50_000), settle(city, income=30_000)
    assert in_order(Posted(first_share=0.0), city) == [rich, middle, poor]
    rank = Posted(first_share=0.0).rank(city.readonly(), apply_to(0, [rich]), LUCK)
    assert rank[0] == pytest.approx(50_000 / 6_000)


def test_a_posted_rent_takes_the_first_to_come_for_the_stated_share_of_vacancies():
    city = town(homes=400)
    settle(city, income=18_000)
    asked = apply_to(np.arange(1_200), 0)
    rule = Posted(first_share=0.3)
    rank = rule.rank(city.readonly(), asked, LUCK)
    is_first = rank < 1.0  # a lot; the ratio of this household is 3
    assert is_first.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / 1_200))
    assert (rank[is_first] == FirstAcceptable().rank(city.readonly(), asked, LUCK)[is_first]).all()


def test_how_a_vacancy_is_let_stays_as_long_as_it_is_vacant_and_is_drawn_anew_the_next_time():
    city = town(homes=400)
    settle(city, income=18_000)
    asked, rule = apply_to(np.arange(1_200), 0), Posted(first_share=0.5)
    city.month = 4
    now = rule.rank(city.readonly(), asked, LUCK) < 1.0
    city.month = 5
    later = rule.rank(city.readonly(), asked, LUCK) < 1.0
    city.dwellings.vacant_since[:] = 5
    again = rule.rank(city.readonly(), asked, LUCK) < 1.0
    assert (now == later).all()
    assert np.mean(now == again) == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / 1_200))


def test_bidding_asks_for_no_rank_and_says_so():
    city = crowd()
    assert Bidding.is_priced
    assert not Bidding().rank(city.readonly(), everybody_applies(city), LUCK).any()


def halves(first=None, second=None):
    return Mixed((Part("exchange", 0.35, first or Queue()), Part("own", 0.65, second or FirstAcceptable())))


def test_a_mix_sends_the_stated_shares_of_vacancies_each_way():
    city = town(homes=1_000)
    channel = halves().channel(city.readonly(), np.arange(3_000), LUCK)
    assert (channel == 0).mean() == pytest.approx(0.35, abs=4 * np.sqrt(0.35 * 0.65 / 3_000))


def test_a_mix_ranks_each_vacancy_by_its_own_part():
    city = town(homes=40, month=60)
    for k in range(5):
        settle(city, queue_since=10 * k, income=20_000 + 1_000 * k)
    asked = everybody_applies(city)
    seen = city.readonly()
    rank = halves().rank(seen, asked, LUCK)
    channel = halves().channel(seen, asked.dwelling, LUCK)
    assert (rank[channel == 0] == Queue().rank(seen, asked, LUCK)[channel == 0]).all()
    assert (rank[channel == 1] == FirstAcceptable().rank(seen, asked, LUCK)[channel == 1]).all()


def test_a_mix_of_everything_and_nothing_is_the_rule_itself():
    city = crowd()
    asked = everybody_applies(city)
    whole = Mixed((Part("all", 1.0, Queue()), Part("none", 0.0, FirstAcceptable())))
    assert (whole.rank(city.readonly(), asked, LUCK) == Queue().rank(city.readonly(), asked, LUCK)).all()


def test_landlords_leave_an_exchange_without_choice_at_the_stated_rate_and_come_back_where_they_may_choose():
    city = town()
    city.landlords = Landlords(("One",) * 800, np.zeros(800, np.uint8), ("all",), ("private_company",))
    for _ in range(12):
        city.away = away(Mixed(halves().parts, leaves=0.3), city.readonly(), 0, LUCK)
        city.month += 1
    assert city.away.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / 800))
    mine = Mixed((Part("exchange", 0.5, FirstAcceptable()), Part("own", 0.5, Queue())), returns=1.0)
    assert not away(mine, city.readonly(), 0, LUCK).any()
    assert (away(mine, city.readonly(), 1, LUCK) == city.away).all()


def test_what_a_landlord_that_is_away_would_let_by_the_exchange_goes_by_the_last_part():
    city = town(homes=40)
    assert (halves().channel(city.readonly(), np.arange(120), LUCK) == 0).any()
    city.away = np.ones(1, np.bool_)
    assert (halves().channel(city.readonly(), np.arange(120), LUCK) == 1).all()


def test_a_mix_refuses_shares_that_do_not_sum_and_parts_that_sell():
    with pytest.raises(ScenarioError, match=r"sum to 0\.8"):
        Mixed((Part("a", 0.5, Queue()), Part("b", 0.3, Queue())))
    with pytest.raises(ScenarioError, match="highest bid"):
        Mixed((Part("a", 0.5, Queue()), Part("b", 0.5, Bidding())))


def test_only_free_channels_are_screened_and_only_queue_channels_use_queue_time():
    city = town(homes=100)
    homes = np.arange(300)
    seen, rule = city.readonly(), halves()
    channel = rule.channel(seen, homes, LUCK)
    assert (chosen_freely(rule, seen, homes, LUCK) == (channel == 1)).all()
    assert (by_queue(rule, seen, homes, LUCK) == (channel == 0)).all()
    for whole, free, queued in ((Queue(), False, True), (Posted(), True, False), (ByNeed(), False, True)):
        assert (chosen_freely(whole, seen, homes, LUCK) == free).all()
        assert (by_queue(whole, seen, homes, LUCK) == queued).all()


def test_whom_screening_drops_has_no_rank_and_the_others_keep_theirs():
    city = crowd()
    asked, seen = everybody_applies(city), city.readonly()
    screening = ByGroup({"b": 0.5})
    passes = screening.passes(seen, asked, LUCK)
    rank = ranks(FirstAcceptable(), screening, (), seen, asked, LUCK)
    assert (rank[~passes] == -np.inf).all()
    assert (rank[passes] == FirstAcceptable().rank(seen, asked, LUCK)[passes]).all()
    in_queue_order = ranks(Queue(), screening, (), seen, asked, LUCK)
    assert (in_queue_order == Queue().rank(seen, asked, LUCK)).all()


def test_nobody_eligible_who_ranks_higher_is_passed_over_for_want_of_screening():
    city = crowd()
    asked, seen = everybody_applies(city), city.readonly()
    assert (ranks(Queue(), NoScreening(), (), seen, asked, LUCK) == Queue().rank(seen, asked, LUCK)).all()
