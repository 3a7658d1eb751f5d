"""Scenarios built upon others, found by name or path, never outside their project."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import sim
from sim.base.errors import ScenarioError
from sim.scenario import find, inherit
from sim.scenario.find import Fence, project_of, shipped_folder, shipped_names
from sim.scenario.inherit import build_file, build_text
from sim.scenario.reader import read_text


def _write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def _told(path: Path) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        build_file(path)
    return caught.value


def test_a_chain_is_merged_from_the_root_up(tmp_path: Path) -> None:
    _write(
        tmp_path,
        a="{id: a, x: 1, y: 1, z: 1}",
        b="{extends: a.yaml, id: b, y: 2, z: 2}",
        c="{extends: b.yaml, id: c, z: 3}",
    )
    built = build_file(tmp_path / "c.yaml")
    assert built.tree.plain() == {"x": 1, "y": 2, "z": 3, "id": "c"}
    assert built.root.plain() == {"id": "a", "x": 1, "y": 1, "z": 1}


def test_of_a_list_the_later_lies_above_and_the_first_is_the_root(tmp_path: Path) -> None:
    _write(tmp_path, a="{x: 1, y: 1}", b="{y: 2}", c="{extends: [a.yaml, b.yaml], id: c}")
    built = build_file(tmp_path / "c.yaml")
    assert built.tree.plain() == {"x": 1, "y": 2, "id": "c"}
    assert built.root.plain() == {"x": 1, "y": 1}


def test_a_file_that_extends_nothing_is_its_own_root(tmp_path: Path) -> None:
    _write(tmp_path, a="{id: a}")
    built = build_file(tmp_path / "a.yaml")
    assert built.root is built.tree


def test_id_pair_and_status_are_not_inherited(tmp_path: Path) -> None:
    _write(tmp_path, a="{id: a, pair: z, status: calibrated, x: 1}", b="{extends: a.yaml}")
    assert build_file(tmp_path / "b.yaml").tree.plain() == {"x": 1}


def test_a_loop_shows_its_chain_at_the_extends_that_closes_it(tmp_path: Path) -> None:
    _write(tmp_path, a="extends: b.yaml", b="\nextends: c.yaml", c="extends: a.yaml")
    error = _told(tmp_path / "a.yaml")
    assert error.key == "scenario.extends_loop"
    assert str(error.values["chain"]).count(" > ") == 3
    assert Path(str(error.faults[0].place.file)).name == "c.yaml"


def test_a_file_that_extends_itself_is_a_loop(tmp_path: Path) -> None:
    _write(tmp_path, a="extends: a.yaml")
    assert _told(tmp_path / "a.yaml").key == "scenario.extends_loop"


def test_many_files_upon_each_other_stop_at_the_budget(tmp_path: Path) -> None:
    _write(tmp_path, f0="{id: a}")
    for number in range(1, 20):
        below = f"f{number - 1}.yaml"
        _write(tmp_path, **{f"f{number}": f"extends: [{below}, {below}]"})
    assert _told(tmp_path / "f19.yaml").key == "scenario.extends_too_many"


def test_every_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, a="{x: yes}", b="extends: a.yaml", c="extends: a.yaml", d="extends: [b.yaml, c.yaml]")
    assert [fault.key for fault in build_file(tmp_path / "d.yaml").faults] == ["scenario.true_or_false"]


def test_a_path_is_relative_to_the_file_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".hemvist").touch()
    _write(tmp_path / "one", a="{x: 1}")
    _write(tmp_path / "two", b="{extends: ../one/a.yaml}")
    monkeypatch.chdir("/")
    assert build_file(tmp_path / "two" / "b.yaml").tree.plain() == {"x": 1}


def test_nothing_outside_the_project_is_read(tmp_path: Path) -> None:
    _write(tmp_path, secret="{x: 1}")
    _write(tmp_path / "mine", a="{extends: ../secret.yaml}", b=f"{{extends: {tmp_path}/secret.yaml}}")
    (tmp_path / "mine" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    _write(tmp_path / "mine", c="{extends: link.yaml}")
    for name in "abc":
        assert _told(tmp_path / "mine" / f"{name}.yaml").key == "scenario.outside_project"


def test_a_text_builds_upon_what_ships_and_on_no_file() -> None:
    assert build_text(read_text("{extends: schelling, id: mine}", "mine")).tree.at(("space", "width")) is not None
    with pytest.raises(ScenarioError) as caught:
        build_text(read_text("{extends: ./schelling.yaml}", "mine"))
    assert caught.value.key == "scenario.outside_project"


def test_what_is_no_name_and_what_is_no_map_is_told(tmp_path: Path) -> None:
    _write(tmp_path, a="{extends: [1]}", b="[1]", c="extends: none.yaml")
    assert [fault.key for fault in build_file(tmp_path / "a.yaml").faults] == ["scenario.extends_not_a_name"]
    assert _told(tmp_path / "b.yaml").key == "scenario.file_not_a_map"
    assert _told(tmp_path / "c.yaml").key == "scenario.file_missing"


def test_the_project_is_the_nearest_marked_folder_else_the_own_one(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert project_of(inner / "x.yaml") == inner.resolve()
    (tmp_path / "a" / ".hemvist").touch()
    assert project_of(inner / "x.yaml") == (tmp_path / "a").resolve()


def test_a_bare_name_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find.find("schelling", None, None) == shipped_folder() / "schelling.yaml"
    with pytest.raises(ScenarioError) as caught:
        find.find("shelling", None, None)
    assert caught.value.values["meant"] == "schelling"
    with pytest.raises(ScenarioError) as caught:
        find.find("zzz", None, None)
    assert caught.value.key == "scenario.name_unknown"


def test_scenarios_are_found_beside_the_package_in_a_clone_and_inside_it_in_a_wheel(tmp_path: Path) -> None:
    clone, wheel = tmp_path / "clone", tmp_path / "site-packages"
    for folder in (clone / "sim", clone / "scenarios", wheel / "sim" / "scenarios"):
        folder.mkdir(parents=True)
    (wheel / "sim" / "scenarios" / "two-towns.yaml").touch()
    assert shipped_folder(clone / "sim") == clone / "scenarios"
    assert shipped_folder(wheel / "sim") == wheel / "sim" / "scenarios"
    assert shipped_names(shipped_folder(wheel / "sim")) == ("two-towns",)


def test_a_wheel_takes_the_scenarios_and_their_tables_along() -> None:
    top = Path(sim.__file__).parents[1]
    if not (top / "setup.py").exists():
        pytest.skip("not a clone")
    patterns = tomllib.loads((top / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"][
        "sim.scenarios"
    ]
    taken = {path for pattern in patterns for path in (top / "scenarios").glob(pattern)}
    needed = {path for path in (top / "scenarios").rglob("*") if path.suffix in (".yaml", ".csv")}
    assert needed <= taken
    assert '"sim.scenarios": "scenarios"' in (top / "setup.py").read_text()


def test_a_fence_without_a_project_holds_only_what_ships() -> None:
    assert Fence.around(None).holds(shipped_folder() / "schelling.yaml")
    assert not Fence.around(None).holds(Path("/etc/hostname"))


def test_the_budget_of_files_is_small_enough_to_be_reached_quickly() -> None:
    assert inherit.MAX_FILES <= 100
