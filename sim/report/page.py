"""A report: one file that opens in any browser, in Swedish or English, and prints well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from sim.base.language import say
from sim.experiment import analysis, calibration, packages, sensitivity
from sim.experiment.differences import Window
from sim.experiment.file.load import section_of
from sim.experiment.results import Results
from sim.experiment.state import state_of
from sim.report import analysis as tables
from sim.report import calibration as fitted
from sim.report import findings, plots
from sim.report import packages as shown
from sim.report.analysis import Names
from sim.report.sentences import who_is_missing
from sim.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 system-ui, "Segoe UI", sans-serif; color: #222; max-width: 52rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.25; } h3 { font-size: 1rem; margin: 1.1rem 0 0.2rem; }
h2 { font-size: 1.2rem; margin-top: 2.2rem; border-top: 1px solid #ddd;
  padding-top: 1rem; } p.question { font-size: 1.1rem; } ul { padding-left: 1.2rem; } li { margin: 0.35rem 0; }
figure { margin: 1.2rem 0 0.4rem; } figure svg { max-width: 100%; height: auto; }
details { margin: 0.3rem 0 1rem; } summary { cursor: pointer; color: #0b5a8a; }
table { border-collapse: collapse; font-size: 0.82rem; } td, th { padding: 0.15rem 0.7rem 0.15rem 0; text-align: right;
  white-space: nowrap; } td.word, th.word { text-align: left; white-space: normal; }
th { border-bottom: 1px solid #bbb; }
td.head { text-align: left; font-weight: 600; padding-top: 0.6rem; } td.strong { font-weight: 700; }
div.wide { overflow-x: auto; } pre { background: #f6f6f6; padding: 0.8rem; overflow-x: auto; font-size: 0.8rem; }
p.note, caption { color: #555; font-size: 0.85rem; text-align: left; caption-side: bottom; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } details { display: none; }
  h2 { break-after: avoid; } figure { break-inside: avoid; } }
"""


def page(results: Results, window: Window, language: str) -> str:
    """The whole report as HTML: nothing in it is loaded from anywhere."""
    names = Names(results, language)
    manifest = results.manifest
    title = manifest["title"].get(language) or manifest["title"]["en"]
    question = (manifest["question"] or {}).get(language)
    parts = [f"<h1>{escape(title)}</h1>"]
    if question:
        parts.append(f'<p class="question">{escape(question)}</p>')
    parts += list(_sections(results, names, window))
    body = _ids_apart("\n".join(parts))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _sections(results: Results, names: Names, window: Window) -> Iterator[str]:
    language, state = names.language, state_of(results.store)
    yield _headed("compared", names, _list(findings.compared(results, names, int(results.finished().sum()))))
    yield _arms(results, names)
    sentences, figures = _found(results, names, window)
    yield _headed("found", names, _grouped(sentences))
    yield _headed("figures", names, "".join(figures))
    looked_at = tuple(results.manifest["looked_at"])
    yield _headed("not_counted", names, _list(who_is_missing(looked_at, language, names.groups)))
    yield _headed("assumptions", names, _list(findings.assumptions(results, names)) + _sources(results, names))
    yield _headed("beware", names, _list(findings.beware(results, names, window)))
    yield _headed("repeat", names, _repeat(results, names, state.seconds))


def _headed(key: str, names: Names, body: str) -> str:
    return f"<h2>{escape(say(f'experiments.report.heads.{key}', names.language))}</h2>\n{body}"


def _list(sentences: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in sentences) + "</ul>"


def _grouped(sentences: Iterable[tuple[str, str]]) -> str:
    """Sentences under the measure that they are about, in the order in which measures come first."""
    by_measure: dict[str, list[str]] = {}
    for measure, sentence in sentences:
        by_measure.setdefault(measure, []).append(sentence)
    return "".join(f"<h3>{escape(measure)}</h3>{_list(own)}" for measure, own in by_measure.items())


