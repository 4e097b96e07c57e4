"""A real browser for the tests of the built site: the system's Chromium, driven by Playwright."""

import contextlib
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """The browser; a skip where there is none, never in CI."""
    if BROWSER is None and "CI" not in os.environ:
        pytest.skip("there is no Chromium or Chrome on this machine")
    assert BROWSER, "CI needs a browser"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site, request):
    """Opens a page of the site by its path from the file system; at the end no page may have had an error.

    Further words go to Playwright's ``new_context``: ``has_touch=True``, ``java_script_enabled=False``.
    """
    contexts, faults = [], []

    def open_(path: str, **settings):
        context = chromium.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
        page.goto(f"{site.as_uri()}/{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults, faults


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def serving() -> Callable[[Path], contextlib.AbstractContextManager[str]]:
    """Serves any folder: ``with serving(folder) as address``."""
    return served


@pytest.fixture(scope="session")
def address(site) -> Iterator[str]:
    with served(site) as at:
        yield at
