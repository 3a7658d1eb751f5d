"""A town made of one table: what offices write is mended and told, the rest refused with line and column."""

import json

import numpy as np
import pytest

import sim
from sim.base.errors import ScenarioError
from sim.base.language import LANGUAGES
from sim.scenario.town.form import TOWN, column_of, heading, template
from sim.scenario.town.make import make
from sim.scenario.town.reading import read_town
from sim.scenario.town.region import region_of

HEAD = "area,homes_public,homes_private,homes_rental,homes_cooperative,homes_owned,households,inhabitants"
ROW = "Centre,600,400,,500,100,,2700"


@pytest.fixture(scope="module")
def base():
    return sim.load("gothenburg")


@pytest.fixture
def town(tmp_path, base):
    """Make a town of a text or of bytes."""

    def made(table, geojson=None):
        file = tmp_path / "areas.csv"
        file.write_bytes(table if isinstance(table, bytes) else table.encode())
        boundaries = None
        if geojson is not None:
            boundaries = tmp_path / "areas.geojson"
            boundaries.write_text(geojson)
        return make("ours", file, base, "en", geojson=boundaries)

    return made


def keys(fault):
    return [(one.key, one.place.line, one.place.column) for one in fault.value.faults]


def written(made, tmp_path):
    for name, text in made.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "ours.yaml"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_makes_a_town_that_runs(town, tmp_path, language):
    made = town(template(language))
    assert [repair.key for repair in made.repairs] == ["per_cent", "hidden"]
    scenario = sim.load(written(made, tmp_path), set={"time.months": 3, "time.burn_in": 2, "scale": 0.05})
    assert scenario.unsourced() == []
    model = sim.assemble(scenario, seed=1)
    assert model.run().complete
    model.city.check()
    assert model.city.areas.names[0] in ("Centre", "Centrum")
    assert {company.name for company in scenario.landlords[0].companies} & {"My housing company", "Mitt bostadsbolag"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_found_again_under_the_heading_of_the_template(language):
    assert [column_of(heading(column, language)) for column in TOWN.names()] == list(TOWN.names())


def test_a_town_of_its_own_settles_under_its_own_rules_and_its_ends_start_from_the_same_people(town, tmp_path):
    file = written(town(template("en")), tmp_path)
    today, market = sim.load(file), sim.load(f"{file}+market")
    assert market.at_burn_in().landlords == today.landlords
    assert market.landlords != today.landlords
    assert market.population == today.population


def test_the_ends_laid_upon_gothenburg_are_its_own_market_and_right():
    assert sim.load("gothenburg+market").sha256() == sim.load("gothenburg-market").sha256()
    laid, own = sim.load("gothenburg+right"), sim.load("gothenburg-right")
    assert laid.landlords[0] == own.landlords[0]
    assert laid.value("landlords.private.screening.accept.born_abroad") == 1.0


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("homes_public", "homes_publik"), [("scenario.column_misspelt", 1, 6)]),
        (("inhabitants", "households"), [("scenario.column_doubled", 1, 87)]),
        (("Centre,", ","), [("scenario.cell_empty", 2, 1)]),
        (("600", "-600"), [("scenario.out_of_bounds", 2, 8)]),
        (("600", "about 600"), [("scenario.cell_not_a_number", 2, 8)]),
        ((",2700", ",2700,7"), [("scenario.row_width", 2, 1)]),
        (("Centre", "Totalt"), [("town.total_row", 2, 1)]),
        (("600,400,,500,100,,2700", ",,,,,,"), [("town.no_homes", 2, 1)]),
        (("600,400,,500,100,,2700", "0,0,0,0,0,0,0"), [("town.no_homes", 2, 1)]),
        (("600,400,,", "600,400,900,"), [("town.parts_exceed", 2, 16)]),
        (("500,100,,", "500,,700,"), [("town.parts_exceed", 2, 1)]),
        ((",2700", ",270000"), [("town.persons_do_not_fit", 2, 26)]),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(town, change, expected):
    with pytest.raises(ScenarioError) as fault:
        town(f"{HEAD}\n{ROW}\n".replace(*change, 1))
    assert keys(fault) == expected
    assert all(one.place.file.endswith("areas.csv") for one in fault.value.faults)


def test_all_faults_are_told_at_once(town):
    with pytest.raises(ScenarioError) as fault:
        town(f"{HEAD},share_born_abroad\n{ROW},1.4\n{ROW},14\nHill,-1,x,,,,,,\n")
    assert keys(fault) == [
        ("scenario.out_of_bounds", 4, 6), ("town.share_out_of_bounds", 2, 31), ("town.share_out_of_bounds", 3, 31),
        ("scenario.row_doubled", 3, 1),
    ]  # fmt: skip