def _arms(results: Results, names: Names) -> str:
    """Each arm with what is set in it."""
    rows = []
    for arm, name in zip(results.manifest["arms"], names.arms, strict=True):
        changes = ", ".join(f"{path} = {value}" for path, value in arm["set"].items())
        is_baseline = arm["baseline"] and len(names.arms) > 1
        mark = f" ({say('experiments.report.is_baseline', names.language)})" if is_baseline else ""
        rows.append(f"<li><b>{escape(name)}</b>{escape(mark)}: {escape(arm['source'])}"
                    + (f"; <code>{escape(changes)}</code>" if changes else "") + "</li>")  # fmt: skip
    return "<ul>" + "".join(rows) + "</ul>"


def _found(results: Results, names: Names, window: Window) -> tuple[list[tuple[str, str]], list[str]]:
    """Sentences, each with its measure, and figures with the tables behind them."""
    sentences: list[tuple[str, str]] = []
    figures: list[str] = []
    measures = tuple(results.manifest["looked_at"])
    kind = results.manifest["design"]["kind"]
    if len(names.arms) > 1:
        _add_pairs(results, names, window, sentences, figures)
    if kind == "search":
        return _packages(results, names)
    if section_of(results.store.experiment_text()).calibrate is not None:
        return _calibration(results, names)
    if kind in ("morris", "sobol_indices"):
        _add_sensitivity(results, names, window, sentences, figures)
    elif kind != "none":
        _add_responses(results, names, window, sentences, figures)
    for measure in measures:
        figures.append(_figure(plots.series(results, measure, names)))
    levels = analysis.levels(results, measures, analysis.windows_of(results.months, window))
    figures.append(_behind(tables.levels_table(levels, names), names))
    return sentences, figures


def _calibration(results: Results, names: Names) -> tuple[list[tuple[str, str]], list[str]]:
    """What a calibration found: sentences under one heading, what is left of each range, the tables behind it."""
    fit = calibration.fit(results)
    head = say("experiments.calibration.head", names.language)
    figures = [_figure(fitted.fit_figure(fit, names)), _behind(fitted.parameters_table(fit, names), names),
               _behind(fitted.targets_table(fit, names, results.months), names)]  # fmt: skip
    return [(head, said) for said in fitted.fit_sentences(fit, names, results.months)], figures


def _packages(results: Results, names: Names) -> tuple[list[tuple[str, str]], list[str]]:
    """What a search found: sentences under one heading, the figure of the front, the table behind it."""
    front = packages.found(results)
    head = say("experiments.search.head", names.language)
    figures = [_figure(shown.front_figure(front, names)), _behind(shown.packages_table(front, names), names)]
    return [(head, said) for said in shown.package_sentences(front, names)], figures


def _add_pairs(
    results: Results, names: Names, window: Window, sentences: list[tuple[str, str]], figures: list[str]
) -> None:
    measures = tuple(results.manifest["looked_at"])
    found = analysis.pairs(results, measures, analysis.windows_of(results.months, window))
    sentences += findings.differences(found, names)
    for measure in measures:
        figures.append(_figure(plots.pairs([one for one in found if one.measure == measure], names)))
    figures.append(_behind(tables.pairs_table(found, names), names))


def _add_responses(
    results: Results, names: Names, window: Window, sentences: list[tuple[str, str]], figures: list[str]
) -> None:
    measures = tuple(results.manifest["looked_at"])
    found = analysis.responses(results, measures, window)
    sentences += findings.responses(found, names)
    for measure, factor in dict.fromkeys((one.measure, one.factor) for one in found):
        own = [one for one in found if (one.measure, one.factor) == (measure, factor)]
        figures.append(_figure(plots.response(own, results, names)))
    figures.append(_behind(tables.responses_table(found, names), names))


