"""A published site is compared with a fresh execution: what was changed is found, named, and ends with the right status."""

import json
import re
import shutil
from pathlib import Path

import pytest

from qantar import citation
from qantar.book import differences, digests, downloads, notebook, products, receipt, verify
from qantar.book.pictures import lighter

ROOT = Path(__file__).parents[1]
NAME = "figures"
BEFORE = [["id", "value", "note"], ["F05", "164", "a"], ["F06", "164", ""], ["F07", "212", "c"]]


@pytest.fixture(scope="module")
def fresh() -> verify.Fresh:
    return verify.fresh(ROOT / "chapters" / f"{NAME}.md")


@pytest.fixture(scope="module")
def built(tmp_path_factory, fresh) -> Path:
    """A site of one chapter as the build makes it, from another execution."""
    site, path = tmp_path_factory.mktemp("site"), ROOT / "chapters" / f"{NAME}.md"
    files, _, made = downloads.collect(path.read_text("utf-8"), NAME, notebook.execute(path)[0], digests.parts())
    folder = site / "downloads" / NAME
    for part in (folder, site / "_images", site / "chapters"):
        part.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    page = ""
    for product in made:
        picture = lighter(product.files["svg"].decode()).encode() if product.kind == "figure" else product.files[product.main]
        (site / "_images" / product.file).write_bytes(picture)
        page += product.page or f'<figure id="{product.label}"><img alt="" src="../_images/{product.file}"/></figure>'
    (site / "chapters" / f"{NAME}.html").write_text(page, "utf-8")
    return site


@pytest.fixture
def site(built, tmp_path) -> Path:
    shutil.copytree(built, tmp_path / "site")
    return tmp_path / "site"


def change(path: Path, before: str, after: str) -> None:
    text = path.read_bytes().decode()
    assert before in text
    path.write_bytes(text.replace(before, after, 1).encode())


def said(site: Path, fresh: verify.Fresh) -> tuple[str, bool]:
    lines, same = verify.lines(NAME, site, receipt.load(site / "downloads" / NAME / "receipt.json"), fresh)
    return "\n".join(lines), same


def test_an_untouched_site_is_identical(site, fresh):
    text, same = said(site, fresh)
    assert same and text.startswith(f"{NAME}: identical\n") and "differs" not in text
    assert text.count("  identical  ") == len(fresh.products) + 1 and "identical  printed text" in text


def test_a_cell_that_was_changed_is_named_with_its_row_and_column(site, fresh):
    change(site / "downloads/figures/tab-figures-killed.csv", "C06,2022-01-15,225,225.0", "C06,2022-01-15,225,252.0")
    text, same = said(site, fresh)
    assert not same and text.startswith("figures: differs in 1 of ")
    assert "  differs    tab-figures-killed\n    row 'C06', number: published '252.0', now '225.0'" in text
    assert "the file is not the one of its receipt" in text and "differs    fig" not in text


def test_a_figure_that_was_changed_is_named_with_its_digests_and_its_description(site, fresh):
    path = site / "downloads/figures/fig-figures-killed.svg"
    change(path, "from 44 to 241", "from 44 to 299")
    now = next(product.sha256[:12] for product in fresh.products if product.label == "fig-figures-killed")
    text, same = said(site, fresh)
    assert not same and f"  differs    fig-figures-killed\n    SHA-256 published {digests.of(path.read_bytes())[:12]}, now {now}" in text
    assert "description published: \"Ladder of" in text and "from 44 to 299" in text and "from 44 to 241" in text


def test_a_number_that_was_changed_on_the_page_alone_is_found(site, fresh):
    page = site / "chapters/figures.html"
    table = page.read_text("utf-8").index('id="tab-figures-counted"')
    text = page.read_text("utf-8")
    cell = re.compile(r'<td class="number">(\d+)</td>').search(text, table)
    page.write_text(text[: cell.start(1)] + "99" + text[cell.end(1) :], "utf-8")
    found, same = said(site, fresh)
    assert not same and f"on the page, row 'duration', quantities: published '99', now '{cell[1]}'" in found


def test_a_figure_that_was_exchanged_on_the_page_alone_is_found(site, fresh):
    (site / "_images/fig-figures-killed.svg").write_text("<svg/>")
    found, same = said(site, fresh)
    assert not same and "the page shows _images/fig-figures-killed.svg, which is another" in found


def test_text_that_was_printed_otherwise_is_shown_as_a_diff(site, fresh):
    now = verify.Fresh(fresh.paper, fresh.products, "164\n225\n")
    found, same = said(site, now)
    assert not same and "  differs    printed text\n    --- published\n    +++ now\n" in found and "    +225" in found


def test_what_is_gone_and_what_is_new_are_told(site, fresh):
    fewer = verify.Fresh(fresh.paper, fresh.products[1:], fresh.printed)
    assert f"differs    {fresh.products[0].label}\n    published, and no longer made" in said(site, fewer)[0]
    more = verify.Fresh(fresh.paper, [*fresh.products, products.Product("table", "tab-figures-new", "", {"csv": b""})], fresh.printed)
    assert "differs    tab-figures-new\n    not in the published site" in said(site, more)[0]
    (site / "downloads/figures" / fresh.products[0].file).unlink()
    assert f"{fresh.products[0].file} is not in the published site" in said(site, fresh)[0]


def test_a_source_that_has_changed_is_said_and_does_not_count_as_a_difference(site, fresh):
    paper = receipt.load(site / "downloads/figures/receipt.json")
    paper["inputs"]["chapter"] = "0" * 64
    lines, same = verify.lines(NAME, site, paper, fresh)
    assert same and "its source has changed since: published 000000000000, here " in lines[1]


