"""The style sheet and the typefaces of the site; the faces come from packages and are cut to the letters needed."""

from __future__ import annotations

import hashlib
import shutil
from importlib import resources
from pathlib import Path

from sphinx.application import Sphinx

from qantar.book import digests
from qantar.paths import data_folder

STATIC = Path(__file__).parent / "static"

# Letters, marks and digits of Arabic as news are printed, the four letters of foreign names, and what stands beside them.
ARABIC = "U+0020-007E,U+00AB,U+00BB,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-066C,U+0670,U+067E,U+0686,U+06A4,U+06AF,U+200C-200F,U+2010-2026"

# file on the site: (package, file in it, Unicode ranges kept)
FONTS = {
    "amiri-regular.woff": ("fontpkg_amiri", "Amiri-Regular.ttf", ARABIC),
    "amiri-bold.woff": ("fontpkg_amiri", "Amiri-Bold.ttf", ARABIC),
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
    lock = data_folder().parent / digests.LOCK  # names the versions of the packages
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
