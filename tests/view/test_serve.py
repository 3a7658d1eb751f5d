"""The server speaks to its own pages, offers what a browser needs, and fetches nothing."""

import asyncio
import socket

import pytest

from sim.base.errors import SimError
from sim.view import assets
from sim.view.plays import World
from sim.view.serve import is_own, own_only, serve


@pytest.mark.parametrize(
    ("host", "headers", "answer"),
    [
        ("127.0.0.1", {b"host": b"localhost:8765"}, True),
        ("127.0.0.1", {b"host": b"127.0.0.1:8765", b"origin": b"http://127.0.0.1:8765"}, True),
        ("127.0.0.1", {b"host": b"[::1]:8765"}, True),
        ("127.0.0.1", {b"host": b"rebound.example:8765"}, False),
        ("127.0.0.1", {b"host": b"localhost:8765", b"origin": b"http://other.example"}, False),
        ("0.0.0.0", {b"host": b"laptop:8765", b"origin": b"http://laptop:8765"}, True),
        ("0.0.0.0", {b"host": b"laptop:8765", b"origin": b"http://other.example"}, False),
    ],
)
def test_only_pages_of_its_own_are_answered(host, headers, answer):
    assert is_own(headers, host) is answer


def test_a_socket_of_another_site_is_closed_before_the_page_hears_of_it():
    sent = []

    async def send(message):
        sent.append(message)

    async def app(scope, receive, send):
        raise AssertionError

    headers = [(b"host", b"localhost:1"), (b"origin", b"http://other.example")]
    asyncio.run(own_only(app, "127.0.0.1")({"type": "websocket", "headers": headers}, None, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_taken_port_is_told(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SimError) as fault:
            serve(World("two-towns"), seed=1, language="en", host="127.0.0.1", port=other.getsockname()[1],
                  folder=tmp_path, pairs=1, is_opened=False, tell=print)  # fmt: skip
    assert fault.value.key == "view.port_taken"


def test_a_missing_bundle_is_told_and_nothing_is_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(assets.sys, "prefix", str(tmp_path))
    with pytest.raises(SimError) as fault:
        assets.lay_ready(tmp_path / "ready")
    assert fault.value.key == "view.no_bundles"


def test_the_bundle_of_the_same_major_version_is_laid_under_the_version_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(assets.sys, "prefix", str(tmp_path))
    for bundle, version in assets.asked_for():
        major = version.split(".")[0]
        for have in (f"{major}.0.1", f"{major}.1.0", "0.9.9"):
            folder = tmp_path / "share" / "solara" / "cdn" / f"{bundle}@{have}" / "dist"
            folder.mkdir(parents=True)
            (folder / "main8.css").write_text(have)
            (folder / "source.map").write_text("not wanted")
    assets.lay_ready(tmp_path / "ready")
    for bundle, version in assets.asked_for():
        laid = tmp_path / "ready" / "cdn" / f"{bundle}@{version}" / "dist"
        assert (laid / "main8.css").read_text() == f"{version.split('.')[0]}.1.0"
        assert not (laid / "source.map").exists()


def test_own_scripts_and_styles_are_laid_ready(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "asked_for", list)
    assets.lay_ready(tmp_path)
    assert "window.hemvist" in (tmp_path / "page" / "custom.js").read_text()
    assert ":root" in (tmp_path / "page" / "custom.css").read_text()
