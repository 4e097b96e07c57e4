"""Write ``requirements.txt``, the pinned lock, from ``pyproject.toml``: ``make lock``. Needs ``uv``, users do not.

One resolution of everything, for every platform and Python from 3.11, is cut into sections that pip can install without
resolving. ``[book]`` is what the book needs, ``[test]`` and ``[lab]`` what those need beyond it, ``[models]`` the rest:
the extra ``models`` and all that hangs on it alone. The CUDA libraries of torch are left out: pip adds them where the
torch it finds wants them, and a processor-only torch does not.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PYTHON = "3.11"
CUDA = re.compile(r"(nvidia|cuda|triton)\b")
HEADER = """\
# The full lock of Qantar, compiled from pyproject.toml by `make lock`; do not edit.
# `pip install -r requirements.txt` installs all of it; `make` installs the sections it needs, without resolving.
"""


def name(line: str) -> str:
    """The package a line of the lock pins: ``"pandas"`` of ``"pandas==3.1.1  # via qantar"``."""
    return line.split("=", 1)[0]


def resolve(uv: str, *options: str | Path) -> list[str]:
    """The lines of a lock that uv compiles with these options."""
    command = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", f"--python-version={PYTHON}",
               "--no-header", "--no-annotate", *options]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def lock(uv: str) -> str:
    """The text of the lock file."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        backend, pins, heavy = (Path(folder, file) for file in ("backend.txt", "pins.txt", "heavy.txt"))
        backend.write_text("\n".join(project["build-system"]["requires"]), "utf-8")
        everything = [line for line in resolve(uv, backend, "--all-extras") if not CUDA.match(line)]
        pins.write_text("\n".join(everything), "utf-8")
        models = project["project"]["optional-dependencies"]["models"]
        heavy.write_text("\n".join(re.split(r"[^\w-]", item)[0] for item in models), "utf-8")
        light = [backend, f"--constraint={pins}", f"--excludes={heavy}"]
        needs = {
            "book": resolve(uv, *light),
            "test": resolve(uv, *light, "--extra=test"),
            "lab": resolve(uv, *light, "--extra=lab"),
            "models": everything,
        }
    text, done = HEADER, set()
    for section, lines in needs.items():
        new = {name(line) for line in lines} - done
        text += f"\n# [{section}]\n" + "".join(f"{line}\n" for line in everything if name(line) in new)
        done |= new
    return text


if __name__ == "__main__":
    Path("requirements.txt").write_text(lock(sys.argv[1]), "utf-8")
