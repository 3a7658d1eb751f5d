"""What is known of a town, what is estimated and what is invented: one page for those who are to believe a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sim.base.language import say
from sim.scenario.town.figure import Figure
from sim.scenario.town.files import Setting, source_ids, title_of
from sim.scenario.town.filling import Town
from sim.scenario.town.reading import Repair

KNOWN, ESTIMATED = ("verified", "derived"), ("recalled", "estimate")
SHOWN = (
    "inhabitants", "share_born_abroad", "mean_income", "rent_per_m2", "price_flat_per_m2", "price_house_per_m2", "lat",
    "built_from",
)  # fmt: skip


def report_text(town: Town, setting: Setting, repairs: Sequence[Repair], table: str, language: str) -> str:
    """The data report of a town, Markdown."""
    title = title_of(town, setting.name)
    n_homes = round(sum(town.total(row) for row in range(len(town.ids))))
    persons = round(sum(figure.value for figure in town.figures["inhabitants"]))
    parts = [
        say("town.report.head", language, title=title, table=table, areas=len(town.ids), homes=_number(n_homes),
            persons=_number(persons), name=setting.name, base=setting.base),
        say("town.report.known_head", language) + "\n\n" + _counts(town, language),
        say("town.report.gaps_head", language) + "\n\n" + _bullets(_gaps(town, language), language),
        say("town.report.repairs_head", language) + "\n\n" + _bullets(repair_sentences(repairs, language), language),
        say("town.report.areas_head", language) + "\n\n" + _areas(town, language),
        say("town.report.sources_head", language) + "\n\n" + _bullets(source_ids(town), language),
        say("town.report.from_base", language, base=setting.base, income=_income(setting, language)),
        say(f"town.report.{'calibrated' if setting.is_calibrated else 'not_calibrated'}", language, name=setting.name),
    ]  # fmt: skip
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def repair_sentences(repairs: Iterable[Repair], language: str) -> list[str]:
    """What was mended in reading, a sentence each."""
    return [say(f"town.repairs.{repair.key}", language, **repair.values) for repair in repairs]


def summary(town: Town, language: str) -> str:
    """One sentence: how many figures are known, estimated, invented."""
    counted = Counter(_class(figure) for figure in _figures(town))
    return say("town.summary", language, areas=len(town.ids), **{word: counted[word] for word in _CLASSES})


_CLASSES = ("known", "estimated", "invented")


def _class(figure: Figure) -> str:
    if figure.status in KNOWN:
        return "known"
    return "estimated" if figure.status in ESTIMATED else "invented"


def _figures(town: Town) -> list[Figure]:
    columns = [town.figures[column] for column in SHOWN if column in town.figures]
    return [figure for homes in town.homes for figure in homes.values()] + [one for column in columns for one in column]


def _counts(town: Town, language: str) -> str:
    head = [say(f"town.report.columns.{word}", language) for word in ("what", *_CLASSES)]
    rows = [("homes", [figure for homes in town.homes for figure in homes.values()])]
    rows += [(column, town.figures[column]) for column in SHOWN if column in town.figures]
    lines = []
    for name, figures in rows:
        counted = Counter(_class(figure) for figure in figures)
        lines.append([say(f"town.report.rows.{name}", language), *(str(counted[word] or "-") for word in _CLASSES)])
    return _table(head, lines)


def _gaps(town: Town, language: str) -> list[str]:
    """The rules that filled gaps, each with how many figures it filled."""
    rules = Counter(figure.rule for figure in _figures(town) if figure.rule)
    found = [say(f"town.rules.{rule}", language, n=n) for rule, n in rules.items()]
    return found if "mean_income" in town.figures else [*found, say("town.rules.income_by_tenure", language)]


def _areas(town: Town, language: str) -> str:
    head = [say(f"town.report.columns.{word}", language) for word in ("area", "homes", "persons", "abroad", "note")]
    lines = []
    for row, name in enumerate(town.names):
        persons, abroad = town.figures["inhabitants"][row], town.figures["share_born_abroad"][row]
        lines.append([name, _number(round(town.total(row))), _marked(_number(round(persons.value)), persons, language),
                      _marked(f"{100 * abroad.value:.0f} %", abroad, language), town.notes[row]])  # fmt: skip
    return _table(head, lines)


def _marked(text: str, figure: Figure, language: str) -> str:
    return text if figure.status in KNOWN else f"{text} ({say(f'town.report.classes.{_class(figure)}', language)})"


def _income(setting: Setting, language: str) -> str:
    if setting.relative_income is None:
        return say("town.report.income_as_base", language, base=setting.base)
    percent = f"{100 * setting.relative_income:.0f}"
    return say("town.report.income_relative", language, base=setting.base, percent=percent)


def _bullets(lines: Iterable[str], language: str) -> str:
    return "\n".join(f"* {line}" for line in lines) or f"* {say('town.report.nothing', language)}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def _number(number: int) -> str:
    return f"{number:,}".replace(",", " ")
