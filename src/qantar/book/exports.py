"""The book in the forms of others on the site: the files themselves, and the ``export`` role that links to them.

The folder ``exports/`` of the site holds a file for each form, and the data package once more as a folder, so that a program
can read it at its address. Names never change.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from docutils.nodes import Node, system_message
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole
from sphinx.util.osutil import relative_uri

from qantar import citation
from qantar.archive import zip_bytes
from qantar.book.reprint import EPUB, PDF, offer
from qantar.export.files import write_file, write_folder
from qantar.export.forms import DESCRIPTIONS, NAMES, contents
from qantar.export.work import about
from qantar.problems import DataError
from qantar.report import ReportError

FOLDER = "exports"
DATA = f"data/{DESCRIPTIONS['package']}"
TARGETS = NAMES | {"data": DATA, "epub": EPUB, "pdf": PDF}
"""What the role can name, and the file in the folder."""
_SITES = ("html", "dirhtml")


class ExportLink(nodes.inline):
    """A link to an export, made when it is known from which page; in a book without the files, its name."""


class ExportRole(SphinxRole):
    """``{export}`package` `` links to the file of a form; ``data`` names the description of the data as a folder.

    The PDF is there only once it was made (``reprint.offer``).
    """

    def run(self) -> tuple[list[Node], list[system_message]]:
        if self.text not in TARGETS:
            error = self.inliner.reporter.error(f"no export {self.text!r}; there are {', '.join(TARGETS)}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, error)], [error]
        file = TARGETS[self.text]
        return [ExportLink("", "", nodes.literal("", file), file=file)], []


def _link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    page = app.builder.get_target_uri(docname)
    for found in list(doctree.findall(ExportLink)):
        inner = found.children
        if app.builder.name in _SITES and found["file"] == PDF:
            found.replace_self(nodes.raw("", offer.absent(PDF, f"<code>{PDF}</code>"), format="html"))
        elif app.builder.name in _SITES:
            address = relative_uri(page, f"{FOLDER}/{found['file']}")
            found.replace_self(nodes.reference("", "", *inner, refuri=address, internal=True, classes=["download"]))
        else:
            found.replace_self(inner)


def write(folder: Path) -> None:
    """Write every export into a folder. Raises ``ReportError`` or ``DataError``."""
    day = citation.day(about())
    for form, name in NAMES.items():
        files = contents(form)
        write_file(files[name] if name in files else zip_bytes(files, day), folder / name)
        if form == "package":
            write_folder(files, folder / Path(DATA).parent, DESCRIPTIONS[form])


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.name in _SITES:
        try:
            write(Path(app.outdir) / FOLDER)
        except (ReportError, DataError) as fault:
            raise ExtensionError(str(fault)) from fault


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(ExportLink)
    app.add_role("export", ExportRole())
    app.connect("doctree-resolved", _link)
    app.connect("build-finished", _write)
