"""Words from outside in the files of a new book: a title as Markdown, as YAML and as BibTeX."""

from __future__ import annotations

import json
import re

from qantar.arabic import contains_arabic

_MARKUP = re.compile(r"([\\`*_\[\]<>{}#$|~@%&])")


def heading(text: str) -> str:
    r"""Words as the line of a heading in MyST Markdown: Arabic in its role, else with its markup as plain characters.

    >>> heading("Floods in Tata *2024*"), heading("قتل 18 شخصاً")
    ('{typed}`Floods in Tata *2024*`', '{ar}`قتل 18 شخصاً`')
    """
    line = " ".join(text.replace("`", "’").split())
    if contains_arabic(line) and not re.search("[A-Za-z]", line):
        return f"{{ar}}`{line}`"
    from qantar.book.count_words import numbers  # a number that is typed has its role

    return f"{{typed}}`{line}`" if any(True for _ in numbers(line)) else _MARKUP.sub(r"\\\1", line)


def yaml(text: str) -> str:
    """Words as a scalar of YAML on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def bibtex(text: str) -> str:
    """Words as the value of a field between braces."""
    return re.sub(r"[{}\\]", "", " ".join(text.split())).replace("%", r"\%").replace("&", r"\&").replace("_", r"\_").replace("#", r"\#").replace("$", r"\$")
