"""Qantar: one Arabic news report, read closely, and the code that reads it.

Names are loaded when first used, so that importing the package costs nothing.
"""

import importlib

__version__ = "0.3.0"

_HOME = {
    "Report": "report",
    "load_report": "report",
    "Annotations": "annotations",
    "load_coding": "annotations",
    "read": "reading.annotate",
    "Record": "record",
    "load_record": "record",
}
__all__ = [*_HOME, "__version__"]


def __getattr__(name: str):
    if name in _HOME:
        return getattr(importlib.import_module(f"qantar.{_HOME[name]}"), name)
    raise AttributeError(f"module 'qantar' has no attribute {name!r}")
