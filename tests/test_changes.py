"""What changed in a section is told with prose and numbers apart, and nothing is told where nothing changed."""

import json
from pathlib import Path

import pytest

from qantar import anchors
from qantar.anchors import Anchor
from qantar.book.editions import release
from qantar.book.labels import Label
from qantar.changes import Change, cells, compare, report, words
from qantar.cli import main
from qantar.editions import Edition, load
from qantar.paths import data_folder
from qantar.sections import Table, part

SECTION = '<html><body><section id="figures"><h1>Figures</h1><section id="the-dead"><span id="dead"></span><h2>The dead<a class="headerlink">#</a></h2>{}</section><section id="next"><p>Other.</p></section></section></body></html>'


def cut(body: str, label: str = "dead"):
    return part(SECTION.format(body).encode(), label)


def claim(value: str, name: str = "F06") -> str:
    return f'<span class="evidence claim" data-evidence="{name}"><a href="report.html#s08">{value}</a></span>'


def table(rows: list[list[str]], head: str = "id value") -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div id="tab-dead"><table><caption>Tolls</caption><thead><tr>{"".join(f"<th>{h}</th>" for h in head.split())}</tr></thead><tbody>{cells}</tbody></table></div>'


def cited(number: int, title: str = "TASS. Title.") -> str:
    return f'<span class="bibtex-citation" id="id{number}"><sup><a href="r.html#id{number}" title="{title}">{number}</a></sup></span>'


