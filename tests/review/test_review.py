"""What of a draft is checked; the decisions about its rows; the command that asks for them."""

import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys

import pytest
from newbook import new_book

from qantar import cli, values
from qantar.annotations import LAYERS
from qantar.export import files
from qantar.problems import DataError
from qantar.report import ReportError, load_report
from qantar.review import command, ledger, status
from qantar.review import draft as drafts
from qantar.review.terminal import Terminal


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return new_book(tmp_path_factory.mktemp("draft") / "book", "v02")


@pytest.fixture
def book(made, tmp_path, monkeypatch):
    """A draft to work on."""
    folder = shutil.copytree(made, tmp_path / "book")
    monkeypatch.setenv("QANTAR_DATA", str(folder / "data"))
    values.load_book.cache_clear()
    yield folder
    values.load_book.cache_clear()


@pytest.fixture
def draft(book):
    return drafts.open_draft(load_report(), book / "data/coding")


def contents(book):
    return {path.name: path.read_bytes() for path in sorted((book / "data/coding").glob("*.csv"))}


def first(draft, table):
    return next(row for row in drafts.queue(draft) if row[0] == table)


# ------------------------------------------------------------------------------------------------------- the list


def test_this_book_has_nothing_to_review():
    book = values.load_book()
    assert not len(book.review) and not book.unchecked
    assert ledger.progress(book.coding, book.review).iloc[-1]["by hand"] == sum(len(t) for t in book.coding.tables().values())


def test_progress_counts_every_state(draft, book):
    rows = drafts.queue(draft)
    draft = drafts.accept(draft, rows[0])
    draft = drafts.correct(draft, first(draft, "events"), "summary_en", "Something else.")
    draft = drafts.reject(draft, first(draft, "dates"))
    drafts.write(drafts.open_draft(load_report(), book / "data/coding"), draft)
    total = json.loads(status.status(book, "json"))["all"]
    assert (total["accepted"], total["corrected"], total["rejected"]) == (1, 1, 1)
    assert total["unchecked"] == total["read"] - 3 and total["checked"] == pytest.approx(3 / total["read"])


def test_a_row_added_by_hand_counts_as_such(draft, book):
    path = book / "data/coding/dates.csv"
    row = draft.files["dates"].rows[0]
    path.write_bytes(draft.files["dates"].added(dict(row.cells) | {"id": "D99"}).content)
    assert json.loads(status.status(book, "json"))["all"]["by_hand"] == 1


@pytest.mark.parametrize(("change", "fault"), [
    (lambda text: text.replace("events,E01,unchecked", "events,E01,rejected"), "is rejected and still in events.csv"),
    (lambda text: text.replace("events,E01", "events,E98"), "is not in events.csv"),
    (lambda text: text.replace("events,E01,unchecked", "events,E01,seen"), "use one of unchecked, accepted, corrected, rejected"),
])
def test_a_list_that_contradicts_the_coding_does_not_load(book, change, fault):
    path = book / "data/coding/review.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataError, match=fault):
        values.load_book()


# -------------------------------------------------------------------------------------------------- the decisions


def test_the_queue_follows_the_text_with_actors_first(draft):
    rows = drafts.queue(draft)
    assert set(rows) == {(r.cells["table"], r.cells["id"]) for r in draft.files["review"].rows}
    places = [int(draft.cells(row)["sentence"][1:]) for row in rows]
    assert places == sorted(places)
    here = [row[0] for row, place in zip(rows, places, strict=True) if place == 1]
    assert here == sorted(here, key=lambda name: name != "actors")


def test_accepting_changes_one_row_of_the_list(draft, book):
    before = contents(book)
    drafts.write(draft, drafts.accept(draft, ("events", "E01")))
    after = contents(book)
    assert {name for name in after if after[name] != before[name]} == {"review.csv"}
    assert after["review.csv"] == before["review.csv"].replace(b"events,E01,unchecked", b"events,E01,accepted")


def test_correcting_changes_one_row_of_the_table(draft, book):
    before = contents(book)
    drafts.write(draft, drafts.correct(draft, ("events", "E01"), "kind", "meeting"))
    after = contents(book)
    changed = [(a, b) for a, b in zip(before["events.csv"].split(b"\n"), after["events.csv"].split(b"\n"), strict=True) if a != b]
    assert len(changed) == 1 and b"E01" in changed[0][1] and b"meeting" in changed[0][1]
    assert {name for name in after if after[name] != before[name]} == {"review.csv", "events.csv"}
    assert drafts.open_draft(load_report(), book / "data/coding").status(("events", "E01"))["changed"] == "kind"


@pytest.mark.parametrize(("row", "column", "value", "fault"), [
    (("events", "E01"), "kind", "riot", "use one of"),
    (("events", "E01"), "agent", "nobody_such", "is not in actors.id"),
    (("events", "E01"), "quote", "كلمات ليست هنا", "copy the words exactly"),
    (("events", "E01"), "date", "yesterday", "write a date as"),
    (("figures", "F01"), "value", "many", "is not a number"),
    (("figures", "F01"), "unit", "", "needs a value"),
])
def test_a_wrong_correction_is_refused(draft, row, column, value, fault):
    with pytest.raises(DataError, match=fault):
        drafts.correct(draft, row, column, value)


