"""The stage tells what a whole run tells, wherever it begins, and never more than was asked for."""

import numpy as np
from cast import TOWN, played

from sim.engine.simulation import Simulation
from sim.view.frames import MORE, frame_of, ground_of, wanted
from sim.view.plays import Play, World
from sim.view.stage import Beginning, Stage


def same(one, other):
    return one.places.tobytes() == other.places.tobytes() and one.values.tobytes() == other.values.tobytes()


def frames(film):
    return film._frames


def test_a_film_has_every_month_from_the_start_to_the_end(town):
    assert [frame.month for frame in frames(town)] == list(range(16))


def test_a_film_tells_what_the_run_of_the_command_line_measures(town):
    run = Simulation.founded(TOWN.scenario(), 1)
    run.burn_in()
    for _ in range(5):
        run.pass_month()
    assert same(frame_of(run, ground_of(run)), frames(town)[5])
    at = town.ground.measures.index("segregation.dissimilarity.origin")
    assert frames(town)[5].values[at] == np.float32(run.record().at("segregation.dissimilarity.origin", 5))


def test_going_on_from_a_kept_city_is_the_same_to_the_bit_as_beginning_anew(asked):
    stage = Stage()
    played(Play(TOWN), stage)
    on, told = played(asked), []
    stage.perform(asked, 6, told.append, lambda: False)
    later = [frame for frame in told[1:] if not isinstance(frame, Beginning)]
    assert [frame.month for frame in later] == list(range(7, 16))
    assert all(same(one, other) for one, other in zip(later, frames(on)[7:], strict=True))


def test_a_move_changes_nothing_before_its_month_and_something_after(town, asked):
    other = played(asked)
    assert all(same(one, two) for one, two in zip(frames(town)[:7], frames(other)[:7], strict=True))
    assert not same(frames(town)[15], frames(other)[15])


def test_a_kept_city_of_another_proposal_is_not_taken_for_ones_own(town, asked):
    stage = Stage()
    played(asked, stage)
    assert all(same(one, two) for one, two in zip(frames(played(Play(TOWN), stage)), frames(town), strict=True))


def test_another_process_goes_on_from_the_beginning_that_it_is_given(town):
    told = []
    Stage().perform(Play(TOWN), -1, told.append, lambda: len(told) > 3)
    beginning = next(one for one in told if isinstance(one, Beginning))
    stage = Stage()
    stage.learn(Play(TOWN), beginning)
    assert stage.knows(Play(TOWN))
    assert all(same(one, two) for one, two in zip(frames(played(Play(TOWN), stage)), frames(town), strict=True))


def test_a_run_that_is_called_off_says_so():
    told = []
    assert not Stage().perform(Play(TOWN), -1, told.append, lambda: len(told) > 4)


def test_the_memory_for_cities_has_an_end(asked):
    stage = Stage(most_bytes=1)
    played(asked, stage)
    assert len(stage._cities) == 1


def test_a_lattice_is_told_cell_by_cell():
    film = played(Play(World("schelling", (("space.width", "12"), ("space.height", "9"), ("time.months", "3")))))
    assert film.ground.shape == (9, 12)
    cells = film.places(0, 1)[0, 0]
    assert set(np.unique(cells[~np.isnan(cells)])) == {0.0, 1.0}
    assert 0.6 < 1 - np.isnan(cells).mean() < 0.95  # filled to 0.8 by lot: 5 standard deviations of 108 cells


def test_what_is_sent_of_a_month_does_not_grow_with_the_number_of_households(town):
    large = played(Play(World("two-towns", (("scale", "0.4"), ("time.months", "1"), ("time.burn_in", "0")))))
    assert large.ground.homes > 3 * town.ground.homes
    sizes = {frame.places.nbytes + frame.values.nbytes for frame in (*frames(town), *frames(large))}
    assert len(sizes) == 1


def test_measures_that_the_page_asks_for_are_recorded(town):
    columns = zip(town.ground.measures, town.values().T, strict=True)
    known = {name for name, column in columns if not np.isnan(column).all()}
    rare = {name for name in MORE if name.startswith("access.housed_within")}  # five years have not passed
    assert set(wanted(TOWN.scenario())) - known - rare <= {"affordability.residual_income@stay=new"}
