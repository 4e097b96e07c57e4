"""Measure what a re-runner waits for: ``make bench``, with ``SETUP=1`` also the set-up from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from qantar.book import chapter

BUILD = Path("_build")
HEAVY = ("torch", "transformers", "matplotlib", "pandas", "sphinx")


def seconds(*command: str, **environment: str) -> float:
    """How long a command takes; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    return time.perf_counter() - start


def best(measure: Callable[[], float], times: int = 5) -> float:
    """The least of some measurements, the one that other work on the machine disturbed least."""
    return min(measure() for _ in range(times))


def size(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def imported() -> str:
    """Which of the heavy packages ``import qantar`` loads, in words."""
    code = f"import sys, qantar; print(', '.join(name for name in {HEAVY!r} if name in sys.modules) or 'none')"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    return f"of {', '.join(HEAVY)}: {loaded}"


def measurements(with_setup: bool) -> Iterator[tuple[str, float, str]]:
    """Each measurement: what, seconds, remark. Builds the book anew, in place."""
    if with_setup:
        with tempfile.TemporaryDirectory() as folder:
            venv = Path(folder, "venv")
            took = seconds("make", "setup", f"VENV={venv}", f"PYTHON={sys.executable}", PIP_NO_CACHE_DIR="1")
            yield "set-up from nothing", took, f"all downloaded; {size(venv) / 1e6:.0f} MB on disk"
    shutil.rmtree(BUILD, ignore_errors=True)
    yield "cold build", seconds("make", "book"), f"{size(BUILD / 'html') / 1e6:.1f} MB of site"
    yield "warm build, nothing changed", best(lambda: seconds("make", "book"), 3), ""
    (BUILD / "book").unlink()
    yield "warm build, all pages written", seconds("make", "book"), "no chapter executed"
    slowest = max((seconds("make", "chapter", f"NAME={name}"), name) for name in chapter.names())
    yield "one chapter", slowest[0], f"the slowest: {slowest[1]}"
    bare = best(lambda: seconds(sys.executable, "-c", "pass"))
    yield "import qantar", best(lambda: seconds(sys.executable, "-c", "import qantar")) - bare, imported()


if __name__ == "__main__":
    for what, took, remark in measurements("--setup" in sys.argv):
        sys.stdout.write(f"{what:<32}{took:8.2f} s  {remark}".rstrip() + "\n")
        sys.stdout.flush()
