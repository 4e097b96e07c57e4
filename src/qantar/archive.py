"""Files in one archive, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zip_bytes(files: Mapping[str, bytes], day: str, first: str = "") -> bytes:
    """A ZIP archive of the files in the order of their paths, all dated to one day (ISO 8601).

    The file ``first``, if any, comes before all others and is not compressed, as EPUB has it for its type.
    """
    year, month, date = (int(part) for part in day.split("-"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in sorted(files.items(), key=lambda file: (file[0] != first, file[0])):
            entry = zipfile.ZipInfo(path, (year, month, date, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as on Unix, wherever it is made
            entry.compress_type = zipfile.ZIP_STORED if path == first else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()
