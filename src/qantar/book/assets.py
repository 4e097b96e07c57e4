"""What a page loads: one style sheet, one script, the faces. Nothing of the theme's, and nothing from elsewhere.

The sheet and the script are the files of ``static/`` one after the other. The faces come from packages and are cut to
the letters needed. The page itself is ``templates/layout.html``, which stands in the place of the theme's own; so an
update of the theme can change neither what a page looks like nor what it weighs.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import io
import re
import shutil
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from qantar.book.kept import kept
from qantar.phrasing import mark_arabic

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"

# Letters, marks and digits of Arabic as news are printed, the four letters of foreign names, and what stands beside them.
# Acronyms in Latin capitals are set in the Latin face.
ARABIC = "U+0020-0040,U+005B-005D,U+00AB,U+00BB,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-066C,U+0670,U+067E,U+0686,U+06A4,U+06AF,U+200C-200F,U+2010-2014,U+2018-201D,U+2026"
# English, the small letters of European names, transliterated Arabic, and signs. What else a name has comes from the
# reader's own fonts.
LATIN = "U+0020-007E,U+00A0,U+00AB,U+00B7,U+00BB,U+00D7,U+00DF-00FF,U+0100-0101,U+011F,U+012A-012B,U+0131,U+016A-016B,U+02BE-02BF,U+1E0C-1E0D,U+1E24-1E25,U+1E62-1E63,U+1E6C-1E6D,U+1E92-1E93,U+2013-2014,U+2018-2019,U+201C-201D,U+2026,U+2192,U+2264-2265"
# Russian and Kazakh.
CYRILLIC = "U+0401,U+0406,U+0410-044F,U+0451,U+0456,U+0492-0493,U+049A-049B,U+04A2-04A3,U+04AE-04B1,U+04BA-04BB,U+04D8-04D9,U+04E8-04E9"

# What joins and stacks letters and marks, without the alternates that a text must ask for.
FEATURES = "init medi fina isol rlig liga calt ccmp locl mark mkmk curs kern".split()


class Face(NamedTuple):
    """A face that the site ships: where it comes from, which letters are kept, and the place on its axes if it has some."""

    package: str
    file: str
    ranges: str
    axes: dict[str, float] = {}


_TEXT = {"opsz": 14, "wght": 400}  # the optical size of running text
FONTS = {
    "amiri-regular.woff2": Face("fontpkg_amiri", "Amiri-Regular.ttf", ARABIC),
    "serif-regular.woff2": Face("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", LATIN, _TEXT),
    "serif-italic.woff2": Face("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf", LATIN, _TEXT),
    "serif-cyrillic.woff2": Face("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", CYRILLIC, _TEXT),
}

# The choices of light or dark and of the way of reading must be known before anything is drawn, and the faces of every page
# are asked for before the style sheet is read: not from a disk, where browsers refuse that. It is the one script that
# stands in the page.
EARLY = ("serif-regular.woff2", "amiri-regular.woff2")
MODE = (
    'const page=document.documentElement,root=page.dataset;root.reading="method";try{const{mode,reading}=localStorage;'
    'if(mode==="light"||mode==="dark")root.theme=mode;if(reading==="story"||reading==="code")root.reading=reading}catch{}'
    'if(location.protocol!=="file:")for(const face of' + repr(list(EARLY)).replace(" ", "") + "){"
    'const link=document.createElement("link");Object.assign(link,{rel:"preload",as:"font",type:"font/woff2",crossOrigin:"",'
    'href:page.getAttribute("data-content_root")+"_static/fonts/"+face});document.head.append(link)}'
)

_CURRENT = re.compile(r'(<li class="toctree-l1 current">.*?)(</li>)', re.DOTALL)

# What Sphinx and the extensions put into _static and no page of this layout loads.
UNUSED = ("scripts", "styles", "vendor", "locales", "images", "*.html", "*.svg", "*.png", "*.map")


def subset(face: Face) -> bytes:
    """The face cut to its Unicode ranges, with its shaping kept, as WOFF 2; the same bytes every time."""
    from fontTools import subset as cutter
    from fontTools.varLib import instancer

    options = cutter.Options(flavor="woff2", layout_features=FEATURES, hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += ["meta"]  # which cutting would drop anyway, and say so
    font = cutter.load_font(str(resources.files(face.package) / "files" / face.file), options)
    chosen = cutter.Subsetter(options)
    chosen.populate(unicodes=cutter.parse_unicodes(face.ranges))
    chosen.subset(font)
    if face.axes:
        instancer.instantiateVariableFont(font, face.axes, inplace=True)
    made = io.BytesIO()
    cutter.save_font(font, made, options)
    return made.getvalue()


def bundle(kind: str) -> str:
    """All files of ``static/`` of one kind (``css``, ``js``) as one text, ``site`` first, which the others build on."""
    files = sorted(STATIC.glob(f"*.{kind}"), key=lambda path: (path.stem != "site", path.name))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def hashed(script: str) -> str:
    """What a policy calls a script that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(search: bool = False) -> str:
    """The Content Security Policy of a page: itself and its own files, and no script but the book's.

    The page of the search runs Pagefind, which is compiled.
    """
    compiled = " 'wasm-unsafe-eval'" if search else ""
    return (
        f"default-src 'none'; script-src 'self' {hashed(MODE)}{compiled}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; worker-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
    )


def sections(toc: str) -> str:
    """The list of the sections of a page out of Sphinx' ``toc``, without the page itself; empty if it has none."""
    start, end = toc.find("<ul", 1), toc.rfind("</ul>", 0, toc.rfind("</ul>"))
    return toc[start : end + len("</ul>")] if 0 < start < end else ""


def contents(chapters: str, here: str) -> str:
    """The list of chapters, with that of the sections inside the entry of the page shown."""
    chapters = chapters.replace('<a class="current reference internal" href="#"', '<a class="current reference internal" aria-current="page" href="#"')
    return _CURRENT.sub(lambda entry: entry[1] + here + entry[2], chapters, count=1)


def _describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    here = sections(context.get("toc") or "")
    context |= {
        "qantar_policy": policy(page == "search"), "qantar_mode": MODE, "qantar_assets": app.config["qantar_assets"],
        "qantar_title": mark_arabic(context.get("docstitle", "")),
        "qantar_here": here, "qantar_contents": lambda chapters: contents(chapters or "", here),
    }


def _write(app: Sphinx) -> None:
    """Put sheet, script and faces into the site and take out what no page loads."""
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
    folder = static / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, face in FONTS.items():
        (folder / name).write_bytes(kept(Path(app.outdir), "fonts", (face, FEATURES), functools.partial(subset, face)))
    for package in {face.package for face in FONTS.values()}:
        shutil.copy(str(resources.files(package) / "LICENSE"), folder / f"{package.removeprefix('fontpkg_')}-licence.txt")


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
