"""Serving the page: on this machine alone unless asked, with every byte its own, without telemetry."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import tempfile
import threading
import time
import webbrowser
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sim.base.errors import SimError
from sim.view.assets import lay_ready
from sim.view.company import Company
from sim.view.house import House, n_processes, open_house
from sim.view.plays import Play, World

LOCAL = ("127.0.0.1", "localhost", "::1")
NOWHERE = "http://127.0.0.1:9/"
"""Where the framework would look for what is missing: a port on which nothing listens."""

Asgi = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def serve(
    world: World, *, seed: int, language: str, host: str, port: int, folder: Path, pairs: int, is_opened: bool,
    tell: Callable[[str, str], None],
) -> None:  # fmt: skip
    """Serve until Ctrl-C.

    Raises
    ------
    SimError
        If the scenario is wrong, the port is taken, or the framework's bundles are not installed.
    """
    world.scenario()
    _free(host, port)
    with tempfile.TemporaryDirectory(prefix="hemvist-view-") as prepared:
        lay_ready(Path(prepared))
        _settle(Path(prepared))
        company = Company(n_processes())
        try:
            house = House(world, seed, language, company, folder, pairs)
            open_house(house)
            company.film(Play(world, seed))
            _run(host, port, is_opened, lambda url: tell(url, house.board.pin))
        finally:
            company.close()


def _free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise SimError("view.port_taken", host=host, port=port) from fault


def _settle(prepared: Path) -> None:
    """What the framework must know before it is imported."""
    os.environ.update(
        {
            "SOLARA_APP": "sim.view.app",
            "SOLARA_MODE": "production",
            "SOLARA_ASSETS_PROXY": "True",
            "SOLARA_ASSETS_CDN": NOWHERE,
            "SOLARA_ASSETS_PROXY_CACHE_DIR": str(prepared / "cdn"),
            "SOLARA_ASSETS_EXTRA_LOCATIONS": str(prepared / "page"),
            "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
            "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
            "SOLARA_THEME_SHOW_BANNER": "False",
            "SOLARA_THEME_LOADER": "plain",
            "SOLARA_THEME_TITLE": "Hemvist",
            "SOLARA_KERNEL_CULL_TIMEOUT": "2h",
            "SOLARA_KERNEL_MAX_COUNT": "60",
            "SOLARA_SESSION_SECRET_KEY": secrets.token_hex(32),
        }
    )
    os.environ.pop("VSCODE_PID", None)


def _run(host: str, port: int, is_opened: bool, tell: Callable[[str], None]) -> None:
    import uvicorn
    from solara.server.starlette import app

    import sim.view.app  # noqa: F401  (a fault in it is told here, and not to the first visitor)

    shown = "localhost" if host in LOCAL else host
    url = f"http://{shown}:{port}"
    server = uvicorn.Server(uvicorn.Config(own_only(app, host), host=host, port=port, log_level="warning"))

    def greet() -> None:
        while not server.started:
            time.sleep(0.05)
        tell(url)
        if is_opened:
            webbrowser.open(url)

    threading.Thread(target=greet, daemon=True).start()
    signal.signal(signal.SIGTERM, _leave)  # the server hands the signal on when it has stopped; then we tidy up
    server.run()


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def own_only(app: Asgi, host: str) -> Asgi:
    """The same server, which speaks to pages of its own alone.

    A page of another site may not open a connection here, and on a server of this machine alone no other name is
    answered (which is how a foreign site would reach it by a name that it points here).
    """

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] in ("http", "websocket") and not is_own(dict(scope["headers"]), host):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await send({"type": "http.response.start", "status": 403, "headers": []})
                await send({"type": "http.response.body", "body": b""})
            return
        await app(scope, receive, send)

    return guarded


def is_own(headers: dict[bytes, bytes], host: str) -> bool:
    """Whether a request names this server, and comes from a page of it.

    Examples
    --------
    >>> is_own({b"host": b"localhost:8765", b"origin": b"http://localhost:8765"}, "127.0.0.1")
    True
    >>> is_own({b"host": b"localhost:8765", b"origin": b"http://elsewhere.example"}, "127.0.0.1")
    False
    """
    named = headers.get(b"host", b"").decode("latin-1")
    origin = headers.get(b"origin", b"").decode("latin-1")
    name = named.rpartition(":")[0] if named.rpartition(":")[2].isdigit() else named
    is_named_right = host not in LOCAL or name.strip("[]") in LOCAL
    return is_named_right and (not origin or origin.partition("://")[2] == named)
