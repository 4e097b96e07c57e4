"""The command: what it prints, what it says when it can't, and that it starts at once and stays small."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import qantar
from qantar import morphology
from qantar.cli import main
from qantar.reading import LAYERS
from qantar.report import load_report

REPORT = Path(__file__).parents[1] / "data" / "report" / "report.txt"
TEXT = "قالت وزارة الداخلية الكازاخية أمس إن 164 شخصاً قُتلوا."


@pytest.fixture
def qantar_command(capsys, monkeypatch):
    """Runs the command in this process: (status, output, complaints)."""

    def run(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as exit:
            status = int(exit.code or 0)
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def process(*arguments: object, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "qantar", *map(str, arguments)], capture_output=True, check=False, **options
    )


# ------------------------------------------------------------------------------------------------------ formats


def test_json_of_the_report(qantar_command):
    status, out, err = qantar_command("read", REPORT)
    found, report = json.loads(out), load_report()
    assert (status, err) == (0, "")
    assert list(found) == ["report", "reader", *LAYERS]
    assert found["report"] == {"sha256": report.sha256, "published": "2022-01-09", "characters": len(report.text)}
    assert found["reader"] == {"version": qantar.__version__, "morphology": None, "ner": None}
    assert all(report.text[row["start"] : row["end"]] == row["text"] for layer in LAYERS for row in found[layer])
    assert any((row["value"], row["unit"]) == (5135, "person") for row in found["quantities"])


def test_standard_input(qantar_command):
    _, by_name, _ = qantar_command("read", REPORT)
    for files in ([], ["-"]):
        status, out, _ = qantar_command("read", *files, "--published", "2022-01-09", stdin=REPORT.read_bytes())
        assert (status, out) == (0, by_name)


def test_one_layer(qantar_command):
    _, out, _ = qantar_command("read", REPORT, "--layer", "dates")
    assert list(json.loads(out)) == ["report", "reader", "dates"]


def test_jsonl_is_a_report_a_line(qantar_command, text):
    status, out, _ = qantar_command("read", REPORT, text, REPORT, "--published", "2022-01-05", "--format", "jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [report["report"]["path"] for report in found] == [str(REPORT), str(text), str(REPORT)]
    assert {report["report"]["published"] for report in found} == {"2022-01-05"}
    assert found[0] == found[2] and found[1]["dates"][0]["value"] == "2022-01-04"
    assert out == qantar_command("read", REPORT, text, REPORT, "--published", "2022-01-05")[1], (
        "the default for several files"
    )


def test_csv(qantar_command, tmp_path):
    _, out, _ = qantar_command("read", REPORT, "--format", "csv")
    quantities = list(csv.DictReader(io.StringIO(out)))
    assert quantities == list(
        csv.DictReader(io.StringIO(qantar_command("read", REPORT, "--format", "csv", "--layer", "quantities")[1]))
    )
    assert {"164", "5135"} <= {row["value"] for row in quantities}
    status, out, _ = qantar_command("read", REPORT, "--out", tmp_path / "tables")
    assert (status, out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == sorted(f"{layer}.csv" for layer in LAYERS)
    with (tmp_path / "tables/quantities.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == quantities


def test_csv_of_several_files_says_which(qantar_command, text):
    _, out, _ = qantar_command("read", text, REPORT, "--published", "2022-01-09", "--format", "csv", "--layer", "dates")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[0]["path"] == str(text) and {row["path"] for row in rows[1:]} == {str(REPORT)}


def test_table(qantar_command):
    status, out, _ = qantar_command("read", REPORT, "--format", "table")
    sentences = load_report().sentences
    blocks = out.split("\n\n")[1:-1]
    assert status == 0 and len(blocks) == len(sentences)
    assert all(block.startswith(f"{s.id}  {s.text}") for block, s in zip(blocks, sentences, strict=True))


def test_sentences_have_the_numbers_of_the_report(qantar_command, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("قال الوزير نعم. " * 120, encoding="utf-8")
    _, out, _ = qantar_command("read", path, "--published", "2022-01-09", "--format", "table")
    assert "\ns001  " in out and "\ns120  " in out


def test_the_country_decides_who_is_abroad(qantar_command, tmp_path):
    path = tmp_path / "r.txt"
    path.write_text("أعربت فرنسا عن قلقها.", encoding="utf-8")
    read = ("read", path, "--published", "2022-01-09", "--layer", "reactions", "--country")
    assert json.loads(qantar_command(*read, "KZ")[1])["reactions"]
    assert not json.loads(qantar_command(*read, "fr")[1])["reactions"]


def test_a_report_that_dates_itself(qantar_command, tmp_path):
    path = tmp_path / "r.txt"
    path.write_text("القاهرة - 9 يناير 2022\nقال الوزير أمس إن 5 قتلى سقطوا.", encoding="utf-8")
    status, out, err = qantar_command("read", path)
    assert status == 0 and json.loads(out)["report"]["published"] == "2022-01-09"
    told = f"qantar: {path}: taken as published on 2022-01-09, for “9 يناير 2022” in its opening"
    assert err == f"{told}; --published sets another day\n"
    assert (
        json.loads(qantar_command("read", path, "--published", "2022-02-01")[1])["report"]["published"] == "2022-02-01"
    )
    path.with_suffix(".yml").write_text("published: 2021-12-31")
    assert json.loads(qantar_command("read", path)[1])["report"]["published"] == "2021-12-31"


# ---------------------------------------------------------------------------------------------------- complaints


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["{text}"], "{text}: the report does not say when it was published; give --published YYYY-MM-DD"),
        (
            ["{text}", "--published", "09.01.2022"],
            "--published: '09.01.2022' is not a day; write it as YYYY-MM-DD, such as 2022-01-09",
        ),
        (["{text}", "--published", "2022-02-30"], "--published: '2022-02-30' is not a day"),
        (["{text}", "--published", "0001-01-01"], "--published: 0001-01-01 is not a day between 1800 and 2199"),
        (["{text}", "--country", "XX"], "--country: 'XX' is no state; give the two letters of ISO 3166-1, such as KZ"),
        (["none.txt"], "none.txt: there is no such file"),
        (["{folder}"], "{folder}: is a directory"),
        (["-"], "standard input: the file is empty"),
        (
            ["{text}", "{text}", "--format", "json"],
            "--format json is one object for one report; for several files take --format jsonl",
        ),
        (["{text}", "--out", "x", "--format", "json"], "--out writes CSV files; --format json goes to standard output"),
        (["{text}", "--published", "2022-01-09", "--out", "{text}"], "{text}: file exists"),
        (["{text}", "--format", "xml"], "invalid choice"),
        (["{text}", "--layer", "people"], "invalid choice"),
        (["{text}", "--publish", "2022-01-09"], "unrecognized arguments: --publish"),
    ],
)
def test_a_complaint_is_one_line(qantar_command, text, arguments, complaint):
    places = {"text": str(text), "folder": str(text.parent)}
    status, out, err = qantar_command("read", *(argument.format(**places) for argument in arguments))
    assert (status, out) == (2, "")
    assert err.startswith("qantar") and err.count("\n") == 1 and complaint.format(**places) in err


def test_text_that_is_no_report(qantar_command):
    for raw, complaint in [
        (b"\xd8", "byte 1 is not UTF-8"),
        (("قال " * 9).encode("cp1256"), "looks like Windows-1256"),
        (b"Latin", "no Arabic letter"),
        (b" \n", "is empty"),
    ]:
        status, out, err = qantar_command("read", "--published", "2022-01-09", stdin=raw)
        assert (status, out) == (2, "") and complaint in err and err.count("\n") == 1


def test_a_bad_file_among_several_does_not_stop_the_others(qantar_command, text, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff")
    for form in ("jsonl", "csv", "table"):
        status, out, err = qantar_command(
            "read", bad, text, tmp_path / "none.txt", "--published", "2022-01-09", "--format", form
        )
        assert (
            status == 1 and out.count("164") and err.count("\n") == 2 and "bad.txt: byte 1" in err and "none.txt" in err
        )
    status, out, err = qantar_command("read", bad, bad)
    assert (status, out) == (2, "") and err.endswith("qantar: none of these files could be read\n")


def test_tables_of_before_stay_when_nothing_can_be_read(qantar_command, tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/dates.csv").write_text("before")
    assert qantar_command("read", tmp_path / "none.txt", "--out", tmp_path / "tables")[0] == 2
    assert [path.name for path in (tmp_path / "tables").iterdir()] == ["dates.csv"]
    assert (tmp_path / "tables/dates.csv").read_text() == "before"


def test_a_fault_of_the_reader_names_the_sentence(qantar_command, text, monkeypatch):
    def fail(*_):
        raise KeyError("x")

    monkeypatch.setattr(qantar.reading.events, "find", fail)
    status, out, err = qantar_command("read", text, "--published", "2022-01-09")
    assert (status, out) == (2, "") and err.startswith(
        f"qantar: {text}: the reader failed after the beginning (KeyError: 'x')"
    )


def test_what_a_file_is_called_can_not_move_the_terminal(qantar_command):
    _, _, err = qantar_command("read", "\x1b[2J\u202e\n.txt")
    assert err == "qantar: \\x1b[2J\\u202e .txt: there is no such file\n"


# --------------------------------------------------------------------------------------------------- morphology


def test_morphology_says_what_there_is(qantar_command, monkeypatch, tmp_path):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    assert qantar_command("morphology") == (0, morphology.describe() + "\n", "")
    status, out, err = qantar_command("morphology", "--database", tmp_path / "none")
    assert (status, out) == (2, "") and err.count("\n") == 1
    status, out, err = qantar_command("read", REPORT, "--ner")
    assert (status, out) == (2, "") and "qantar morphology --install ner-arabert" in err and err.count("\n") == 1


def test_morphology_installs(qantar_command, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(morphology, "install", asked.append)
    assert (
        qantar_command("morphology", "--install")[0] == qantar_command("morphology", "--install", "ner-arabert")[0] == 0
    )
    assert asked == [morphology.DATABASE_PACKAGE, "ner-arabert"]


# -------------------------------------------------------------------------------------------- as a process


def test_help_and_version(qantar_command):
    assert qantar_command("--version") == (0, f"qantar {qantar.__version__}\n", "")
    status, out, _ = qantar_command("--help")
    assert status == 0 and "read" in out and "morphology" in out
    status, out, _ = qantar_command("read", "--help")
    assert status == 0 and "--published" in out and "qantar read data/report/report.txt" in out
    status, out, err = qantar_command()
    assert (status, out) == (2, "") and err.count("\n") == 1


def test_the_installed_command():
    command = Path(sys.executable).with_name("qantar")
    done = subprocess.run([command, "--version"], capture_output=True, check=True, text=True)
    assert done.stdout == f"qantar {qantar.__version__}\n"


def test_arabic_whatever_the_locale():
    environment = os.environ | {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    done = process("read", REPORT, env=environment)
    assert done.returncode == 0 and "توكاييف" in done.stdout.decode()


def test_a_pipe_that_closes_early_is_no_error(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "qantar", "read", *[str(REPORT)] * 30], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_nothing_heavy_is_loaded():
    code = "import sys, qantar.cli as c; c.main(['read', sys.argv[1]]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, REPORT], capture_output=True, check=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert not loaded & {
        "pandas",
        "numpy",
        "torch",
        "transformers",
        "matplotlib",
        "sphinx",
        "babel",
        "camel_tools",
        "dateparser",
        "pandera",
    }


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process's memory is read from /proc")
@pytest.mark.parametrize("piece", ["ب", "كلمات بلا نقطة ", "قال الوزير نعم. ", "«ب"])
def test_megabytes_without_a_line_end(tmp_path, piece):
    size = 10_000_000 if piece == "ب" else 300_000
    path = tmp_path / "long.txt"
    path.write_text(piece * (size // len(piece.encode())), encoding="utf-8")
    code = (
        "import re, sys, qantar.cli as c; status = c.main(sys.argv[1:]); "
        "print(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr); sys.exit(status)"
    )
    command = [sys.executable, "-c", code, "read", path, "--published", "2022-01-09", "--layer", "dates"]
    done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=120)
    assert int(done.stderr) < 150_000, "kilobytes"
    assert json.loads(done.stdout)["report"]["characters"] == len(piece) * (size // len(piece.encode()))
