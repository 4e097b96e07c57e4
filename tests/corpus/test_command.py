"""The command `qantar corpus`: what it says, where, and how it ends."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from qantar.corpus import command as corpus_command
from qantar.cli import main
from qantar.corpus import engine, layout, steps

TEXT = "قالت وزارة الصحة إن 12 شخصاً قتلوا."


@pytest.fixture(autouse=True)
def _in_process(monkeypatch):
    """The command works in this process, which starts faster; killing processes is tested in `corpus/test_killed`."""
    real = engine.cluster
    monkeypatch.setattr(engine, "cluster", lambda workers, scheduler: real(1, scheduler, processes=False))


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "a.jsonl"
    rows = [{"text": TEXT, "published": "2022-01-09"}, {"text": ""}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_it_says_what_came_out_and_fails_if_too_much_was_rejected(source, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["corpus", str(source), "--out", str(out)]) == 1
    said = capsys.readouterr()
    assert said.out == f"{out}: 1 report; 1 rejected (1 empty), see {out / 'rejected.parquet'}\n"
    assert said.err == f"qantar: {out}: 50.0% of the reports were rejected, more than the 5.0% allowed (--max-rejected)\n"
    assert (out / layout.MANIFEST).exists() and not (out / layout.WORK).exists()
    assert main(["corpus", str(source), "--out", str(out), "--max-rejected", "0.5"]) == 0
    assert "nothing is new" in capsys.readouterr().err


def test_durations_are_told_apart_from_what_must_be_the_same(source, tmp_path):
    out = tmp_path / "out"
    main(["corpus", str(source), "--out", str(out)])
    [run] = json.loads((out / layout.RUN).read_text(encoding="utf-8"))
    assert run["reports"] == run["rejected"] == 1 and run["seconds"]["reading"] > 0
    manifest = json.loads((out / layout.MANIFEST).read_text(encoding="utf-8"))
    assert not {"seconds", "begun", "processor_seconds"} & set(manifest)
    assert {"qantar", "lexicons", "reader"} <= set(manifest["versions"])
    parts = layout.read_table(out / layout.PARTS).to_pylist()
    assert {part["path"]: part["sha256"] for part in parts} == {
        path.relative_to(out).as_posix(): layout.sha256(path) for path in out.glob("[a-z]*/month=*/*.parquet")
    }
    assert manifest["digests"] == {name: layout.sha256(out / name) for name in (layout.PARTS, layout.REJECTED)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{tmp}/nothing"], "{tmp}/nothing: there is no such file or folder"),
        (["{tmp}/a.doc"], "{tmp}/a.doc: is in no format that can be read; it must end in .txt, .jsonl, .ndjson, .csv, .tsv, .parquet, each also packed as .gz, .bz2, .xz, .zst"),
        (["{tmp}/empty"], "{tmp}/empty: holds nothing that can be read, which ends in .txt, .jsonl, .ndjson, .csv, .tsv, .parquet, each also packed as .gz, .bz2, .xz, .zst"),
        (["{source}", "--text-column", "body"], "a.jsonl: has no column 'body' for the text; it has text, published (--text-column names another)"),
        (["{source}", "--id-column", "nr"], "a.jsonl: has no column 'nr' for the id; it has text, published (--id-column names another)"),
        (["{source}", "--workers", "2", "--scheduler", "tcp://h:1"], "--workers is for local processes; a cluster (--scheduler) has its own"),
        (["{source}", "{source}"], "two sources are called a.jsonl, and their reports could not be told apart; rename one"),
    ],
)  # fmt: skip
def test_faults_are_one_line(source, tmp_path, capsys, arguments, message):
    (tmp_path / "a.doc").touch()
    (tmp_path / "empty").mkdir()
    fill = {"tmp": str(tmp_path), "source": str(source)}
    assert main(["corpus", *(a.format(**fill) for a in arguments), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == f"qantar: {message.format(**fill)}\n"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda out: out.write_text(""), "is a file; name a folder"),
        (lambda out: (out.mkdir(), (out / "x").touch()), "holds files that are no corpus; name an empty folder or a new one"),
        (lambda out: main(["corpus", str(out.parent / "b.jsonl"), "--out", str(out)]), "holds a run with other sources ({tmp}/b.jsonl); name another folder, or remove this one"),
        (lambda out: main(["corpus", str(out.parent / "a.jsonl"), "--out", str(out), "--max-characters", "9"]), "holds a run with other options (max_characters=9); name another folder, or remove this one"),
    ],
)  # fmt: skip
def test_a_folder_that_holds_something_else_is_left_alone(source, tmp_path, capsys, make, message):
    (tmp_path / "b.jsonl").write_bytes(source.read_bytes())
    out = tmp_path / "out"
    make(out)
    before = sorted(out.rglob("*"))
    capsys.readouterr()
    assert main(["corpus", str(source), "--out", str(out)]) == 2
    assert capsys.readouterr().err == f"qantar: {out}: {message.format(tmp=tmp_path)}\n"
    assert sorted(out.rglob("*")) == before


def test_a_corpus_cannot_lie_in_its_source(source, tmp_path, capsys):
    assert main(["corpus", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "lies within a source" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--workers", "0"], ["--max-rejected", "2"], ["--max-rejected", "nan"], ["--reports-per-part", "many"]])
def test_options_that_say_nothing_are_refused(source, tmp_path, capsys, option):
    with pytest.raises(SystemExit):
        main(["corpus", str(source), "--out", str(tmp_path / "out"), *option])
    assert capsys.readouterr().err.count("\n") == 1


def test_no_scheduler_answers(source, tmp_path, capsys, monkeypatch):
    monkeypatch.undo()
    assert main(["corpus", str(source), "--out", str(tmp_path / "out"), "--scheduler", "nonsense://"]) == 2
    assert capsys.readouterr().err.startswith("qantar: --scheduler nonsense://: no scheduler answers there (")


def test_any_running_cluster_does_the_work(source, tmp_path, monkeypatch, capsys):
    monkeypatch.undo()
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp") as cluster:
        assert main(["corpus", str(source), "--out", str(tmp_path / "out"), "--scheduler", cluster.scheduler_address, "--max-rejected", "1"]) == 0
    assert "1 report; 1 rejected" in capsys.readouterr().out


def test_a_unit_that_fails_costs_no_other_and_can_be_done_later(source, tmp_path, capsys, monkeypatch):
    real = steps.unit.read_unit

    def failing(unit, job):
        if unit.first == 0:
            raise OSError(28, "No space left on device")
        return real(unit, job)

    out = tmp_path / "out"
    command = ["corpus", str(source), "--out", str(out), "--reports-per-part", "1", "--max-rejected", "1"]
    monkeypatch.setattr(steps.unit, "read_unit", failing)
    assert main(command) == 2
    assert capsys.readouterr().err == "qantar: a.jsonl: reports 1 to 1: [Errno 28] No space left on device; what is done is kept, the same command goes on with the rest\n"
    assert len(layout.done(out)) == 1 and not (out / layout.MANIFEST).exists()
    monkeypatch.setattr(steps.unit, "read_unit", real)
    assert main(command) == 0


def test_workers_with_another_reader_or_without_the_folder_are_refused(tmp_path):
    from qantar.corpus import reader
    from qantar.corpus.job import Job, Options, Unit
    from qantar.report import ReportError

    one = Unit("k", "text", tmp_path, "", 0)
    with pytest.raises(ReportError, match="has another version of qantar"):
        steps.unit.read_unit(one, Job(tmp_path, Options(), "other"))
    with pytest.raises(ReportError, match="all workers need the folders of this machine"):
        steps.unit.read_unit(one, Job(tmp_path, Options(), reader.digest()))


# ------------------------------------------------------------------------------------------------------ progress


def test_progress_tells_reports_rate_and_time_left():
    tally = steps.Tally(total=10_000, before=2_000, reports=2_400)
    tally.rejected["empty"] = 100
    assert corpus_command.said(tally, 50) == "4,500 of 12,000 reports, 50 a second, 2 min left"
    assert corpus_command.said(steps.Tally(total=5), 0) == "0 of 5 reports"
    assert [corpus_command._span(s) for s in (-1, 40, 600, 12_000)] == ["0 s", "40 s", "10 min", "3 h 20 min"]


def test_progress_is_a_line_on_a_terminal_and_nothing_in_a_pipe():
    pipe = io.StringIO()
    with corpus_command.Progress(pipe) as progress:
        progress.show("reading", steps.Tally(total=3))
    assert pipe.getvalue() == ""
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    with corpus_command.Progress(terminal) as progress:
        progress.show("listing", steps.Tally())
        progress.show("reading", steps.Tally(total=3))
    assert terminal.getvalue() == "\rlooking through the sources\r0 of 3 reports             \r              \r"


def test_importing_the_command_and_the_package_is_cheap():
    code = "import sys, qantar, qantar.cli, qantar.corpus; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"dask", "distributed", "pyarrow", "rensa", "pandas", "numpy", "tornado"}


def test_only_the_corpus_imports_dask():
    package = Path(corpus_command.__file__).parents[1]
    importing = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if any(
        line.strip().startswith(("import dask", "from dask", "import distributed", "from distributed")) for line in path.read_text(encoding="utf-8").splitlines()
    )}  # fmt: skip
    assert importing == {"corpus/engine.py"}
