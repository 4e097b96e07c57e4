"""The style sheet and the typefaces of the site; the faces come from packages and are cut to the letters needed."""

from __future__ import annotations

import hashlib
import shutil
from importlib import resources
from pathlib import Path

from sphinx.application import Sphinx

from qantar.book import cache
from qantar.paths import data_folder

STATIC = Path(__file__).parent / "static"

# file on the site: (package, file in it, Unicode ranges kept)
FONTS = {
    "amiri-regular.woff": ("fontpkg_amiri", "Amiri-Regular.ttf", "U+0020-007E,U+00A0-00BB,U+0600-06FF,U+200C-200F,U+2010-2026"),
    "amiri-bold.woff": ("fontpkg_amiri", "Amiri-Bold.ttf", "U+0020-007E,U+00A0-00BB,U+0600-06FF,U+200C-200F,U+2010-2026"),
}


def subset(source: Path, target: Path, ranges: str) -> None:
    """Write the font cut to some Unicode ranges, with its shaping kept, as WOFF; the same bytes every time."""
    from fontTools import subset as cutter

    options = cutter.Options(flavor="woff", layout_features=["*"], notdef_outline=True, recalc_timestamp=False)
    font = cutter.load_font(str(source), options)
    chosen = cutter.Subsetter(options)
    chosen.populate(unicodes=cutter.parse_unicodes(ranges))
    chosen.subset(font)
    cutter.save_font(font, str(target), options)


def _write_fonts(app: Sphinx) -> None:
    """Put the fonts into the site; cutting takes seconds, so what was cut is kept beside it for the next build."""
    if app.builder.format != "html":
        return
    lock = data_folder().parent / cache.LOCK  # names the versions of the packages
    key = hashlib.sha256(repr(FONTS).encode() + (lock.read_bytes() if lock.exists() else b"")).hexdigest()[:16]
    kept, folder = Path(app.outdir).parent / ".fonts" / key, Path(app.outdir) / "_static" / "fonts"
    kept.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, (package, file, ranges) in FONTS.items():
        if not (kept / name).exists():
            subset(Path(str(resources.files(package))) / "files" / file, kept / name, ranges)
        shutil.copy(kept / name, folder / name)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(STATIC)), priority=100)
    app.connect("build-finished", lambda app, error: None if error else _write_fonts(app))
    app.add_css_file("qantar.css")
