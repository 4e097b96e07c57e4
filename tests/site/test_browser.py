"""The pages open in a real browser, from the file system, without an error in its console."""

import os
import shutil
import subprocess

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(BROWSER is None and "CI" not in os.environ, reason="there is no Chromium or Chrome on this machine")
@pytest.mark.parametrize("name", ["overview", "report", "figures"])
def test_a_page_opens_without_an_error(site, tmp_path, name):
    assert BROWSER, "CI needs a browser"
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--user-data-dir={tmp_path}",
         "--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom", (site / "chapters" / f"{name}.html").as_uri()],
        capture_output=True, text=True, timeout=90,
    )
    assert 'lang="ar"' in done.stdout
    errors = [line for line in done.stderr.splitlines() if "CONSOLE" in line and ("rror" in line or "efused" in line)]
    assert not errors, errors
