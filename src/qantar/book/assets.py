"""What a page loads: one style sheet, one script, the faces. Nothing of the theme's, and nothing from elsewhere.

The sheet and the script are the files of ``static/`` one after the other. The faces come from packages and are cut to
the letters needed. The page itself is ``templates/layout.html``, which stands in the place of the theme's own; so an
update of the theme can change neither what a page looks like nor what it weighs.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from qantar.book import digests
from qantar.paths import data_folder

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"

# Letters, marks and digits of Arabic as news are printed, the four letters of foreign names, and what stands beside them,
# acronyms in Latin capitals too.
ARABIC = "U+0020-0060,U+007B-007E,U+00AB,U+00BB,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-066C,U+0670,U+067E,U+0686,U+06A4,U+06AF,U+200C-200F,U+2010-2026"

# What joins and stacks letters and marks, without the alternates that a text must ask for.
FEATURES = "init medi fina isol rlig liga calt ccmp locl mark mkmk curs kern".split()

# file on the site: (package, file in it, Unicode ranges kept)
FONTS = {
    "amiri-regular.woff2": ("fontpkg_amiri", "Amiri-Regular.ttf", ARABIC),
}

# The choice of light or dark must be known before anything is drawn. It is the one script that stands in the page.
MODE = (
    'try{const mode=localStorage.getItem("mode");if(mode==="light"||mode==="dark")'
    "document.documentElement.dataset.theme=mode}catch{}"
)

# What Sphinx and the extensions put into _static and no page of this layout loads.
UNUSED = ("scripts", "styles", "vendor", "locales", "webpack-macros.html", "*.svg", "*.png", "*.map")


def subset(source: Path, target: Path, ranges: str) -> None:
    """Write the font cut to some Unicode ranges, with its shaping kept, as WOFF 2; the same bytes every time."""
    from fontTools import subset as cutter

    options = cutter.Options(flavor="woff2", layout_features=FEATURES, hinting=False, notdef_outline=True, recalc_timestamp=False)
    font = cutter.load_font(str(source), options)
    chosen = cutter.Subsetter(options)
    chosen.populate(unicodes=cutter.parse_unicodes(ranges))
    chosen.subset(font)
    cutter.save_font(font, str(target), options)


def bundle(kind: str) -> str:
    """All files of ``static/`` of one kind (``css``, ``js``) as one text, ``site`` first, which the others build on."""
    files = sorted(STATIC.glob(f"*.{kind}"), key=lambda path: (path.stem != "site", path.name))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def policy(search: bool = False) -> str:
    """The Content Security Policy of a page: itself and its own files, and no script but the book's.

    The page of the search runs Pagefind, which is compiled.
    """
    known = base64.b64encode(hashlib.sha256(MODE.encode()).digest()).decode()
    compiled = " 'wasm-unsafe-eval'" if search else ""
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{known}'{compiled}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; worker-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
    )


def _describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    context |= {"qantar_policy": policy(page == "search"), "qantar_mode": MODE, "qantar_assets": app.config["qantar_assets"]}


def _write(app: Sphinx) -> None:
    """Put sheet, script and faces into the site and take out what no page loads.

    Cutting a face takes seconds, so what was cut is kept beside the site for the next build.
    """
    if app.builder.format != "html":
        return
    (Path(app.outdir) / ".buildinfo").unlink(missing_ok=True)  # for builds upon a build; it differs from place to place
    static = Path(app.outdir) / "_static"
    for pattern in UNUSED:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in static.iterdir():
        if path.suffix in (".css", ".js"):
            path.unlink()
    for kind in ("css", "js"):
        (static / f"book.{kind}").write_text(bundle(kind), encoding="utf-8")
    lock = data_folder().parent / digests.LOCK  # names the versions of the packages
    key = hashlib.sha256(repr((FONTS, FEATURES)).encode() + (lock.read_bytes() if lock.exists() else b"")).hexdigest()[:16]
    kept, folder = Path(app.outdir).parent / ".fonts" / key, static / "fonts"
    for made in (kept, folder):
        made.mkdir(parents=True, exist_ok=True)
    for name, (package, file, ranges) in FONTS.items():
        if not (kept / name).exists():
            subset(Path(str(resources.files(package))) / "files" / file, kept / name, ranges)
        shutil.copy(kept / name, folder / name)


def _take_the_place(app: Sphinx, config: Config) -> None:
    """Let this layout stand before the theme's, and the pages change with what they load."""
    config["templates_path"] = [str(TEMPLATES), *config["templates_path"]]
    config["qantar_assets"] = hashlib.sha256((bundle("css") + bundle("js")).encode()).hexdigest()[:8]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value("qantar_assets", "", "html", str)
    app.connect("config-inited", _take_the_place)
    app.connect("html-page-context", _describe)
    app.connect("build-finished", lambda app, error: None if error else _write(app))
