"""What many reports say together: a figure over time, who speaks in which outlet, where a claim stood first.

Each is computed part by part, from the columns that it needs, and gives a small table. A family of copies can be counted
once; the families are those of `families`. Reports that share an identifier are told apart by their day and outlet.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar.corpus import engine
from qantar.corpus.dataset import Corpus, Part

OWN = "the report itself"
NOBODY = "nobody named"
NO_OUTLET = "unknown"

_CLAIM = ["measures", "unit", "value", "value_max", "precision"]
_REPORT = ["report", "published", "outlet"]
_COPY = {"of_family": "family", "of_day": "published", "of_report": "report"}
_NOT_VAGUE = ("precision", "!=", "vague")
_FIRST = ["published", "report", "outlet", "source", "source_ar", "quote"]


def claims_over_time(
    corpus: Corpus, measures: str, once: bool = False, since: str = "", until: str = "~", client: Any = None
) -> pd.DataFrame:
    """The values given for what a figure measures (``killed``), by day, source and outlet.

    Columns ``published, source, source_ar, outlet, value, value_max, precision, unit, reports``: how many reports of the outlet give
    the value on that day on the word of that source. A report's own voice counts where it names no source for the value
    anywhere. Vague numbers (hundreds) have no value to follow and are left out. With ``once``, a value counts once for each family
    of copies, where its first report has it, and ``reports`` is the number of copies that give it. ``since`` and ``until`` are
    months, ``client`` is a Dask client.
    """
    filters = [("measures", "==", measures), _NOT_VAGUE]
    keys = ["published", "source", "source_ar", "outlet", *_CLAIM[1:]]
    if once:
        found = _fold(corpus, functools.partial(_first_claims, filters=filters, keys=["family", *_CLAIM]), _earliest(["family", *_CLAIM]), since, until, client)
    else:
        found = _fold(corpus, functools.partial(_claims, filters=filters, keys=keys), _summed(keys, ["reports"]), since, until, client)
    columns = ["published", "source", "source_ar", "outlet", "value", "value_max", "precision", "unit", "reports"]
    return _ordered(found, columns, ["published", "value", "outlet", "source"])


def first_seen(
    corpus: Corpus, measures: str | None = None, value: float | None = None, since: str = "", until: str = "~", client: Any = None
) -> pd.DataFrame:
    """The first report with each value of what a figure measures, or with one value alone; vague numbers are left out.

    Columns ``measures, unit, value, value_max, precision, published, report, outlet, source, source_ar, quote, reports``, the last
    being how many reports give the value.
    """
    filters = [_NOT_VAGUE, *([("measures", "==", measures)] if measures else [])]
    filters += [("value", "==", float(value))] if value is not None else []
    first = functools.partial(_first_claims, filters=filters, keys=_CLAIM)
    found = _fold(corpus, first, _earliest(_CLAIM), since, until, client)
    return _ordered(found, [*_CLAIM, *_FIRST, "reports"], ["measures", "unit", "published", "value"])


def who_speaks(corpus: Corpus, once: bool = False, since: str = "", until: str = "~", client: Any = None) -> pd.DataFrame:
    """Who is made to speak in each outlet: ``outlet, speaker, speaker_ar, kind, acts, reports``, those who speak most first.

    An act is a statement that repeats no other. With ``once``, of a family of copies only the first report counts in which, within
    these months, somebody speaks.
    """
    keys, counts = ["outlet", "speaker", "speaker_ar", "kind"], ["acts", "reports"]
    split = [*keys, *_COPY] if once else keys
    combine = functools.partial(_first_copies, keys=split, counts=counts) if once else _summed(keys, counts)
    found = _fold(corpus, functools.partial(_acts, keys=split), combine, since, until, client)
    found = _ordered(found if found is None else _sum(found, keys, counts), [*keys, *counts], ["outlet", "speaker"])
    return found.sort_values(["outlet", "acts"], ascending=[True, False], kind="stable", ignore_index=True)


def families(corpus: Corpus, since: str = "", until: str = "~", client: Any = None) -> pd.DataFrame:
    """The families of several reports: ``family`` (its first report), ``first, last`` (days), ``reports, outlets``, the largest first."""
    found = _fold(corpus, _copies, pd.concat, since, until, client)
    if found is None or not len(found):
        return pd.DataFrame(columns=["family", "first", "last", "reports", "outlets"])
    made = found.groupby("family").agg(
        first=("published", "min"), last=("published", "max"), reports=("report", "size"), outlets=("outlet", "nunique")
    )
    return made.reset_index().sort_values(["reports", "first", "family"], ascending=[False, True, True], ignore_index=True)


# -------------------------------------------------------------------------------------------------------- a part


def _figures(part: Part, filters: Any) -> pd.DataFrame:
    """The figures of a part with the name of their source and the family of their report."""
    columns = [*_REPORT, *_CLAIM, "quote", "start", "attributed_to"]
    rows = part.read("figures", columns, filters)
    return _with_family(part, _with_actor(part, rows, "attributed_to", "source", OWN))


def _with_actor(part: Part, rows: pd.DataFrame, column: str, name: str, nobody: str) -> pd.DataFrame:
    """The rows with the English and Arabic name and the kind of the actor that a column names."""
    actors = part.read("actors", [*_REPORT, "id", "name_en", "name_ar", "kind"]).drop_duplicates([*_REPORT, "id"])
    named = rows.assign(_first=rows[column].str.partition(";")[0] if len(rows) else rows[column])
    made = named.merge(actors, how="left", left_on=[*_REPORT, "_first"], right_on=[*_REPORT, "id"])
    names = {"name_en": name, "name_ar": f"{name}_ar"}
    return made.rename(columns=names).fillna({name: nobody, "outlet": NO_OUTLET}).drop(columns=["_first", "id"])


def _with_family(part: Part, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.merge(part.read("families", ["report", "family", "copies"]).drop_duplicates("report"), how="left", on="report")


def _claims(part: Part, filters: Any, keys: list[str]) -> pd.DataFrame:
    rows = _figures(part, filters).drop_duplicates(["report", *keys])
    named = rows.assign(_named=rows["source"] != OWN).groupby([*_REPORT, *_CLAIM], dropna=False)["_named"].transform("any")
    rows = rows[(rows["source"] != OWN) | ~named.astype(bool)]
    return rows.groupby(keys, dropna=False, as_index=False).agg(reports=("report", "size"))


def _first_claims(part: Part, filters: Any, keys: list[str]) -> pd.DataFrame:
    rows = _figures(part, filters)
    # Where a report gives a value twice, the place that names a source tells more.
    rows = rows.assign(_own=rows["source"] == OWN).sort_values(["published", "report", "_own", "start"], kind="stable")
    rows = rows.drop_duplicates([*_REPORT, *keys])
    counts = rows.groupby(keys, dropna=False)["report"].transform("size")
    return rows.assign(reports=counts).drop_duplicates(keys)


def _acts(part: Part, keys: list[str]) -> pd.DataFrame:
    columns = [*_REPORT, "speaker", "mode", "same_as"]
    rows = part.read("statements", columns)
    rows = rows[(rows["mode"] != "withheld") & rows["same_as"].isna()].rename(columns={"speaker": "id_of_speaker"})
    rows = _with_family(part, _with_actor(part, rows, "id_of_speaker", "speaker", NOBODY))
    alone = rows["copies"] == 1  # which copy a row is of needs telling of copies only, and is much
    rows = rows.assign(**{name: rows[column].astype(str).mask(alone, "") for name, column in _COPY.items()})
    rows = rows.assign(_which=rows.groupby(_REPORT, dropna=False).ngroup())
    return rows.groupby(keys, dropna=False, as_index=False).agg(acts=("_which", "size"), reports=("_which", "nunique"))


def _copies(part: Part) -> pd.DataFrame:
    return part.read("families", ["report", "family", "published", "outlet"], [("copies", ">", 1)])


# ------------------------------------------------------------------------------------------------------- together


def _fold(corpus: Corpus, function: Callable[[Part], pd.DataFrame], combine: Callable[..., Any], since: str, until: str, client: Any) -> Any:
    return engine.fold(function, functools.partial(_combined, combine), corpus.parts(since, until), client)


def _combined(combine: Callable[..., Any], frames: list[pd.DataFrame]) -> pd.DataFrame | None:
    filled = [frame for frame in frames if frame is not None and len(frame)]
    return combine(filled if combine is pd.concat else pd.concat(filled, ignore_index=True)) if filled else None


def _summed(keys: list[str], counts: list[str]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return functools.partial(_sum, keys=keys, counts=counts)


def _sum(frame: pd.DataFrame, keys: list[str], counts: list[str]) -> pd.DataFrame:
    return frame.groupby(keys, dropna=False, as_index=False)[counts].sum()


def _first_copies(frame: pd.DataFrame, keys: list[str], counts: list[str]) -> pd.DataFrame:
    """The rows of the first copy of each family, and of all reports that have no copies."""
    family, *place = _COPY
    frame = frame.sort_values(place, kind="stable")
    first = frame.groupby(family)[place[-1]].transform("first")
    return _sum(frame[(frame[family] == "") | (frame[place[-1]] == first)], keys, counts)


def _earliest(keys: list[str]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return functools.partial(_first, keys=keys)


def _first(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    rows = frame.sort_values(["published", "report"], kind="stable")
    counts = rows.groupby(keys, dropna=False)["reports"].transform("sum")
    return rows.assign(reports=counts).drop_duplicates(keys)


def _ordered(found: pd.DataFrame | None, columns: list[str], by: list[str]) -> pd.DataFrame:
    if found is None:
        return pd.DataFrame(columns=columns)
    return found[columns].sort_values([*by, *(c for c in columns if c not in by)], kind="stable", ignore_index=True)
