"""The report of an experiment: one whole file, in both languages: sentences, figures, tables, and no loose ends."""

import re
from html.parser import HTMLParser

import pytest

from sim.base.language import LANGUAGES
from sim.experiment.brake import Brake
from sim.experiment.differences import Window
from sim.experiment.file.load import load_text
from sim.experiment.results import Results
from sim.experiment.store import Store
from sim.experiment.sweep import How, sweep
from sim.report import plots
from sim.report.analysis import Names
from sim.report.page import page
from sim.rules import built_in

AT = "preferences.profiles.all.terms.own_group.at"
TEXT = """\
schema: hemvist-experiment/1
id: reported
title: {en: "Some & others", sv: "Några & andra"}
question: {en: "Is <this> safe?", sv: "Är <det här> säkert?"}
set: {space.width: 8, space.height: 8, time.months: 24}
arms:
  - {id: some, scenario: schelling, label: {en: "Eight in ten", sv: "Åtta av tio"}}
  - {id: other, scenario: schelling, set: {AT: 0.6}, label: {en: "Choosy", sv: "Kräsna"}}
design: DESIGN
replications: {n: 3}
outputs: {measures: [theory.similarity, theory.satisfied]}
""".replace("AT:", f"{AT}:")
FILL = "{path: population.fill, min: 70 %, max: 90 %, label: {en: Lived in, sv: Bebott}}"
DESIGNS = {
    "none": "{}",
    "grid": f"{{kind: grid, factors: [{FILL}]}}",
    "morris": f"{{kind: morris, trajectories: 3, factors: [{FILL}, {{path: search.sample, min: 1, max: 9}}]}}",
    "sobol": f"{{kind: sobol_indices, points: 4, factors: [{FILL}, {{path: search.sample, min: 1, max: 9}}]}}",
}
END = Window("last", 12, 13, 24)


@pytest.fixture(scope="module", params=DESIGNS)
def results(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    study = load_text(TEXT.replace("DESIGN", DESIGNS[request.param]), built_in())
    with Brake() as brake:
        sweep(study, Store(folder), How(workers=0), brake)
    return Results.of(Store(folder))


class Reader(HTMLParser):
    """Notes what is open, what refers outside, and every id."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.outside, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag not in ("meta", "br", "hr", "path", "use", "rect", "link"):
            self.open.append(tag)
        self.ids += [told["id"]] if "id" in told else []
        refers = [told.get(name) or "" for name in ("src", "href", "xlink:href")]
        self.outside += [one for one in refers if one and not one.startswith("#")]
        self.outside += [tag] if tag in ("script", "link", "iframe", "img") else []

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in ("path", "use", "rect"):
            return
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_whole_and_loads_nothing(results, language):
    html = page(results, END, language)
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    assert reader.outside == []
    assert len(reader.ids) == len(set(reader.ids))
    text = " ".join(reader.text)
    assert "Some & others" in text or "Några & andra" in text
    assert "<this>" in text or "<det här>" in text
    assert not re.search(r"experiments\.[a-z]+\.|\{[a-z_]+\}", text.partition("schema: hemvist-experiment")[0])


def test_the_report_says_the_same_every_time(results):
    assert page(results, END, "sv") == page(results, END, "sv")


def test_the_report_compares_arms_and_names_what_was_varied(results):
    text = page(results, END, "en")
    assert "“Choosy”" in text
    assert "95 % interval" in text
    if results.manifest["factors"]:
        assert "Lived in" in text


@pytest.mark.parametrize("kind", plots.KINDS)
def test_figures_of_every_kind_can_be_drawn(results, kind):
    design = results.manifest["design"]["kind"]
    fits = {"series": True, "pairs": True, "response": design != "none",
            "sensitivity": design in ("morris", "sobol_indices")}  # fmt: skip
    if fits[kind]:
        figures = plots.drawn(results, kind, "theory.similarity", END, Names(results, "sv"))
        assert figures
        for _, figure in figures:
            for ending, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
                assert plots.picture(figure, ending).startswith(start)
