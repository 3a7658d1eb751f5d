"""Tables beside a scenario: read with the place of every cell, and compared with each other."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_rules import TOYS
from worlds import AREAS, STOCK, town, town_files

from sim.base.errors import ScenarioError
from sim.scenario import tables
from sim.scenario.cells import Lines, cells_of
from sim.scenario.load import load


def _told(folder: Path, *, areas: str | bytes = AREAS, stock: str | bytes = STOCK) -> list[tuple[str, str, str]]:
    path = town_files(folder)
    for name, text in (("areas.csv", areas), ("stock.csv", stock)):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ScenarioError) as caught:
        load(path, TOYS)
    return [
        (
            fault.key.removeprefix("scenario."),
            Path(str(fault.place.file)).name,
            f"{fault.place.line}:{fault.place.column}",
        )
        for fault in caught.value.faults
    ]


def test_columns_are_read_as_texts_and_numbers_and_suppressed_figures_are_missing(tmp_path: Path) -> None:
    areas = town(tmp_path).tables["space"]
    assert len(areas) == 2
    assert areas.texts("id") == ("west", "east")
    assert np.array_equal(areas.numbers("amenity"), [0.5, np.nan], equal_nan=True)
    assert areas.texts("name") == ("", "")
    assert np.isnan(areas.numbers("service")).all()
    assert areas.sha256 == hashlib.sha256(AREAS.encode()).hexdigest()


def test_a_status_is_the_figures_own_or_its_rows(tmp_path: Path) -> None:
    path = town_files(tmp_path)
    (tmp_path / "stock.csv").write_text(
        "area,tenure,homes,homes_status,rooms,status\nwest,public_rental,1,assumed,2,verified\neast,cooperative,1,,2,derived\n"
    )
    stock = load(path, TOYS).tables["stock"]
    assert stock.statuses("homes") == ("assumed", "derived")
    assert stock.statuses("rooms") == ("verified", "derived")


def test_a_cell_knows_its_place(tmp_path: Path) -> None:
    stock = town(tmp_path).tables["stock"]
    fault = stock.fault(1, "homes", "cell_not_a_number", found="x")
    assert (fault.place.line, fault.place.column, fault.place.path) == (3, 18, "homes")
    assert stock.place(0, "no such column").line == 2


@pytest.mark.parametrize(
    ("areas", "told"),
    [
        (AREAS.replace("57.7", "57,7"), ("row_width", "areas.csv", "2:1")),
        (AREAS.replace("57.7", '"57,7"'), ("decimal_comma", "areas.csv", "2:6")),
        (AREAS.replace("57.7", "north"), ("cell_not_a_number", "areas.csv", "2:6")),
        (AREAS.replace("57.7", "1e999"), ("cell_not_a_number", "areas.csv", "2:6")),
        (AREAS.replace("57.7", "97.7"), ("out_of_bounds", "areas.csv", "2:6")),
        (AREAS.replace("east", "west"), ("row_doubled", "areas.csv", "3:1")),
        (AREAS.replace("east", ""), ("cell_empty", "areas.csv", "3:1")),
        (AREAS.replace("lat", "latt"), ("column_misspelt", "areas.csv", "1:4")),
        (AREAS.replace("lat", "y"), ("column_missing", "areas.csv", "1:1")),
        (AREAS.replace("amenity", "lat"), ("column_doubled", "areas.csv", "1:12")),
        (AREAS.replace(",", ";"), ("table_semicolons", "areas.csv", "1:1")),
        (AREAS.replace("west", '"west'), ("table_quote", "areas.csv", "2:1")),
        (AREAS.replace("west", '"we"st'), ("table_quote", "areas.csv", "2:5")),
        ("id,lat,lon\n", ("table_empty", "areas.csv", "None:None")),
        ("", ("table_empty", "areas.csv", "None:None")),
        ("id,lat,lon\nväst,1,1\n".encode("latin-1"), ("table_not_utf8", "areas.csv", "2:2")),
        (AREAS + "north,58,12,1\n", ("table_areas_missing", "stock.csv", "None:None")),
    ],
)
def test_what_is_wrong_in_a_table_is_told_at_its_cell(
    tmp_path: Path, areas: str | bytes, told: tuple[str, str, str]
) -> None:
    assert told in _told(tmp_path, areas=areas)


def test_all_faults_of_all_tables_are_told_at_once(tmp_path: Path) -> None:
    told = _told(
        tmp_path, areas=AREAS.replace("57.7", "x"), stock=STOCK.replace("100", "y").replace("verified", "known")
    )
    assert told == [
        ("cell_not_a_number", "areas.csv", "2:6"),
        ("cell_not_a_number", "stock.csv", "2:20"),
        ("not_one_of", "stock.csv", "2:22"),
    ]


def test_an_area_that_only_the_stock_knows_is_told_with_what_was_meant(tmp_path: Path) -> None:
    path = town_files(tmp_path)
    (tmp_path / "stock.csv").write_text(STOCK + "wesst,cooperative,4,assumed\n")
    with pytest.raises(ScenarioError) as caught:
        load(path, TOYS)
    assert (caught.value.key, caught.value.values["meant"]) == ("scenario.table_area_unknown_suggest", "west")


def test_a_latin_1_table_says_what_the_letter_would_be(tmp_path: Path) -> None:
    path = town_files(tmp_path)
    (tmp_path / "areas.csv").write_bytes("id,lat,lon\nväst,1,1\n".encode("latin-1"))
    with pytest.raises(ScenarioError, match="'ä'"):
        load(path, TOYS)


def test_other_columns_are_left_alone(tmp_path: Path) -> None:
    path = town_files(tmp_path)
    (tmp_path / "areas.csv").write_text("id,lat,lon,my_own\nwest,1,1,x\neast,1,1,y\n")
    assert load(path, TOYS).tables["space"].texts("my_own") == ("x", "y")


def test_a_table_is_pinned_by_its_hash(tmp_path: Path) -> None:
    path = town_files(tmp_path)
    sha = hashlib.sha256(AREAS.encode()).hexdigest()
    pinned = {"space.table": f"{{file: {tmp_path}/areas.csv, sha256: '{sha}'}}"}
    assert load(path, TOYS, overrides=pinned).tables["space"].sha256 == sha
    (tmp_path / "areas.csv").write_text(AREAS.replace("0.5", "0.6"))
    with pytest.raises(ScenarioError) as caught:
        load(path, TOYS, overrides=pinned)
    assert caught.value.key == "scenario.table_changed"


def test_a_table_is_looked_for_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / ".hemvist").touch()
    (tmp_path / "base").mkdir()
    (tmp_path / "arms").mkdir()
    town_files(tmp_path / "base")
    child = tmp_path / "arms" / "child.yaml"
    child.write_text("schema: hemvist-scenario/1\nid: child\nextends: ../base/town.yaml\n")
    assert len(load(child, TOYS).tables["space"]) == 2
    child.write_text("schema: hemvist-scenario/1\nid: child\nextends: ../base/town.yaml\nstock: {table: stock.csv}\n")
    with pytest.raises(ScenarioError) as caught:
        load(child, TOYS)
    assert caught.value.key == "scenario.file_missing"
    assert caught.value.faults[0].place.line == 4


def test_a_table_outside_the_project_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    path = town_files(tmp_path / "inner", "")
    path.write_text(path.read_text().replace("stock.csv", "../stock.csv"))
    (tmp_path / "stock.csv").write_text(STOCK)
    with pytest.raises(ScenarioError) as caught:
        load(path, TOYS)
    assert caught.value.key == "scenario.outside_project"


def test_no_more_than_the_budget_of_bytes_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    path = town_files(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        load(path, TOYS)
    assert {fault.key for fault in caught.value.faults} == {"scenario.too_large"}


def test_a_table_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        tables.read_table(tmp_path, "x.csv", tables.TableForm((), ()), ())
    assert caught.value.key == "scenario.not_readable"


def test_faults_of_one_table_stop_at_a_number(tmp_path: Path) -> None:
    rows = "".join(f"a{number},x,1\n" for number in range(500))
    assert len(_told(tmp_path, areas="id,lat,lon\n" + rows)) == tables.MOST_FAULTS


_CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), max_size=6)


@given(rows=st.lists(st.lists(_CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    text = file.getvalue()
    found = cells_of(text, Lines(text, "x.csv"))
    assert [[cell.text for cell in row] for row in found] == rows


def test_a_quoted_cell_may_hold_lines_and_quotes() -> None:
    text = 'a,"b ""c""\nd",e\r\n\r\nf,g,h'
    lines = Lines(text, "x.csv")
    rows = cells_of(text, lines)
    assert [[cell.text for cell in row] for row in rows] == [["a", 'b "c"\nd', "e"], ["f", "g", "h"]]
    assert (lines.place(rows[0][2].start).line, lines.place(rows[1][1].start).line) == (2, 4)