# Two states of a section, and what is told: prose, values, tables, figures.
STATES = {
    "nothing": ("<p>One.</p>", "<p>One.</p>", [], [], {}, []),
    "white space": ("<p>One\ntwo.</p>", "<p> One  two.</p>", [], [], {}, []),
    "a word": ("<p>One toll. Two.</p>", "<p>One count. Two.</p>", ["One [-toll-]{+count+}."], [], {}, []),
    "a sentence more": ("<p>One.</p>", "<p>One. Quite another matter.</p>", ["{+Quite another matter.+}"], [], {}, []),
    "a paragraph less": ("<p>One.</p><p>Quite another matter.</p>", "<p>One.</p>", ["[-Quite another matter.-]"], [], {}, []),
    "the heading of a part": ("<h3>Old name here</h3>", "<h3>New name here</h3>", ["[-Old-]{+New+} name here"], [], {}, []),
    "a value": (f"<p>Of {claim('164')} dead.</p>", f"<p>Of {claim('165')} dead.</p>", [], [Change("F06", "164", "165")], {}, []),
    "a value and a word": (f"<p>All {claim('164')} dead.</p>", f"<p>Some {claim('165')} dead.</p>", ["[-All-]{+Some+} ‹F06› dead."], [Change("F06", "164", "165")], {}, []),
    "another row": (f"<p>Of {claim('164')}.</p>", f"<p>Of {claim('164', 'F07')}.</p>", ["Of [-‹F06›-]{+‹F07›+}."], [Change("F06", "164", None), Change("F07", None, "164")], {}, []),
    "a mention more": (f"<p>{claim('164')} dead.</p>", f"<p>{claim('164')} dead, {claim('164')}.</p>", ["‹F06› dead{+, ‹F06›+}."], [], {}, []),
    "a named result": ('<p>For <span class="evidence value" data-evidence="figures.gap">six</span> days.</p>',
                       '<p>For <span class="evidence value" data-evidence="figures.gap">seven</span> days.</p>', [], [Change("figures.gap", "six", "seven")], {}, []),
    "values without a name": ('<p><span class="evidence claim"><a href="r.html#s08">164</a></span> in <span class="value">six</span> days.</p>',
                              '<p><span class="evidence claim"><a href="r.html#s08">165</a></span> in <span class="value">five</span> days.</p>', [],
                              [Change("claim:s08", "164", "165"), Change("value", "six", "five")], {}, []),
    "numbers of citations": (f"<p>Out{cited(2)}.</p>", f"<p>Out{cited(14)}.</p>", [], [], {}, []),
    "a citation": (f"<p>Out{cited(2)} now.</p>", f"<p>Out{cited(2, 'AFP.')} now.</p>", ["Out[-‹TASS.\xa0Title.›-]{+‹AFP.›+} now."], [], {}, []),
    "a cell": (table([["C01", "164"], ["C02", "5"]]), table([["C01", "165"], ["C02", "5"]]), [], [], {"tab-dead": [Change("C01, value", "164", "165")]}, []),
    "a row more": (table([["C01", "164"]]), table([["C01", "164"], ["C02", "5"]]), [], [], {"tab-dead": [Change("C02", None, "value: 5")]}, []),
    "order of rows": (table([["C01", "164"], ["C02", "5"]]), table([["C02", "5"], ["C01", "164"]]), [], [], {}, []),
    "a table less": (table([["C01", "164"]]) + "<p>One.</p>", "<p>One.</p>", ["[-Tolls-]"], [], {"tab-dead": [Change("C01", "value: 164", None)]}, []),
    "a figure": ('<figure id="fig-dead"><img alt="Ladder of 8 tolls." src="a.svg"></figure>', '<figure id="fig-dead"><img alt="Ladder of 9 tolls." src="b.svg"></figure>',
                 [], [], {}, [Change("fig-dead", "Ladder of 8 tolls.", "Ladder of 9 tolls.")]),
    "the number of a figure": ('<figcaption><span class="caption-number">Fig. 1 </span>It.</figcaption>', '<figcaption><span class="caption-number">Fig. 2 </span>It.</figcaption>', [], [], {}, []),
    "code and controls": ("<p>One.</p>", '<p>One.</p><div class="cell_input">x</div><button>Cite</button><script>x</script><template>t</template><p hidden>h</p>', [], [], {}, []),
    "folds": ("<p>One.</p>", '<details class="fold code"><summary>Code</summary><pre>x</pre></details><details class="fold method" open><summary>Method</summary><p>One.</p></details>', [], [], {}, []),
    "a title at the first citation alone": (f"<p>Out{cited(2)}. In{cited(2)}.</p>", f"<p>Out{cited(2)}. In{cited(2).replace(' title=', ' data-x=')}.</p>", [], [], {}, []),
    "text that is markup": ("<p>a &lt;b&gt; c.</p>", "<p>a &lt;i&gt; c.</p>", ["a [-<b>-]{+<i>+} c."], [], {}, []),
    "a comment": ("<p>One <!-- x --> two.</p>", "<p>One <!-- y --> two.</p>", [], [], {}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", STATES)
def test_two_states_of_a_section(case):
    then, now, prose, values, tables, figures = STATES[case]
    found = compare(cut(then), cut(now))
    assert (found.prose, found.values, found.tables, found.figures) == (prose, values, tables, figures)
    assert bool(found) == any((prose, values, tables, figures))


ROW = '<ul class="coding"><li id="F06"><b>F06</b> <bdi>قتل</bdi> Killed. <small>value: {}; unit: person; as of: 2022</small></li><li id="F07">x</li></ul>'
LEDGER = '<table><thead><tr><th></th><th>value</th></tr></thead><tbody><tr><td><p><span class="target" id="C01"></span>C01</p></td><td>{}</td></tr><tr><td>C02</td><td>9</td></tr></tbody></table>'
ACTORS = '<dl><dt><span class="target" id="actor-x"></span>X</dt><dd><p>{}</p></dd><dt><span id="actor-y"></span>Y</dt><dd>Other</dd></dl>'


def test_a_row_of_the_coding_is_told_by_its_columns():
    found = compare(cut(ROW.format(164), "F06"), cut(ROW.format(165), "F06"))
    assert found.tables == {"F06": [Change("F06, value", "164", "165")]} and not found.prose


def test_a_row_of_a_ledger_is_told_by_its_columns():
    found = compare(cut(LEDGER.format(164), "C01"), cut(LEDGER.format(165), "C01"))
    assert found.tables == {"C01": [Change("C01, value", "164", "165")]}


def test_an_actor_ends_where_the_next_begins():
    made = cut(ACTORS.format("Leads."), "actor-x")
    assert made.prose == ["X", "Leads."]


def test_a_section_is_cut_from_its_chapter():
    assert cut("<p>One.</p>").prose == ["The dead", "One."]
    assert cut("<p>One.</p>", "figures").prose == ["Figures", "The dead", "One.", "Other."]
    assert (cut("").title, cut("", "figures").title) == ("The dead", "Figures")


def test_what_is_not_there_is_no_part():
    assert cut("", "nothing") is None and part(b"", "dead") is None
    assert cut('<p class="tombstone" id="old">Gone.</p>', "old") is None


def test_rows_whose_first_cells_are_alike_are_told_apart_by_more():
    then = Table(("who", "what", "n"), (("A", "x", "1"), ("A", "y", "2")))
    now = Table(("who", "what", "n"), (("A", "x", "1"), ("A", "y", "3")))
    assert list(cells(then, now)) == [Change("A y, n", "2", "3")]


def test_a_column_more_is_told_cell_by_cell():
    assert list(cells(Table(("id",), (("C01",),)), Table(("id", "n"), (("C01", "1"),)))) == [Change("C01, n", None, "1")]


def test_words_keep_their_order_and_spaces():
    assert words("قال الوزير أمس", "قال الرئيس أمس") == "قال [-الوزير-]{+الرئيس+} أمس"
    assert words("a b", "b") == "[-a-] b" and words("", "a") == "{+a+}"


# ------------------------------------------------------------------------------------------------------ the command


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A folder of data with one edition, a site built since, and the command: (status, output, complaints)."""
    data, site = tmp_path / "data", tmp_path / "site"
    (site / "c").mkdir(parents=True)
    data.mkdir()
    (data / "datapackage.json").write_text((data_folder() / "datapackage.json").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("QANTAR_DATA", str(data))
    (site / "index.html").write_text("x")
    write(site, f"<p>All {claim('164')} dead.</p>" + table([["C01", "164"]]))
    labels = [Label(name, "section", "c/x", "") for name in ("figures", "dead", "next", "tab-dead")]
    anchors.save([Anchor(x.id, x.kind, x.page, x.title, "0.1.0") for x in labels])
    release(site, labels, data / "editions", {"version": "0.1.0", "date-released": "2026-11-24", "title": "X"}, "## [0.1.0] - 2026-11-24\n", {})
    return site


def write(site: Path, body: str) -> None:
    (site / "c" / "x.html").write_text(SECTION.format(body), encoding="utf-8")


@pytest.fixture
def changed(book, capsys):
    def run(*arguments: str, site: Path = book) -> tuple[int, str, str]:
        try:
            status = main(["changed", *arguments, "--site", str(site)])
        except SystemExit as exit:
            status = int(exit.code or 0)
        return status, *capsys.readouterr()

    return run


def test_nothing_changed(changed):
    assert changed("dead", "--since", "0.1.0") == (0, "Nothing changed in dead since 0.1.0.\n", "")


def test_what_changed_is_printed_with_prose_and_numbers_apart(changed, book):
    write(book, f"<p>Some {claim('165')} dead.</p>" + table([["C01", "165"], ["C02", "\x1b[2J"]]))
    assert changed("dead", "--since", "0.1.0") == (1, """\
dead (section of c/x), since 0.1.0 of 24 November 2026

Prose
  [-All-]{+Some+} ‹F06› dead.

Values
  F06: 164 → 165

Table: tab-dead
  C01, value: 164 → 165
  C02: {+value: \\x1b[2J+}
""", "")  # fmt: skip
    assert changed("next", "--since", "0.1.0")[0] == 0


def test_a_label_that_is_new_and_one_that_is_gone_are_told(changed, book):
    ledger = anchors.load()
    gone = Anchor("dead", "section", "c/x", "The dead", "0.1.0", "gone", "figures")
    anchors.save([*(a for a in ledger if a.id != "dead"), gone, Anchor("late", "row", "c/x", "", "0.2.0")])
    (book / "c" / "x.html").write_text('<section id="figures"><p id="late">L</p><p class="tombstone" id="dead">It is gone.</p></section>')
    assert changed("late", "--since", "0.1.0")[:2] == (1, "late (row of c/x) is new: edition 0.1.0 does not have it.\n")
    assert changed("dead", "--since", "0.1.0")[:2] == (
        1, "dead (section of c/x) is gone: edition 0.1.0 has it, the built book does not. In its place stands: It is gone.\n",
    )


def test_a_label_that_moved_is_compared_where_it_is_now(changed, book):
    ledger = [a for a in anchors.load() if a.id != "dead"]
    anchors.save([*ledger, Anchor("dead", "section", "c/x", "", "0.1.0", "gone", "dead"), Anchor("dead", "section", "c/y", "", "0.2.0")])
    (book / "c" / "y.html").write_text(SECTION.format("<p>Few.</p>"), encoding="utf-8")
    status, out, _ = changed("dead", "--since", "0.1.0")
    assert status == 1 and out.startswith("dead (section of c/x, moved to c/y), since 0.1.0")


UNTOLD = [
    (("daed", "--since", "0.1.0"), "nothing is labelled 'daed', neither then nor now; did you mean dead?"),
    (("dead", "--since", "0.2.0"), "there is no edition 0.2.0; there is 0.1.0"),
    (("dead",), "the following arguments are required: --since"),
]


@pytest.mark.parametrize(("arguments", "message"), UNTOLD)
def test_what_can_not_be_told_is_one_line(changed, arguments, message):
    status, out, err = changed(*arguments)
    assert (status, out) == (2, "") and message in err and err.count("\n") == 1


def test_a_book_that_is_not_built_and_an_edition_that_was_changed(changed, tmp_path):
    status, _, err = changed("dead", "--since", "0.1.0", site=tmp_path / "nothing")
    assert status == 2 and "has no built book; run `make book`" in err
    file = data_folder() / "editions" / "0.1.0.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    found["files"]["c/x.html"] = "0" * 64
    file.write_text(json.dumps(found), encoding="utf-8")
    status, _, err = changed("dead", "--since", "0.1.0")
    assert status == 2 and "c/x.html is not the file that the manifest names" in err


def test_a_long_report_is_as_wide_as_told(book):
    [edition] = load(data_folder() / "editions")
    changes = compare(cut("<p>" + "word " * 40 + "end.</p>"), cut("<p>" + "word " * 40 + "close.</p>"))
    assert isinstance(edition, Edition) and max(map(len, report("dead", "x", edition, changes, 60).split("\n"))) <= 60


def test_every_label_of_the_built_book_can_be_cut_out(site):
    pages: dict[str, bytes] = {}
    for anchor in anchors.load():
        if anchor.status == "current" and anchor.kind in ("chapter", "section", "figure", "table", "sentence"):
            page = pages.setdefault(anchor.page, (site / f"{anchor.page}.html").read_bytes())
            found = part(page, anchor.id)
            assert found and (found.prose or found.tables or found.figures), anchor