def test_a_correction_is_not_taken_for_accepted(draft):
    made = drafts.accept(drafts.correct(draft, ("events", "E01"), "kind", "meeting"), ("events", "E01"))
    assert made.status(("events", "E01"))["status"] == "corrected"


def test_what_needs_a_rejected_row_goes_with_it_and_the_rest_forgets_it(draft):
    row = ("actors", draft.files["mentions"].rows[0].cells["actor"])
    told = drafts.rejection(draft, row)
    assert {table for table, _ in told.rows} >= {"mentions"}
    made = drafts.reject(draft, row)
    assert not [1 for name in LAYERS for found in made.files[name].rows if row[1] in ";".join(found.cells.values()).split(";")]
    assert all(made.status(gone)["status"] == "rejected" for gone in (row, *told.rows))


def test_rows_that_followed_a_rejected_first_follow_the_next(draft):
    rows = [("events", name) for name in ("E01", "E02", "E03")]
    for row in rows[1:]:
        draft = drafts.correct(draft, row, "same_as", "E01")
    made = drafts.reject(draft, rows[0])
    assert (made.cells(rows[1])["same_as"], made.cells(rows[2])["same_as"]) == ("", "E02")


def test_a_sentence_that_loses_its_last_row_is_listed(draft):
    sentence = draft.report.sentences[-1].id
    while rows := [row for row in drafts.queue(draft) if draft.cells(row)["sentence"] == sentence]:
        draft = drafts.reject(draft, rows[0])
    assert {"sentence": sentence, "reason": drafts.NO_ROW} in [dict(row.cells) for row in draft.files["uncovered"].rows]


def test_whatever_is_decided_the_coding_loads(draft):
    chance = random.Random(7)
    for _ in range(30):
        row = chance.choice(drafts.queue(draft))
        draft = chance.choice([drafts.accept, drafts.reject, drafts.reject])(draft, row)
    coding = drafts.check(draft)  # raises if it does not
    assert len(draft.files["review"].rows) > sum(len(table) for table in coding.tables().values())


@pytest.mark.parametrize("writes", range(4))  # it takes four
def test_a_rejection_cut_off_anywhere_is_carried_through(draft, book, monkeypatch, writes):
    row = ("actors", draft.files["mentions"].rows[0].cells["actor"])
    whole, left = drafts.reject(draft, row), [writes]

    def cut(content, out):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        files.write_file(content, out)

    monkeypatch.setattr(drafts, "write_file", cut)
    with pytest.raises(KeyboardInterrupt):
        drafts.write(draft, whole)
    monkeypatch.setattr(drafts, "write_file", files.write_file)
    again = drafts.open_draft(load_report(), book / "data/coding")
    assert {n: f.content for n, f in again.files.items()} in [{n: f.content for n, f in one.files.items()} for one in (draft, whole)]
    values.load_book()


def test_files_that_somebody_else_changed_are_not_overwritten(draft, book):
    path = book / "data/coding/review.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    before = contents(book)
    with pytest.raises(ReportError, match="was changed by somebody else"):
        drafts.write(draft, drafts.correct(draft, ("events", "E01"), "kind", "meeting"))
    assert contents(book) == before


# --------------------------------------------------------------------------------------------------- the command


def walk(book, answers, table=""):
    """The review with these answers, keys and lines, one after the other; all that it showed, and what it said at the end."""
    queue, said = iter(answers), []

    def next_(prompt):
        said.append(prompt)
        return next(queue, "q")

    return command.review(book, table, Terminal(next_, next_, said.append)), "\n".join(said)


def test_a_walk_accepts_corrects_rejects_skips(book):
    text, said = walk(book, ["s", "c", "kind", "emergency", "a", "s", "r", "y"], "events")
    states = [row.split(",")[1:3] for row in (book / "data/coding/review.csv").read_text(encoding="utf-8").split("\n") if row.startswith("events")]
    assert [state for _, state in states[:4]] == ["unchecked", "corrected", "unchecked", "rejected"]
    assert "unchecked. Go on" in text and "⟦" in said and "E01" in said


def test_the_sentence_is_shown_with_its_words_marked(book, draft):
    _, said = walk(book, [], "events")
    cells = draft.cells(("events", "E01"))
    assert f"⟦{cells['quote']}⟧" in said and "unchecked, read by qantar" in said


def test_a_translation_is_shown_where_there_is_one(book):
    (book / "data/report/translation.csv").write_text("sentence,en\ns01,In English it says so.\n", encoding="utf-8")
    assert "In English it says so." in walk(book, [])[1]


def test_it_goes_on_where_it_was_left(book):
    walk(book, ["a", "a", "a", "q"])
    _, said = walk(book, ["q"])
    total = json.loads(status.status(book, "json"))["all"]
    assert total["accepted"] == 3 and f"1 of {total['unchecked']} " in said


