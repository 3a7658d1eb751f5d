"""Stories that ship are whole, in both languages, and show what they name."""

import pytest

from sim.base.errors import SimError
from sim.scenario.find import shipped_names
from sim.view.desk import Desk
from sim.view.frames import BARE_CHARTS, CHARTS, LAYERS, wanted
from sim.view.narrator import Narrator
from sim.view.pages.story import tones
from sim.view.parcels import MORE_CHARTS
from sim.view.plays import World
from sim.view.stories import MOST_WORDS, stories, story_of

STORIES = stories()
STEPS = [pytest.param(step, id=f"{story.id}-{n + 1}") for story in STORIES for n, step in enumerate(story.steps)]

PLAIN = """
schema: hemvist-story/1
id: plain
title: {en: A, sv: B}
seed: 1
steps:
  - {title: {en: A, sv: B}, text: {en: A, sv: B}, notes: {en: A, sv: B},
     scenes: [{scenario: two-towns, name: {en: A, sv: B}}], charts: [], layer: rent, month: 0, until: 0, runs: false}
"""


def test_the_four_stories_ship_with_six_to_eight_steps_each():
    assert [story.id for story in STORIES] == ["schelling", "right-to-commodity", "the-queue", "new-homes"]
    assert all(6 <= len(story.steps) <= 8 for story in STORIES)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_said_in_both_languages_and_read_in_a_moment(step):
    for text in (step.title, step.text, step.notes):
        assert set(text) == {"en", "sv"}
        assert text["en"] != text["sv"]
    assert all(len(said.split()) <= MOST_WORDS for said in step.text.values())


@pytest.mark.parametrize("step", STEPS)
def test_what_a_step_shows_can_be_shown(step):
    for scene in step.scenes:
        assert scene.scenario in shipped_names()
        scenario = World(scene.scenario, scene.set).scenario()
        assert set(step.charts) <= set(wanted(scenario))
        assert step.layer in ((*LAYERS, "cell") if scenario.money else ("cell",))
        assert 0 <= step.month <= step.until <= scenario.time.months


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hemvist-story/1", "hemvist-story/9"),
        ("sv: B}\nseed", "de: B}\nseed"),
        ("en: A, sv: B}, notes", "en: %s, sv: B}, notes"),
        ("scenes: [", "scenes: [], other: ["),
        ("steps:", "steps: ["),
    ],
)
def test_a_story_that_is_not_written_as_one_is_refused(old, new):
    assert story_of(PLAIN, "plain").steps[0].layer == "rent"
    with pytest.raises(SimError) as fault:
        story_of(PLAIN.replace(old, new.replace("%s", "word " * (MOST_WORDS + 1))), "plain.yaml")
    assert fault.value.key == "view.broken_story"


def test_a_narrator_keeps_to_the_steps_there_are(house):
    one = Narrator(house)
    one.turn(-1)
    assert one.at == 0
    one.turn(100)
    assert one.at == len(one.story.steps) - 1
    one.tell("no such story")
    assert (one.story.id, one.at) == ("schelling", 0)


def test_a_clicker_turns_steps_and_the_room_may_take_over(house):
    desk = Desk(house, lambda: None, lambda parcel: None)
    desk.begin()
    desk.turn(1)
    assert desk.narrator.at == 0  # no story is on screen
    desk.go("story")
    desk.turn(1)
    assert desk.narrator.at == 1
    assert desk.on_screen.first[0].play.world.source == "schelling"
    desk.take_over()
    assert (desk.view, desk.world.source) == ("explore", "schelling")
    desk.close()


def test_what_is_said_of_schelling_is_what_happens(house):
    """Half at the start; asked for three in ten it ends far above, asked for nine in ten it stays mixed."""
    last, content = {}, {}
    for step in STORIES[0].steps:
        for scene in step.scenes:
            film = house.company.film(Narrator(house)._play(scene))
            at = film.ground.measures.index("theory.similarity")
            asked_for = dict(scene.set)["preferences.profiles.all.terms.own_group.at"]
            last[asked_for] = film.values()[[0, -1], at]
            content[asked_for] = film.values()[-1, film.ground.measures.index("theory.satisfied")]
    assert all(abs(first - 0.5) < 0.03 for first, _ in last.values())
    assert last["0.3"][1] > 0.65
    assert last["0.5"][1] > last["0.3"][1]
    assert last["0.9"][1] < 0.6
    assert content["0.3"] == content["0.5"] == 1.0
    assert content["0.9"] < 0.1


def test_a_city_has_the_colour_of_what_it_is_whichever_side_it_stands_on():
    assert tones(["gothenburg-right", "gothenburg-market"]) == ["right", "market"]
    assert tones(["schelling", "schelling"]) == ["base", "mine"]


@pytest.mark.parametrize("step", STEPS)
def test_every_chart_of_a_step_is_drawn(step):
    usual = (*CHARTS, *BARE_CHARTS, *MORE_CHARTS)
    assert [name for name in step.charts if name not in usual] == []
