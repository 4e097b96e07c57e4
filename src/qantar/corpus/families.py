"""Families: reports that are copies of one text, as when many outlets run the same agency report.

Two reports are linked if at least half of their shingles are estimated to be the same and they appeared at most a week
apart; a family is what is linked, directly or through others, and is called by its first report. Candidates are found by locality-
sensitive hashing (Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3): the signature is cut into
bands, and reports that agree in any whole band are candidates. Two with half of their shingles in common agree in one with a
probability of 87 %, with 60 % of 99 %, with 70 % but for one in six thousand. Of many candidates in a band not every pair is
compared (`_pairs`), so that ten thousand copies cost no more than ten thousand comparisons a round; what that misses in one band, as
a rule another has.

Everything here is done a month at a time on workers, with the last week of the month before. Memory grows with the reports of a
month, and in `group` with the number of copies.
"""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qantar.corpus import layout, schemas

SIMILAR = 0.5
DAYS = 7
BANDS = 32
_SLOTS = schemas.SIGNATURE // BANDS
assert _SLOTS == 4, "a band is looked at as two numbers of eight bytes"
_ROUNDS = 8
_GROUP = pa.schema([("report", pa.string()), ("family", pa.string()), ("copies", pa.int64())])
_LINKS, _GROUPS = f"{layout.WORK}/links", f"{layout.WORK}/groups"


def forget(out: Path) -> None:
    """Removes what a run left that was stopped while it looked for families: its reports may be others."""
    for folder in (_LINKS, _GROUPS):
        shutil.rmtree(out / folder, ignore_errors=True)


def link(out: Path, month: str) -> None:
    """Writes the links between the reports of a month, and from them into the week before it."""
    table = _reports(out, month)
    days = table["published"].cast(pa.int32()).to_numpy()
    slots = np.frombuffer(table["signature"].chunk(0).buffers()[1], "<u4").reshape(-1, schemas.SIGNATURE)
    pairs = np.unique(np.concatenate([_pairs(slots, days, band) for band in range(BANDS)]))
    first, second = (table.take(ends) for ends in np.divmod(pairs, max(1, len(days))))
    links = [side[column].combine_chunks() for side in (first, second) for column in ("report", "published")]
    layout.write_table(out, out / _LINKS / f"{month}.parquet", pa.table(links, schema=schemas.LINKS))


def _reports(out: Path, month: str) -> pa.Table:
    """The signatures of a month and of the week before it, by day and identifier."""
    before = datetime.date.fromisoformat(f"{month}-01") - datetime.timedelta(days=DAYS)
    since = [("published", ">=", before)]
    paths = [*layout.parts(out, layout.SIGNATURES, f"{before:%Y-%m}"), *layout.parts(out, layout.SIGNATURES, month)]
    tables = [layout.read_table(path, filters=since) for path in paths]
    return pa.concat_tables(tables).sort_by([("published", "ascending"), ("report", "ascending")]).combine_chunks()


def _pairs(slots: np.ndarray, days: np.ndarray, band: int) -> np.ndarray:
    """Pairs of reports that agree in a band and are similar, as first * size + other.

    Each is held against the first that is left and the one before it, so that a week can follow upon a week.
    """
    halves = np.ascontiguousarray(slots[:, band * _SLOTS : (band + 1) * _SLOTS]).view("<u8")
    places = halves[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ halves[:, 1]  # two bands that meet by chance are told apart below
    left, found = np.argsort(places, kind="stable"), [np.array([], np.int64)]
    for _ in range(_ROUNDS):
        begins = np.r_[True, places[left][1:] != places[left][:-1]] if len(left) else np.array([], bool)
        leads = left[np.flatnonzero(begins)][np.cumsum(begins) - 1]
        others = np.flatnonzero(~begins)
        if not len(others):
            break
        linked = np.zeros(len(others), bool)
        for first in (leads[others], left[others - 1]):
            alike = (days[left[others]] - days[first] <= DAYS) & _similar(slots, first, left[others])
            found.append(first[alike] * len(days) + left[others][alike])
            linked |= alike
        left = left[others][~linked]
    return np.concatenate(found)


def _similar(slots: np.ndarray, first: np.ndarray, second: np.ndarray, step: int = 1 << 13) -> np.ndarray:
    """Whether two reports agree in half of their slots, for each pair."""
    parts = (slice(at, at + step) for at in range(0, len(first), step))
    same = [np.count_nonzero(slots[first[part]] == slots[second[part]], axis=1) for part in parts]
    return np.concatenate(same) >= SIMILAR * schemas.SIGNATURE


def group(out: Path) -> None:
    """Writes the families that the links make, a file a month of their reports."""
    links = pa.concat_tables([schemas.LINKS.empty_table(), *map(layout.read_table, sorted((out / _LINKS).glob("*.parquet")))])
    reports = pa.chunked_array([*links["first"].chunks, *links["second"].chunks], pa.string()).combine_chunks().dictionary_encode()
    days = pa.chunked_array([*links["first_day"].chunks, *links["second_day"].chunks], pa.date32())
    ends = reports.indices.to_numpy().reshape(2, -1)
    names = reports.dictionary
    published = np.zeros(len(names), np.int32)
    published[ends.ravel()] = days.cast(pa.int32()).to_numpy()
    members = pa.table({
        "report": names, "published": pa.array(published).cast(pa.date32()), "family": components(ends, len(names)),
    }).sort_by([("published", "ascending"), ("report", "ascending")])  # fmt: skip
    heads = members.group_by("family", use_threads=False).aggregate([("report", "first"), ("report", "count")])
    at = pc.index_in(members["family"], heads["family"])
    made = pa.table({
        "report": members["report"], "family": heads["report_first"].take(at), "copies": heads["report_count"].take(at),
        "month": pc.strftime(members["published"], "%Y-%m"),
    })  # fmt: skip
    for month in pc.unique(made["month"]).to_pylist():
        rows = made.filter(pc.equal(made["month"], month)).drop_columns("month")
        layout.write_table(out, out / _GROUPS / f"{month}.parquet", rows)


def components(ends: np.ndarray, size: int) -> np.ndarray:
    """The least node that can be reached from each node along links given as two rows of nodes."""
    lowest = np.arange(size)
    while True:
        least = np.minimum(*lowest[ends])
        before = lowest.copy()
        for end in ends:
            np.minimum.at(lowest, before[end], least)
        lowest = lowest[lowest]
        if np.array_equal(lowest, before):
            return lowest


def mark(out: Path, month: str) -> list[dict[str, Any]]:
    """Writes the family of each report of a month, beside its own file; what was written. One without copies is its own."""
    path, made = out / _GROUPS / f"{month}.parquet", []
    known = layout.read_table(path) if path.exists() else _GROUP.empty_table()
    for part in layout.parts(out, "reports", month):
        table = layout.read_table(part, columns=["report", "published", "outlet"])
        at = pc.index_in(table["report"], known["report"])
        family = pc.coalesce(known["family"].take(at), table["report"])
        copies = pc.fill_null(known["copies"].take(at), 1)
        rows = table.append_column("family", family).append_column("copies", copies).cast(schemas.FAMILIES)
        made.append(layout.write_table(out, layout.part(out, "families", month, layout.key_of(part)), rows))
    return made
