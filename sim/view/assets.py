"""The bytes that a browser asks for, all laid ready on this machine, so that nothing is fetched from elsewhere."""

from __future__ import annotations

import re
import shutil
import sys
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from sim.base.errors import SimError

SCRIPTS = ("store.js", "numbers.js", "map.js", "chart.js")
STYLES = ("look.css", "more.css")
BUNDLES = (r"@widgetti/solara-vuetify3?-app", r"requirejs")
WANTED = re.compile(r"(main8\.css|fonts\.css|solara-vuetify-app8(\.min)?\.js|require\.js|.*\.woff2)$")


def lay_ready(folder: Path) -> None:
    """Write to a folder what pages need: ``cdn`` with the framework's bundles, ``page`` with our scripts and styles.

    Raises
    ------
    SimError
        If the bundles are not installed.
    """
    page = folder / "page"
    page.mkdir(parents=True, exist_ok=True)
    own = resources.files("sim.view").joinpath("page")
    for name, parts in (("custom.js", SCRIPTS), ("custom.css", STYLES)):
        text = "\n".join(own.joinpath(part).read_text(encoding="utf-8") for part in parts)
        (page / name).write_text(text, encoding="utf-8")
    for bundle, version in asked_for():
        _copy(installed_bundles(), bundle, version, folder / "cdn")


def asked_for() -> list[tuple[str, str]]:
    """Names and versions of the bundles that the framework's page asks for."""
    spec = find_spec("solara")  # found, not imported: it reads its settings when it is
    places = (spec.submodule_search_locations if spec is not None else None) or [""]
    text = (Path(places[0]) / "server" / "templates" / "solara.html.j2").read_text(encoding="utf-8")
    found = re.findall(rf"\{{\{{cdn\}}\}}/({'|'.join(BUNDLES)})@([\w.-]+)/", text)
    return sorted(set(found))


def installed_bundles() -> Path:
    """The folder in which the package of the framework's bundles puts them.

    Raises
    ------
    SimError
        If it is not there.
    """
    folder = Path(sys.prefix) / "share" / "solara" / "cdn"
    if not (folder / "@widgetti").is_dir():
        raise SimError("view.no_bundles", folder=folder)
    return folder


def _copy(bundles: Path, bundle: str, version: str, target: Path) -> None:
    """Copy what a page needs of a bundle; where its version is missing, the newest of the same major version will do.

    The framework and its bundles are released apart, and the bundle with the page's own parts (a Vue, a widget
    manager) changes little within a major version; the tests in a browser say whether it still fits.
    """
    folder, name = bundles / Path(bundle).parent, Path(bundle).name
    same = [one for one in folder.glob(f"{name}@*") if _version(one)[:1] == _parts(version)[:1]]
    source = folder / f"{name}@{version}"
    source = source if source.is_dir() else max(same, key=_version, default=source)
    if not source.is_dir():
        raise SimError("view.no_bundle", bundle=f"{bundle}@{version}", folder=bundles)
    for file in source.rglob("*"):
        if file.is_file() and WANTED.fullmatch(file.name):
            to = target / f"{bundle}@{version}" / file.relative_to(source)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to)


def _version(folder: Path) -> tuple[int, ...]:
    return _parts(folder.name.rpartition("@")[2])


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
