"""Names as a reader knows them."""

from invented import record

from sim.report.titles import arm, founding_words, group_labels, not_counted, opened, scenario_title, title, unit


def test_a_measure_is_named_with_whom_it_is_about():
    assert title("access.waiting_time@income=1", "en") == "Waiting time at letting, lowest income fifth"
    assert title("access.vacancy@tenure=cooperative", "sv").endswith("bostadsrätt")
    assert title("segregation.isolation.income@group=1", "en").endswith("lowest income fifth")
    assert title("segregation.isolation.tenure@group=owner_occupied", "sv").endswith("äganderätt")
    assert title("segregation.exposure.tenure@group=cooperative,to=public_rental", "sv").endswith("möter allmännyttan")
    assert title("access.waiting_time@group=a", "en", {"a": "The A"}).endswith(", the A")
    assert title("access.waiting_time@group=a", "en", {"a": "A"}).endswith(", A")
    assert title("access.waiting_time@group=somewhere_else", "en").endswith("somewhere else")


def test_a_sum_for_a_town_is_shown_in_thousands():
    assert unit("affordability.public_cost@payer=state") == "kSEK_per_month"
    assert unit("affordability.residual_income") == "SEK_per_month"


def test_a_measure_of_another_version_is_shown_by_its_name():
    assert title("old.measure", "sv") == "old.measure"
    assert unit("old.measure") == "index"
    assert not_counted("old.measure", "en") == ""


def test_arms_are_named_as_inside_a_sentence():
    assert arm(record("gothenburg_market", 1), "en") == "the market"
    assert arm(record("gothenburg-market", 1), "sv") == "bostaden som vara"
    assert arm(record("mine", 1), "en") == "“The mine”"
    assert arm(record("mine", 1), "sv") == "”Den mine”"


def test_a_scenario_without_a_title_is_its_id():
    assert scenario_title(record("mine", 1, title={}), "sv") == "mine"
    assert scenario_title(record("mine", 1, title={"en": "Mine"}), "sv") == "Mine"


def test_groups_are_called_what_the_scenario_calls_them():
    labelled = record("mine", 1, groups={"a": {"en": "The A", "sv": "A:na"}})
    assert group_labels(labelled, "sv") == {"a": "A:na"}
    assert group_labels(record("mine", 1), "sv") == {}


def test_a_founding_speaks_for_itself():
    told = {"sentences": [{"key": "founding.said.left_out", "values": {"homes": "300"}}]}
    assert "300" in next(founding_words(record("mine", 1, founding=told), "sv"))
    assert list(founding_words(record("mine", 1), "sv")) == []
    miss = {"margin": "size", "where": "area 7", "wanted": "1.25", "got": "-0.5", "percent": "0.30", "margins": 3}
    fit = {"sentences": [{"key": "founding.said.fit", "values": miss}]}
    for language, numbers in (("en", ("0.30 %", "1.25", "-0.5")), ("sv", ("0,30 %", "1,25", "-0,5"))):
        said = next(founding_words(record("mine", 1, founding=fit), language))
        assert all(number in said for number in numbers)


def test_a_sentence_begins_with_a_capital():
    assert opened("today's rules") == "Today's rules"
    assert opened("") == ""
