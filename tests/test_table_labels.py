"""Every table can be pointed at: its label is known to Sphinx, and one that is missing, foreign or taken is a warning."""

import subprocess
import sys
from pathlib import Path

import pytest

from qantar.book import table_labels

CHAPTER = """\
---
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3}}
---
# Page

See {{ref}}`the toll <tab-page-toll>`, {{ref}}`tab-page-toll`, [the toll again](#tab-page-toll) and {{ref}}`kinds <tab-page-kinds>`.

```{{code-cell}}
import pandas as pd
from qantar.tables import show
show(pd.DataFrame({{"n": [164]}}), "The <b>toll</b>", {option})
```

(tab-page-kinds)=
| a | b |
| - | - |
| 1 | 2 |
"""


def build(folder: Path, **pages: str) -> tuple[Path, str]:
    """Build some pages with the labels alone; the site and what was warned of."""
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "index.md").write_text("# Book\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n", encoding="utf-8")
    (folder / "conf.py").write_text("extensions = ['myst_nb', 'qantar.book.table_labels']\nnb_execution_mode = 'force'\n", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(folder), str(folder / "html")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return folder / "html", "".join(line for line in said.splitlines(keepends=True) if "[IPKernelApp]" not in line)


def test_a_label_is_a_target_of_references_and_the_data_stay_off_the_page(tmp_path):
    site, warned = build(tmp_path, page=CHAPTER.format(option='label="tab-page-toll"'), other="# Other\n\nFrom afar: {ref}`tab-page-toll`, [far](#tab-page-kinds).\n")
    assert not warned
    page, other = (site / "page.html").read_text(), (site / "other.html").read_text()
    assert page.count('href="#tab-page-toll"') == 3 and page.count('id="tab-page-toll"') == 1
    assert '<span class="std std-ref">The &lt;b&gt;toll&lt;/b&gt;</span>' in page
    assert 'href="page.html#tab-page-toll"' in other and 'href="page.html#tab-page-kinds"' in other
    assert 'id="tab-page-kinds"' in page and "n\r\n164" not in page and "n\n164" not in page


@pytest.mark.parametrize(("option", "said"), [
    ("", "a table has no label; tab-page-<what> would be one"),
    ('label="tab-pages-toll"', "the label 'tab-pages-toll' of a table does not begin with tab-page-"),
    ('label="tab-page-kinds"', "the label 'tab-page-kinds' is that of another table too"),
])
def test_a_label_that_will_not_do_is_a_warning_with_its_place(tmp_path, option, said):
    _, warned = build(tmp_path, page=CHAPTER.format(option=option))
    assert said in warned and "page.md:" in warned.split(said)[0].splitlines()[-1]


def test_a_label_of_another_chapter_is_taken():
    assert table_labels.problem("tab-page-toll", "page", taken=True) == "the label 'tab-page-toll' is that of another table too"
    assert table_labels.problem("tab-page-toll", "page", taken=False) == ""