def test_a_table_as_a_swedish_office_saves_it_is_mended_and_it_is_said(town):
    text = "område;hyresrätter;bostadsrätter;äganderätter;invånare;andel utrikes födda\n"
    text += "Lövgärdet, norra;1 600;500;x;4 800;12,5 %\nÅsen;..;200;100;2 000;0,31\n;;;;;\n"
    made = town(text.encode("latin-1"))
    assert [repair.key for repair in made.repairs] == [
        "encoding", "separator", "thousands", "hidden", "decimal_comma", "per_cent",
    ]  # fmt: skip
    assert made.town.names == ("Lövgärdet, norra", "Åsen")
    assert [figure.value for figure in made.town.figures["share_born_abroad"]] == [0.125, 0.31]
    assert made.town.figures["inhabitants"][0].value == 4800
    assert "1 600 became 1600" in made.files["data.md"]
    assert "Lövgärdet, norra" in made.files["data.md"]


def test_the_place_of_a_fault_is_right_in_a_mended_file_too(town):
    with pytest.raises(ScenarioError) as fault:
        town(b"# a word\narea;homes_owned;share_born_abroad\nCentre, old;-5;0,2\n")
    assert keys(fault) == [("scenario.out_of_bounds", 3, 13)]


def test_unicode_text_of_a_spreadsheet_is_read(town):
    made = town("area\thomes_owned\nÅsen\t300\n".encode("utf-16"))
    assert [repair.key for repair in made.repairs] == ["encoding", "separator"]
    assert made.town.names == ("Åsen",)


@pytest.mark.parametrize("hidden", ["", "..", "x", "X"])
def test_a_suppressed_cell_is_missing_and_filled_by_rule_never_zero(town, base, hidden):
    made = town(f"{HEAD}\nCentre,600,400,,500,{hidden},2000,4000\n")
    homes = made.town.homes[0]
    assert (homes["owner_occupied"].value, homes["owner_occupied"].status) == (500, "estimate")
    region = region_of(base.tables["stock"], base.tables["population"])
    alone = town(f"{HEAD}\nCentre,600,400,,500,{hidden},,\n").town.homes[0]["owner_occupied"]
    rest = 1.0 - region.share["owner_occupied"]
    assert alone.value == round(1500 * region.share["owner_occupied"] / rest)
    assert (alone.status, alone.rule) == ("assumed", "like_region")


def test_a_zero_that_is_written_stays_zero(town):
    made = town(f"{HEAD}\nCentre,600,400,,500,0,,3000\n")
    assert made.town.homes[0]["owner_occupied"].value == 0
    assert "owner_occupied" not in made.files["stock.csv"]


def test_the_means_of_the_region_are_those_of_its_tables(base):
    region = region_of(base.tables["stock"], base.tables["population"])
    homes = np.array([float(cell) for cell in base.tables["stock"].texts("homes")])
    owned = np.array(base.tables["stock"].texts("tenure")) == "owner_occupied"
    assert region.share["owner_occupied"] == pytest.approx(homes[owned].sum() / homes.sum())
    assert sum(region.share.values()) == pytest.approx(1.0)
    assert region.born_abroad == pytest.approx(0.283, abs=0.01)  # 28.3 % of persons; here by homes
    assert region.persons["owner_occupied"] == pytest.approx(2.96, abs=0.02)  # as published for the city


def test_a_figure_is_as_well_known_as_its_row_says(town):
    head = "area,homes_owned,inhabitants,inhabitants_status,source"
    made = town(f"{head}\nA,300,800,estimate,Register 2025\nB,300,800,,\nC,300,,,assumed\n").town
    assert [homes["owner_occupied"].status for homes in made.homes] == ["verified", "recalled", "assumed"]
    assert [figure.status for figure in made.figures["inhabitants"]] == ["estimate", "recalled", "assumed"]


def square(name, lon, lat):
    ring = [[lon, lat], [lon + 0.02, lat], [lon + 0.02, lat + 0.02], [lon, lat + 0.02], [lon, lat]]
    return {"properties": {"namn": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_boundaries_say_where_the_areas_lie(town):
    features = [square("Åsen", 12.5, 57.9), square("Centrum", 12.0, 57.0)]
    made = town("area,homes_owned\ncentrum,300\nÅsen,200\n", json.dumps({"features": features}))
    assert [figure.value for figure in made.town.figures["lat"]] == pytest.approx([57.01, 57.91])
    size = made.town.figures["km2"][0].value
    assert size == pytest.approx((0.02 * 111.2) ** 2 * np.cos(np.radians(57.01)), rel=1e-6)


@pytest.mark.parametrize(
    ("geojson", "key"),
    [
        ("{", "town.geojson_unreadable"),
        ('{"features": []}', "town.geojson_unreadable"),
        (json.dumps({"features": [square("Centre", 320000, 6400000)]}), "town.geojson_not_degrees"),
        (json.dumps({"features": [square("Center", 12, 57)]}), "town.geojson_area_unknown_suggest"),
        (json.dumps({"features": [square("Elsewhere", 12, 57)]}), "town.geojson_area_unknown"),
    ],
)
def test_boundaries_that_do_not_fit_are_refused(town, geojson, key):
    with pytest.raises(ScenarioError) as fault:
        town(f"{HEAD}\n{ROW}\n", geojson)
    assert [one.key for one in fault.value.faults] == [key]


def test_a_table_without_rows_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("# only words\narea,homes_owned\n")
    with pytest.raises(ScenarioError) as fault:
        read_town(tmp_path / "t.csv", "t.csv")
    assert fault.value.faults[0].key == "scenario.table_empty"