def _add_sensitivity(
    results: Results, names: Names, window: Window, sentences: list[tuple[str, str]], figures: list[str]
) -> None:
    is_morris = results.manifest["design"]["kind"] == "morris"
    for measure in results.manifest["looked_at"]:
        for arm in range(len(names.arms)):
            luck = sensitivity.noise(results, measure, window, arm)
            if is_morris:
                effects = sensitivity.morris(results, measure, window, arm)
                sentences.append((names.title(measure), findings.strongest(effects, luck, names)))
                figures.append(_figure(plots.sensitivity(effects, names)))
                figures.append(_behind(tables.effects_table(effects, names), names))
            else:
                indices = sensitivity.sobol(results, measure, window, arm)
                sentences.append((names.title(measure), findings.strongest(indices, luck, names)))
                figures.append(_figure(plots.sensitivity(indices, names)))
                figures.append(_behind(tables.indices_table(indices, names), names))


def _figure(figure: Figure) -> str:
    """A drawing inside the page."""
    svg = plots.picture(figure, "svg").decode()
    return f"<figure>{svg[svg.index('<svg') :]}</figure>"


def _behind(table: Table, names: Names) -> str:
    """A table that opens when it is asked for."""
    head = escape(say("experiments.report.table_behind", names.language))
    return f'<details><summary>{head}</summary><div class="wide">{_html(table)}</div></details>'


def _html(table: Table) -> str:
    def cell(tag: str, text: str, place: int, strong: bool = False) -> str:
        kind = "word" if place < table.n_words else "strong" if strong else ""
        return f'<{tag} class="{kind}">{escape(text)}</{tag}>'

    rows = ["<tr>" + "".join(cell("th", text, place) for place, text in enumerate(table.columns)) + "</tr>"]
    for row in table.rows:
        if row.is_heading:
            rows.append(f'<tr><td class="head" colspan="{len(table.columns)}">{escape(row.cells[0])}</td></tr>')
        else:
            cells = (cell("td", text, place, place in row.strong) for place, text in enumerate(row.cells))
            rows.append("<tr>" + "".join(cells) + "</tr>")
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}{''.join(rows)}</table>"


def _sources(results: Results, names: Names) -> str:
    cites = list(dict.fromkeys(cite for arm in results.manifest["arms"] for cite in arm["sources"]))
    if not cites:
        return ""
    head = escape(say("experiments.report.sources", names.language, n=len(cites)))
    return f"<details><summary>{head}</summary>{_list(cites)}</details>"


def _repeat(results: Results, names: Names, seconds: float) -> str:
    """How to make every number anew, and what it was made with."""
    language = names.language
    told = escape(say("experiments.report.repeat", language))
    more = "" if results.manifest["stop"] else f" --replications {results.manifest['replications']}"
    is_search = results.manifest["design"]["kind"] == "search"
    verb = "search experiment.yaml" if is_search else f"sweep experiment.yaml{more}"
    typed = escape(f"hemvist {verb}\nhemvist report results/{results.manifest['experiment']}")
    rows = "".join(f'<tr><td class="word">{escape(key)}</td><td class="word"><code>{escape(value)}</code></td></tr>'
                   for key, value in findings.origin(results, names, seconds))  # fmt: skip
    written = escape(results.store.experiment_text())
    head = escape(say("experiments.report.file", language))
    return (
        f"<p>{told}</p><pre>{typed}</pre><table>{rows}</table>"
        f"<details><summary>{head}</summary><pre>{written}</pre></details>"
    )


def _ids_apart(html: str) -> str:
    """HTML with the ids of each drawing made its own, so that none refers into another."""
    drawings = re.split(r"(<svg.*?</svg>)", html, flags=re.DOTALL)
    for n in range(1, len(drawings), 2):
        one = re.sub(r'id="([^"]+)"', rf'id="f{n}-\1"', drawings[n])
        one = re.sub(r"url\(#([^)]+)\)", rf"url(#f{n}-\1)", one)
        drawings[n] = re.sub(r'href="#([^"]+)"', rf'href="#f{n}-\1"', one)
    return "".join(drawings)
