"""The one list of all measures that the engine records."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace

from sim.base.errors import MeasureError
from sim.base.registry import nearest
from sim.measures.measure import Better, Form, Measure
from sim.measures.names import MeasureName

GROUPINGS = ("origin", "income", "tenure")

_DUNCAN = "Duncan & Duncan (1955), A methodological analysis of segregation indexes"
_MASSEY = "Massey & Denton (1988), The dimensions of residential segregation"
_THEIL = "Theil & Finizza (1971), A note on the measurement of racial integration"
_BELL = "Bell (1954), A probability model for the measurement of ecological segregation"
_REARDON = "Reardon & O'Sullivan (2004), Measures of spatial segregation"
_RANKS = "Reardon (2011), Measures of income segregation"
_SCHELLING = "Schelling (1971), Dynamic models of segregation"
_LIFE_TABLE = "Preston, Heuveline & Guillot (2001), Demography; Aalen & Johansen (1978)"
_OWN = "hemvist's own definition"

_WHOSE = ("group", "income", "tenure")
_HOUSEHOLD = ("group", "income", "tenure", "age", "household", "cohort")
_BEGINNER = ("group", "income", "age", "household")


def _segregation(
    family: str, source: str, *forms: Form, by: tuple[str, ...] = (), unit: str = "index", low: float = 0.0,
    high: float | None = 1.0, better: Better = "low",
) -> Iterator[Measure]:  # fmt: skip
    """An index of every grouping, in each of its forms."""
    for grouping in GROUPINGS:
        raw = Measure(f"segregation.{family}", unit, low, high, better, "housed", source, by, grouping)
        yield from _in_forms(raw, forms)


def _of_origin(family: str, source: str, *forms: Form, by: tuple[str, ...] = ()) -> Iterator[Measure]:
    """An index of origin alone, in each of its forms."""
    raw = Measure(f"segregation.{family}", "index", 0.0, 1.0, "low", "housed", source, by, "origin")
    yield from _in_forms(raw, forms)


def _of_incomes(family: str, source: str, *forms: Form, unit: str = "index", high: float = 1.0) -> Iterator[Measure]:
    """An index of incomes alone, in each of its forms."""
    raw = Measure(f"segregation.{family}", unit, 0.0, high, "low", "housed", source, ("scale",))
    yield from _in_forms(raw, forms)


def _in_forms(raw: Measure, forms: tuple[Form, ...]) -> Iterator[Measure]:
    """The number itself, its level by chance (neither good nor bad), and it corrected (negative if below chance)."""
    yield raw
    for form in forms:
        better: Better = "neither" if form == "chance" else raw.better
        yield replace(raw, form=form, better=better, low=None if form == "corrected" else raw.low)


SEGREGATION = (
    *_segregation("dissimilarity", _DUNCAN, "chance", "corrected", by=("scale", "group")),
    *_of_origin("dissimilarity_of_persons", _DUNCAN, "chance", "corrected", by=("group",)),
    *_segregation("entropy_index", _THEIL, "chance", "corrected", by=("scale",)),
    *_segregation("separation", _BELL, "chance", "corrected", by=("scale", "group")),
    *_segregation("normalised_exposure", "James (1986), A new generalized exposure-based segregation index", "chance"),
    *_segregation("squared_coefficient", "Reardon & Firebaugh (2002), Measures of multigroup segregation", "chance"),
    *_segregation("gini", _MASSEY, "chance", by=("scale", "group")),
    *_segregation("atkinson", _MASSEY, "chance", by=("scale", "group")),
    *_segregation("minmax", "O'Sullivan & Wong (2007), A surface-based approach", "chance", by=("group",)),
    *_segregation("concentration", "Poulsen, Johnston & Forrest (2001), Intraurban ethnic enclaves", "chance",
                  by=("group", "level"), unit="share"),
    *_segregation("delta", "Hoover (1941), Interstate redistribution of population", "chance", by=("group",)),
    *_segregation("isolation", _BELL, "chance", by=("scale", "group")),
    *_segregation("exposure", _BELL, "chance", by=("scale", "group", "to"), better="neither"),
    *_segregation("share", _OWN, by=("group",), unit="share", better="neither"),
    *_segregation("divergence", "Roberto (2016), The divergence index", "chance", by=("scale",), unit="nats",
                  high=None),
    *_segregation("diversity", "Theil (1972), Statistical decomposition analysis", unit="nats", high=None,
                  better="neither"),
    *_segregation("interaction", "Simpson (1949), Measurement of diversity", better="neither"),
    *_segregation("morans_i", "Cliff & Ord (1981), Spatial processes", "chance", by=("group",), low=-1.0),
    *_segregation("spatial_entropy_index", _REARDON, "chance"),
    *_segregation("spatial_dissimilarity", _REARDON, "chance"),
    *_segregation("spatial_relative_diversity", _REARDON, "chance"),
    *_segregation("nearest_entropy_index", "Östh, Malmberg & Andersson (2014), Analysing segregation using "
                  "individualised neighbourhoods", "chance", by=("people",)),
    *_segregation("spatial_proximity", "White (1986), Segregation and diversity measures in population distribution",
                  by=("group",), high=None),
    *_segregation("map_correlation", _OWN, by=("group",), low=-1.0, better="neither"),
    *_of_incomes("inequality_index", f"{_DUNCAN}; Delmos, Segregationsbarometern", "chance", unit="points", high=100.0),
    *_of_incomes("income_rank_entropy", _RANKS, "chance", "corrected"),
    *_of_incomes("income_rank_variance", _RANKS, "chance", "corrected"),
    *_of_incomes("poorest_tenth", _RANKS, "chance"),
    *_of_incomes("richest_tenth", _RANKS, "chance"),
    *_of_incomes("neighbourhood_sorting", "Jargowsky (1996), Take the money and run", "chance"),
    Measure("segregation.share_low_income", "share", 0.0, 1.0, "neither", "housed", _OWN),
)  # fmt: skip
"""How unevenly groups live; ``grouping`` says which groups."""

ACCESS = (
    Measure("access.waiting_time", "months", 0.0, None, "low", "not_let", "Boplats Göteborg, statistics of lettings",
            _HOUSEHOLD),
    Measure("access.waiting_time_p90", "months", 0.0, None, "low", "not_let", _OWN, _HOUSEHOLD),
    Measure("access.waiting_so_far", "months", 0.0, None, "low", "not_waiting", _OWN, _HOUSEHOLD),
    Measure("access.housed_within_1_year", "share", 0.0, 1.0, "high", "not_beginners", _LIFE_TABLE, _BEGINNER),
    Measure("access.housed_within_5_years", "share", 0.0, 1.0, "high", "not_beginners", _LIFE_TABLE, _BEGINNER),
    Measure("access.housed_within_10_years", "share", 0.0, 1.0, "high", "not_beginners", _LIFE_TABLE, _BEGINNER),
    Measure("access.without_home", "share", 0.0, 1.0, "low", "outside", _OWN, (*_HOUSEHOLD, "ladder")),
    Measure("access.without_home_count", "households", 0.0, None, "low", "outside", _OWN, (*_HOUSEHOLD, "ladder")),
    Measure("access.seekers", "households", 0.0, None, "neither", "outside", _OWN, (*_HOUSEHOLD, "cause")),
    Measure("access.applications_per_listing", "number", 0.0, None, "low", "never_listed", _OWN, ("tenure",)),
    Measure("access.lettings", "homes", 0.0, None, "high", "never_listed", _OWN, _HOUSEHOLD),
    Measure("access.lettings_by_queue", "homes", 0.0, None, "neither", "never_listed", _OWN, _HOUSEHOLD),
    Measure("access.vacancy", "share", 0.0, 1.0, "neither", "no_households", _OWN, ("tenure",)),
    Measure("access.turnover", "per_year", 0.0, None, "neither", "no_households", _OWN, ("tenure",)),
    Measure("access.person_moves", "moves", 0.0, None, "neither", "whole_households", _OWN),
    Measure("access.moving_rate", "per_year", 0.0, None, "neither", "moves_out", "Statistics Sweden, moves of persons"),
    Measure("access.chain_length", "moves", 0.0, None, "high", "open_chains", "White (1970), Chains of opportunity"),
    Measure("access.crowding", "share", 0.0, 1.0, "low", "housed", "Boverket (2016:28), crowding, norm 2", _HOUSEHOLD),
    Measure("access.turned_away", "households", 0.0, None, "low", "never_tried", _OWN, ("group", "income")),
)  # fmt: skip
"""Who gets a home, and how long it takes."""

AFFORDABILITY = (
    Measure("affordability.rent_burden", "share", 0.0, None, "low", "housed", "Eurostat, housing cost burden",
            (*_HOUSEHOLD, "stay")),
    Measure("affordability.rent_burden_p90", "share", 0.0, None, "low", "housed", "Eurostat, housing cost burden",
            (*_HOUSEHOLD, "stay")),
    Measure("affordability.residual_income", "SEK_per_month", None, None, "high", "housed",
            "Stone (2006), What is housing affordability?", (*_HOUSEHOLD, "stay")),
    Measure("affordability.below_norm", "share", 0.0, 1.0, "low", "housed",
            "Stone (2006), What is housing affordability?; Swedish norms of living", (*_HOUSEHOLD, "stay")),
    Measure("affordability.median_rent", "SEK_per_month", 0.0, None, "low", "owners", _OWN, (*_WHOSE, "stay")),
    Measure("affordability.median_price", "SEK", 0.0, None, "low", "unsold", _OWN, ("tenure",)),
    Measure("affordability.owner_equity", "SEK", None, None, "high", "tenants", _OWN, _HOUSEHOLD),
    Measure("affordability.arrears", "share", 0.0, 1.0, "low", "owners", _OWN, _HOUSEHOLD),
    Measure("affordability.evictions", "households", 0.0, None, "low", "left_before", "Kronofogden, statistics of "
            "evictions carried out", _WHOSE),
    Measure("affordability.public_cost", "SEK_per_month", None, None, "low", "no_tax_lost", _OWN, ("payer", "lever")),
)  # fmt: skip
"""What a home costs those who live in it, and the public."""

DISPLACEMENT = (
    *(Measure(f"displacement.{cause}", "households", 0.0, None, "low", "homeless_yet", _OWN, _WHOSE)
      for cause in ("moves", "evicted", "priced_out", "demolished", "renovated", "separated")),
    Measure("displacement.left_town", "households", 0.0, None, "low", "left_before", _OWN, _WHOSE),
)  # fmt: skip
"""Moves not chosen, by cause."""

THEORY = (
    Measure("theory.satisfied", "share", 0.0, 1.0, "high", "everybody", _SCHELLING),
    Measure("theory.moves", "households", 0.0, None, "neither", "everybody", _SCHELLING),
    Measure("theory.similarity", "share", 0.0, 1.0, "low", "lonely", _SCHELLING),
    Measure("theory.similar_pairs", "share", 0.0, 1.0, "low", "lonely", _SCHELLING),
)
"""Towns without money, in which theory is checked."""

MEASURES = (*SEGREGATION, *ACCESS, *AFFORDABILITY, *DISPLACEMENT, *THEORY)
"""Every measure, each base of a name once."""

_BY_NAME = {measure.name: measure for measure in MEASURES}


def is_measure(text: str) -> bool:
    """Whether a measure has this name, without breakdowns."""
    return text in _BY_NAME


@functools.cache
def measure_named(text: str) -> Measure:
    """The measure of a name, with or without breakdowns.

    Raises
    ------
    MeasureError
        If the text is not written as a name, no measure has it, or it is not broken down so.

    Examples
    --------
    >>> measure_named("access.vacancy@tenure=cooperative").unit
    'share'
    """
    name = MeasureName.parse(text)
    if name.base not in _BY_NAME:
        meant = nearest(name.base, _BY_NAME)
        if meant is None:
            raise MeasureError("measure.name_unknown", name=name.base, known=", ".join(_BY_NAME))
        raise MeasureError("measure.name_unknown_suggest", name=name.base, meant=meant)
    measure = _BY_NAME[name.base]
    for key, _ in name.by:
        if key not in measure.by:
            raise MeasureError("measure.no_breakdown", name=name.base, key=key, known=", ".join(measure.by) or "-")
    return measure