def test_a_cell_that_fails_is_a_difference_and_says_why(tmp_path):
    path = tmp_path / "broken.md"
    path.write_text("---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n```{code-cell}\n1 / 0\n```\n")
    lines, same = verify.lines("broken", tmp_path, {}, verify.fresh(path))
    assert not same and lines[1] == "  a cell failed: ZeroDivisionError: division by zero"


def test_the_kernels_have_the_settings_of_the_makefile(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    path = tmp_path / "x.md"
    path.write_text("---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n```{code-cell}\n"
                    "import os, pathlib\nprint(os.environ['PYTHONHASHSEED'], os.environ['SOURCE_DATE_EPOCH'], os.environ['MATPLOTLIBRC'], list(pathlib.Path().iterdir()))\n```\n")
    assert verify.fresh(path).printed.startswith(f"0 {receipt.epoch()} /dev/null [")
    assert str(tmp_path) not in verify.fresh(path).printed


def test_from_the_command_line_it_says_what_changed_first_and_ends_with_its_status(site, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert verify.main([str(site), NAME]) == 0
    assert capsys.readouterr().out.startswith(f"executing 1 chapter to compare with {site}\nfigures: identical")
    paper = site / "downloads/figures/receipt.json"
    change(paper, receipt.load(paper)["inputs"]["code"], "0" * 64)
    change(site / "downloads/figures/tab-figures-killed.csv", ",225.0,", ",252.0,")
    assert verify.main([str(site), NAME]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"the code has changed since: published {'0' * 12}, here {digests.parts()['code'][:12]}\n")
    assert "now '225.0'" in out and out.endswith("Something differs.\n")


UNFIT = {
    "no site": (lambda site: shutil.rmtree(site), "is no built site of the book: it has no folder downloads/"),
    "no receipts": (lambda site: (site / "downloads/figures/receipt.json").unlink(), "holds no receipt.json"),
    "no JSON": (lambda site: (site / "downloads/figures/receipt.json").write_text("{"), "no receipt can be read"),
    "something else": (lambda site: (site / "downloads/figures/receipt.json").write_text("[]"), "is no receipt"),
    "another version": (lambda site: change(site / "downloads/figures/receipt.json", f'"version": "{citation.version()}"', '"version": "9.9.9"'), f"is version 9.9.9, this is version {citation.version()}"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_cannot_be_compared_is_said_in_one_line(site, case, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    spoil, expected = UNFIT[case]
    spoil(site)
    assert verify.main([str(site)]) == 2
    shown = capsys.readouterr()
    assert expected in shown.err and shown.err.count("\n") == 1 and not shown.out


def test_a_chapter_that_is_not_there_cannot_be_compared(site, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert verify.main([str(site), "nobody"]) == 2
    assert "there is no chapter 'nobody'. There are: actors," in capsys.readouterr().err


AFTER = {
    "a cell": ([["id", "value", "note"], ["F05", "164", "a"], ["F06", "225", ""], ["F07", "212", "c"]], ["row 'F06', value: published '164', now '225'"]),
    "a row less": (BEFORE[:3], ["row 'F07': only in the published table"]),
    "a row more": ([*BEFORE, ["F08", "9", ""]], ["row 'F08': only in the new table"]),
    "a column": ([row[:2] for row in BEFORE], ["column 'note': only in the published table"]),
    "the order of rows": ([BEFORE[0], *reversed(BEFORE[1:])], ["the same rows, in another order"]),
    "the order of columns": ([row[::-1] for row in BEFORE], ["the same columns, in another order"]),
    "nothing": (BEFORE, []),
    "all": ([], ["the new table is empty"]),
    "direction": ([BEFORE[0], ["F05", "164", "\u202ea"], *BEFORE[2:]], ["row 'F05', note: published 'a', now '\\u202ea'"]),
}


@pytest.mark.parametrize("case", AFTER)
def test_how_rows_differ(case):
    now, expected = AFTER[case]
    assert differences.of_rows(BEFORE, now) == expected


def test_rows_without_a_key_go_by_their_number_and_columns_of_one_name_are_told_apart():
    assert differences.of_rows([["x", "x"], ["a", "b"], ["a", "c"]], [["x", "x"], ["a", "b"], ["a", "d"]]) == ["row 'c': only in the published table", "row 'd': only in the new table"]
    assert differences.of_rows([["x", "x"], ["a", "b"], ["a", "b"]], [["x", "x"], ["a", "b"], ["a", "d"]]) == ["row 2, x (2): published 'b', now 'd'"]


def test_a_file_that_is_no_table_is_said_to_be_none():
    assert differences.of_tables(b"\xff", b"a\r\n") and "is no CSV in UTF-8" in differences.of_tables(b"\xff", b"a\r\n")[0]
    assert differences.of_tables(b"a\nb\n", b"a\r\nb\r\n") == ["the same cells, written differently (ends of lines, quotes)"]


def test_long_lists_are_cut():
    lines = [str(n) for n in range(14)]
    assert differences.limited(lines) == [*lines[:10], "and 4 more"] and differences.limited(lines[:10]) == lines[:10]


def test_receipts_are_read_as_they_were_written(tmp_path):
    made = receipt.make("source", "x", [], None, {"code": "c", "data": "d", "lock": "e"})
    (tmp_path / "receipt.json").write_text(receipt.text(made), "utf-8")
    assert receipt.load(tmp_path / "receipt.json") == made and json.loads(receipt.text(made)) == made
