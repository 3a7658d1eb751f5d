"""Real processes: the same film as in this one, called off, replaced when they die, and ended with the company."""

import threading

import numpy as np
import pytest
from cast import TOWN, played

from sim.view.company import CHORUS, Company
from sim.view.plays import Play, World

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def company():
    one = Company(2)
    yield one
    one.close()
    assert not any(actor.process.is_alive() for actor in one._actors)


def until_over(film, seconds=120):
    over = threading.Event()
    film.listen(lambda: film.is_open or over.set())
    assert not film.is_open or over.wait(seconds)
    return film


def test_a_film_from_another_process_is_the_same_to_the_bit(company, asked):
    base = until_over(company.film(Play(TOWN)))
    film = until_over(company.film(asked, like=base))
    here = played(asked)
    assert film.state == "done"
    assert film.values().tobytes() == here.values().tobytes()
    assert film.places(0, 99).tobytes() == here.places(0, 99).tobytes()


def test_the_same_play_is_played_once(company):
    assert company.film(Play(TOWN)) is company.film(Play(TOWN))


def test_what_somebody_looks_at_interrupts_the_chorus_which_goes_on_later(company):
    long = World("two-towns", (("scale", "0.1"), ("time.months", "60"), ("time.burn_in", "2")))
    chorus = [company.film(Play(long, seed), rank=CHORUS) for seed in (11, 12, 13)]
    lead = company.film(Play(TOWN, 5))
    until_over(lead)
    assert any(film.is_open for film in chorus)
    assert {until_over(film).state for film in chorus} == {"done"}
    assert np.array_equal([len(film) for film in chorus], [61, 61, 61])


def test_a_run_that_fails_says_why_and_the_company_goes_on(company):
    film = until_over(company.film(Play(World("no-such-town"))))
    assert film.state == "failed"
    assert film.fault.key.startswith("scenario.")
    assert until_over(company.film(Play(TOWN, 6))).state == "done"


def test_a_process_that_dies_is_replaced_and_its_film_fails(company):
    endless = World("two-towns", (("scale", "0.1"), ("time.months", "2000"), ("time.burn_in", "2")))
    film = company.film(Play(endless))
    actor = next(one for one in company._actors if one.film is film)
    actor.process.kill()
    assert until_over(film).fault.key == "view.process_died"
    assert until_over(company.film(Play(TOWN, 7))).state == "done"


def test_a_film_that_nobody_waits_for_is_called_off(company):
    endless = World("two-towns", (("scale", "0.1"), ("time.months", "3000"), ("time.burn_in", "2")))
    film = company.film(Play(endless))
    company.stop(film)
    assert until_over(film).state == "stopped"
