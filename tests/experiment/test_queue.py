"""The queue: who waits, who is suspected, who is set aside."""

from sim.experiment.plan import Run
from sim.experiment.queue import Queue, Strike


def queue(n, **how):
    runs = [Run(str(number), 0, number, 0, 1) for number in range(n)]
    return runs, Queue(runs, **{"strikes": 3, "set_aside": lambda run, known: None, **how})


def test_batches_are_handed_out_in_order_and_whole():
    runs, waiting = queue(5, batch=2)
    assert [waiting.next() for _ in range(4)] == [tuple(runs[:2]), tuple(runs[2:4]), tuple(runs[4:]), ()]


def test_batches_grow_until_they_take_about_ten_seconds():
    _, waiting = queue(10_000, n_workers=2)
    first = waiting.next()
    assert len(first) == 4
    waiting.stored([run.run_id for run in first], [0.5] * 4)
    assert len(waiting.next()) == 20


def test_towards_the_end_batches_shrink_so_that_all_workers_have_some():
    _, waiting = queue(16, n_workers=2)
    first = waiting.next()
    waiting.stored([run.run_id for run in first], [0.001] * 4)
    assert len(waiting.next()) == 3


def test_what_comes_back_comes_first_again():
    runs, waiting = queue(4, batch=2)
    waiting.give_back(waiting.next())
    assert waiting.next() == tuple(runs[:2])


def test_a_suspect_comes_last_and_alone_and_is_set_aside_in_the_end():
    aside = []
    runs, waiting = queue(3, batch=2, set_aside=lambda run, known: aside.append((run, known)))
    waiting.next()
    waiting.strike(runs[0], Strike("raised", "a"))
    waiting.strike(runs[1], Strike("raised", "a"))
    assert [waiting.next() for _ in range(3)] == [(runs[2],), (runs[0],), (runs[1],)]
    waiting.strike(runs[0], Strike("died"))
    assert waiting.next() == (runs[0],)
    assert waiting.n_failed == 0
    waiting.strike(runs[0], Strike("too_long", "c"))
    assert waiting.next() == ()
    assert waiting.n_failed == 1
    assert [(run, [strike.reason for strike in known]) for run, known in aside] == [
        (runs[0], ["raised", "died", "too_long"])
    ]


def test_a_closed_queue_hands_out_nothing():
    _, waiting = queue(3)
    waiting.close()
    assert waiting.next() == ()
