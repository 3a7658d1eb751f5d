"""Every month reaches the browser once and in order, however slowly it takes them."""

import threading

import numpy as np
from cast import film

from sim.view.film import Film
from sim.view.frames import Frame
from sim.view.plays import Move, Play, World
from sim.view.pump import Pump


def pump(sent):
    return Pump(sent.append, lambda film: {"described": film.play.world.source})


def drained(one):
    parcels = []
    while (parcel := one.next()) is not None:
        parcels.append(parcel)
        one.got(parcel["meta"]["serial"])
    return parcels


def test_every_month_is_sent_once_and_the_ground_with_the_first():
    one = pump([])
    one.show({"base": film(1.0)})
    parcels = drained(one)
    months = [m for p in parcels for m in range(p["meta"]["first"], p["meta"]["first"] + p["meta"]["n"])]
    assert months == list(range(13))
    assert ["ground" in p["meta"] for p in parcels] == [True] + [False] * (len(parcels) - 1)
    assert len(parcels[0]["data"]) == parcels[0]["meta"]["n"] * 2 * 4


def test_nothing_is_sent_twice_or_without_news():
    one = pump([])
    made = film(1.0)
    one.show({"base": made})
    drained(one)
    assert one.next() is None
    made.take(Frame(13, np.zeros((1, 1), np.float32), np.ones(1, np.float32)))
    assert one.next()["meta"]["first"] == 13


def test_a_film_that_has_not_begun_tells_its_state_once():
    one = pump([])
    one.show({"base": Film(Play(World("x")))})
    assert [p["meta"]["state"] for p in drained(one)] == ["waiting"]


def test_what_a_browser_has_of_an_equal_beginning_is_not_sent_again():
    one, first, other = pump([]), film(1.0), film(2.0)
    other.play = Play(World("x"), 1, (Move(6, "a.b", 1.0),))
    one.show({"mine": first})
    drained(one)
    one.show({"mine": other})
    parcels = drained(one)
    assert parcels[0]["meta"]["first"] == parcels[0]["meta"]["keep"] == 6
    assert parcels[0]["meta"]["gen"] == 2


def test_another_language_sends_the_words_again_and_no_month():
    one = pump([])
    one.show({"base": film(1.0)})
    drained(one)
    one.redescribe()
    assert [(p["meta"]["n"], "ground" in p["meta"]) for p in drained(one)] == [(0, True)]


def test_what_is_told_besides_films_is_told_even_without_news_of_them():
    one, made = pump([]), film(1.0)
    one.show({"base": made})
    drained(one)
    one.show({"base": made}, seek=6)
    (parcel,) = drained(one)
    assert (parcel["meta"]["seek"], parcel["meta"]["n"], parcel["meta"]["name"]) == (6, 0, "")


def test_a_lost_parcel_is_sent_again_with_all_that_it_told():
    one = pump([])
    one.show({"base": film(1.0)}, seek=0)
    lost = one.next()
    one.take_back()
    again = one.next()
    assert again["data"] == lost["data"]
    assert {key: value for key, value in again["meta"].items() if key != "serial"} == {
        key: value for key, value in lost["meta"].items() if key != "serial"
    }
    assert again["meta"]["serial"] > lost["meta"]["serial"]


def test_a_parcel_lost_while_another_film_takes_its_place_leaves_no_hole():
    one, first, other = pump([]), film(1.0), film(2.0)
    other.play = Play(World("x"), 1, (Move(6, "a.b", 1.0),))
    one.show({"mine": first})
    one.next()  # never taken
    one.show({"mine": other})
    parcels = drained(one)
    assert parcels[0]["meta"]["first"] == 0
    assert "ground" in parcels[0]["meta"]


def test_the_next_parcel_waits_until_the_one_before_was_taken():
    sent, came = [], threading.Event()
    one = Pump(lambda parcel: (sent.append(parcel), came.set()), lambda film: {})
    many = {str(n): film(float(n)) for n in range(3)}
    one.show(many)
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    assert came.wait(5)
    assert len(sent) == 1
    one.got(sent[0]["meta"]["serial"])
    one.close()
    thread.join(5)
    assert not thread.is_alive()