def test_back_and_undo(book):
    before = contents(book)
    _, said = walk(book, ["b", "u", "a", "b", "a", "u", "u", "r", "y", "u", "q"])
    assert "This is the first row." in said and "There is nothing to undo." in said
    assert contents(book) == before


def test_a_rejection_that_takes_others_along_is_asked_for(book):
    before = contents(book)
    _, said = walk(book, ["r", "n", "q"], "actors")
    assert "These rows go with it: M" in said and contents(book) == before


@pytest.mark.parametrize(("answers", "told"), [
    (["c", "kind", "riot"], "use one of"), (["c", "99"], "is no column"), (["c", "id"], "is no column"), (["x"], "means nothing here"), (["?"], "Walk through"),
])
def test_what_can_not_be_is_said_and_changes_nothing(book, answers, told):
    before = contents(book)
    assert told in walk(book, answers, "events")[1] and contents(book) == before


def test_when_all_is_checked_it_says_so(book):
    left = json.loads(status.status(book, "json"))["all"]["unchecked"]
    text, _ = walk(book, ["a"] * left)
    assert text == f"All {left} rows that the machine wrote are checked." == walk(book, [])[0]


def test_it_takes_its_answers_from_a_pipe(book, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\nc\nkind\n\ns\n"))  # and then nothing more
    assert cli.main(["review", str(book)]) == 0
    assert "rows that the machine wrote are unchecked" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "fault"), [
    (["review", "{here}"], "has no datapackage.json"), (["coding", "status", "{here}"], "has no datapackage.json"), (["review", "{book}", "--table", "verbs"], "invalid choice"),
])
def test_a_fault_is_one_line(book, tmp_path, capsys, arguments, fault):
    try:
        status = cli.main([part.format(here=tmp_path, book=book) for part in arguments])
    except SystemExit as error:
        status = error.code
    told = capsys.readouterr().err
    assert status == 2 and fault in told and told.count("\n") == 1


def test_a_hand_coding_has_no_draft(book, capsys):
    (book / "data/coding/review.csv").unlink()
    package = book / "data/datapackage.json"
    described = json.loads(package.read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["name"] != "review"]
    package.write_text(json.dumps(described), encoding="utf-8")
    assert cli.main(["review", str(book)]) == 2 and "no draft to review" in capsys.readouterr().err
    assert cli.main(["coding", "status", str(book)]) == 0 and "No row of this coding" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind is not there")
def test_in_a_terminal_a_key_is_enough(book):
    import pexpect

    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    child = pexpect.spawn(
        sys.executable, ["-m", "qantar", "review", str(book)], env=environment, encoding="utf-8", timeout=180, dimensions=(40, 100),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored by all that a shell runs behind it
    )  # fmt: skip
    child.expect("1 of ")
    child.expect("help")
    assert "\x1b[1m⟦" in child.before  # marked by weight too
    child.send("\x1b[B")  # an arrow is no answer
    child.send("a")
    child.expect("2 of ")
    child.expect("help")
    child.send("c")
    child.expect("number or name")
    child.sendline("name_en")
    child.expect("nothing leaves it")
    child.sendline("Another name")
    child.expect("corrected, read by")
    child.expect("help")
    child.sendcontrol("c")
    child.expect("are unchecked")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    total = json.loads(status.status(book, "json"))["all"]
    assert (total["accepted"], total["corrected"]) == (1, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind is not there")
def test_what_is_typed_ahead_answers_what_is_asked_and_decides_nothing(book):
    import pexpect

    before = (book / "data/coding/review.csv").read_bytes()
    child = pexpect.spawn(sys.executable, ["-m", "qantar", "review", str(book)], env=os.environ | {"TERM": "dumb"}, encoding="utf-8", timeout=180)
    child.expect("help")
    child.send("cname_en\n\n")  # the column, and then nothing
    child.expect("nothing leaves it")
    child.expect("help")
    child.send("q")
    child.expect("are unchecked")
    child.close()
    assert (book / "data/coding/review.csv").read_bytes() == before


def test_a_fault_between_tables_names_the_file_of_the_book(book, capsys):
    path = book / "data/coding/events.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows[1][rows[0].index("agent")] = "nobody_at_all"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    assert cli.main(["review", str(book)]) == 2
    assert f"{path}:2:agent:" in capsys.readouterr().err


def test_looking_writes_nothing(book):
    (book / "data/coding/uncovered.csv").unlink(missing_ok=True)
    coded = {path.name: path.read_bytes() for path in (book / "data/coding").iterdir()}
    walk(book, ["q"])
    assert {path.name: path.read_bytes() for path in (book / "data/coding").iterdir()} == coded


def test_the_command_knows_the_layers(book):
    assert command.TABLES == LAYERS


def test_killed_between_two_keys_nothing_is_lost(book):
    child = subprocess.Popen([sys.executable, "-m", "qantar", "review", str(book)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    child.stdin.write("a\na\n")
    child.stdin.flush()
    for line in child.stdout:
        if "3 of " in line:
            break
    child.kill()
    child.wait()
    assert json.loads(status.status(book, "json"))["all"]["accepted"] == 2
