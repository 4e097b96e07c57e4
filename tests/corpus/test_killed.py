"""A run that is killed at any moment and started again ends with the bytes of one that never was."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from qantar.corpus import layout

from .conftest import contents, write_jsonl

COMMAND = [sys.executable, "-m", "qantar", "corpus"]
UNITS = 16


@pytest.fixture(scope="module")
def source(tmp_path_factory, long_texts) -> Path:
    """Reports of several months, some of them copies, some that can't be read."""
    rows = [
        {"text": f"خبر {n}\n{long_texts[n // 3 % len(long_texts)]}" if n % 7 else "", "published": f"2022-{1 + n // 16:02}-{1 + n % 16:02}", "outlet": f"o{n % 3}"}
        for n in range(4 * UNITS)
    ]
    folder = tmp_path_factory.mktemp("killed") / "source"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", rows)
    (folder / "2022-01-01.txt").write_text(long_texts[0], encoding="utf-8")
    return folder


def options(source: Path, out: Path) -> list[str]:
    return [*COMMAND, str(source), "--out", str(out), "--reports-per-part", "4", "--workers", "2", "--max-rejected", "1"]


@pytest.fixture(scope="module")
def undisturbed(source, tmp_path_factory) -> Path:
    """The corpus of a run that nobody killed."""
    out = tmp_path_factory.mktemp("whole") / "out"
    done = subprocess.run(options(source, out), capture_output=True, text=True, check=True, timeout=120)
    assert done.stderr == ""  # nothing but the result where there is no terminal
    assert re.match(rf"{re.escape(str(out))}: 55 reports, \d+ of them in \d+ families of copies; 10 rejected \(10 empty\)", done.stdout)
    return out


def started(source: Path, out: Path) -> subprocess.Popen:
    return subprocess.Popen(options(source, out), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def units_done(out: Path) -> int:
    return len(layout.done(out))


def wait_for(condition, process: subprocess.Popen, patience: float = 60) -> None:
    end = time.monotonic() + patience
    while not condition() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.005)


def test_client_and_worker_are_killed_at_any_moment(source, undisturbed, tmp_path):
    draw, out, before = random.Random(1), tmp_path / "out", 0
    for _ in range(2):
        aim = before + draw.randrange(1, 5)
        with started(source, out) as process:
            wait_for(lambda aim=aim: units_done(out) >= aim, process)
            time.sleep(draw.uniform(0, 0.1))
            workers = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert process.returncode == -signal.SIGKILL
            psutil.wait_procs(workers, timeout=20)  # they end when nobody is there to work for
            assert not [worker for worker in workers if worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE]
        assert before < units_done(out) < UNITS + 1, "it was killed in the midst of its work"
        assert not (out / layout.MANIFEST).exists()
        before = units_done(out)
    marks = {path: path.stat().st_mtime_ns for path in (out / layout.UNITS).iterdir()}
    with started(source, out) as process:
        wait_for(lambda: units_done(out) > before, process)
        workers = [p for p in psutil.Process(process.pid).children(recursive=True) if "spawn_main" in " ".join(p.cmdline())]
        os.kill(draw.choice(workers).pid, signal.SIGKILL)
        _, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, "")
    assert {path: path.stat().st_mtime_ns for path in marks} == marks, "what was done was read again"
    assert contents(out) == contents(undisturbed)


@pytest.mark.parametrize("begun", [f"{layout.WORK}/links", f"{layout.WORK}/groups", "families"])
def test_it_is_killed_while_it_looks_for_copies(source, undisturbed, tmp_path, begun):
    """After all is read: what was begun of the families and the manifest is nobody's."""
    for out in (tmp_path / f"{n}" for n in range(5)):  # until it is not too late
        shutil.copytree(undisturbed, out)
        for name in (layout.MANIFEST, layout.PARTS, layout.REJECTED):
            (out / name).unlink()
        shutil.rmtree(out / "families")
        with started(source, out) as process:
            wait_for((out / begun).exists, process)
            process.send_signal(signal.SIGKILL)
            process.wait()
        if process.returncode == -signal.SIGKILL and not (out / layout.MANIFEST).exists():
            break
    else:
        pytest.fail("it was never killed in the midst of its work")
    assert (out / begun).exists()
    with started(source, out) as process:
        assert process.wait(timeout=120) == 0
    assert contents(out) == contents(undisturbed)
