"""The forms of export: what each is called, and what is in it."""

from __future__ import annotations

NAMES = {
    "annotations": "qantar-annotations.jsonld",
    "package": "qantar-data-package.zip",
    "crate": "qantar-ro-crate.zip",
}
"""The forms, and the name of each one's file on the site; names never change."""

DESCRIPTIONS = {"package": "datapackage.json", "crate": "ro-crate-metadata.json"}
"""The file that describes a form of several files, by which it is known."""


def contents(form: str) -> dict[str, bytes]:
    """The files of an export by their paths; the annotations are one file.

    Raises ``ReportError``, ``DataError`` or ``OSError`` where the data can't be read or break a rule.
    """
    # Each form needs other parts of the package, and the command line none of them before it is told which.
    if form == "annotations":
        from qantar.export import webannotations

        return {NAMES[form]: webannotations.collection(*webannotations.of_book())}
    if form == "package":
        from qantar.export import datapackage

        return datapackage.contents()
    from qantar.export import crate

    return crate.contents()
