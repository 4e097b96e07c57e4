"""The quantities of a report: what is counted, how exactly, by whom, and what the counts became later."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar import phrasing, plotting
from qantar.annotations import Annotations
from qantar.record import Record

SHAKY = frozenset({"retracted", "disputed", "unknown"})
"""Status of claims drawn hollow: withdrawn, contested or resting on a source that could not be checked."""


def quantities(coding: Annotations) -> pd.DataFrame:
    """Every quantity of the report in the order of the text, with the Arabic words, unit, precision and source."""
    table = coding.figures.sort_values("start", kind="stable")
    names = coding.actors.set_index("id")["name_en"]
    return pd.DataFrame({
        "id": table["id"],
        "sentence": table["sentence"],
        "words": table["quote"],
        "value": [_amount(row) for row in table.itertuples()],
        "of what": table["measures"],
        "precision": table["precision"],
        "according to": table["attributed_to"].map(names).fillna("the report itself"),
        "as of": table["as_of"].map(phrasing.date),
    }).reset_index(drop=True)


def _amount(row: Any) -> str:
    """The value with its unit; a vague one is a lower bound, a bounded one lies within its bound."""
    bound = "≥ " if row.precision == "vague" else "≤ " if row.precision == "bounded" and pd.notna(row.value_max) else ""
    return bound + phrasing.quantity(row.value, row.unit)


def counted(coding: Annotations) -> pd.DataFrame:
    """How many quantities count what, most frequent first: ``of what, quantities``."""
    return coding.figures["measures"].value_counts().rename_axis("of what").reset_index(name="quantities")


def unattributed(coding: Annotations) -> pd.DataFrame:
    """The quantities that the report gives in its own voice, naming no source."""
    return coding.figures[coding.figures["attributed_to"].isna()]


def significant_digits(value: float) -> int:
    """How many leading digits of a whole number carry information, trailing zeros left out.

    >>> significant_digits(5135), significant_digits(300), significant_digits(212_000_000)
    (4, 1, 3)
    """
    return len(str(round(value)).rstrip("0")) or 1


def roundness(coding: Annotations) -> pd.DataFrame:
    """The exact and bounded quantities by the digits they claim to know: ``id, words, value, digits, precision``."""
    table = coding.figures[coding.figures["precision"] != "vague"]
    made = pd.DataFrame({
        "id": table["id"],
        "words": table["quote"],
        "value": [phrasing.quantity(v, u) for v, u in zip(table["value"], table["unit"], strict=True)],
        "digits": [significant_digits(v) for v in table["value"]],
        "precision": table["precision"],
    })
    return made.sort_values("digits", ascending=False, kind="stable", ignore_index=True)


def revisions(record: Record, topic: str) -> pd.DataFrame:
    """The claims about one topic by date: ``id, as_of, value, number, body, status, single_source``.

    ``number`` is missing where a body said that there is no figure.
    """
    table = record.claims[record.claims["topic"] == topic]
    columns = ["id", "as_of", "value", "number", "body", "status", "single_source"]
    return table[columns].sort_values("as_of", kind="stable", ignore_index=True)


def killed(record: Record) -> pd.DataFrame:
    """The death toll as it was revised, step by step (claims on ``deaths``)."""
    return revisions(record, "deaths")


def detained(record: Record) -> pd.DataFrame:
    """The number of people detained as it was revised (claims on ``detained`` that count the same thing)."""
    table = revisions(record, "detained").sort_values(["as_of", "number"], kind="stable")
    # From August 2022 prosecutors count suspects in criminal cases, which is another measure.
    return table[table["as_of"] < "2022-02"].reset_index(drop=True)


def damages(record: Record) -> pd.DataFrame:
    """The sums named as damage, by date, with the rate of exchange that each implies where it gives two currencies.

    Columns ``id, as_of, tenge_bn`` (thousand million), ``usd_m`` (million), ``eur_m`` (million), ``tenge_per_dollar,
    body, status, single_source``.
    """
    table = record.claims[record.claims["topic"] == "damages"].copy()
    table["eur_m"] = (table["amount"] / 1e6).where(table["currency"] == "EUR")
    table["tenge_per_dollar"] = (table["tenge_bn"] * 1000 / table["usd_m"]).round(1)
    columns = ["id", "as_of", "tenge_bn", "usd_m", "eur_m", "tenge_per_dollar", "body", "status", "single_source"]
    return table[columns].sort_values("as_of", kind="stable", na_position="last", ignore_index=True)


def report_value(coding: Annotations, measures: str) -> float:
    """The largest exact quantity of the report that counts this; not a number if it has none."""
    table = coding.figures[(coding.figures["measures"] == measures) & (coding.figures["precision"] != "vague")]
    return float(table["value"].max()) if len(table) else math.nan


def fates(coding: Annotations, record: Record) -> pd.DataFrame:
    """What became of each quantity: the claims of the later record on its topic, counted by status.

    A quantity without a topic, or whose topic the record does not have, has ``claims`` 0: it can't be checked here.
    """
    statuses = record.claims.groupby("topic")["status"].agg(lambda s: "; ".join(f"{n} {k}" for k, n in s.value_counts().items()))
    counts = record.claims["topic"].value_counts()
    table = coding.figures
    return pd.DataFrame({
        "id": table["id"],
        "words": table["quote"],
        "of what": table["measures"],
        "claims": table["claim_topic"].map(counts).fillna(0).astype(int),
        "their status": [statuses.get(topic, "not in the record") for topic in table["claim_topic"]],
    })


def _label(row: Any) -> str:
    return f"{row.body.split('(')[0].split(',')[0].strip()}"


def _ladder(steps: pd.DataFrame, reported: float, title: str, alt: str) -> plotting.Figure:
    """A ladder of figures: one rung a claim in order of date, the report's number as a line through all of them."""
    drawn, ax = plotting.axes(0.53 * len(steps) + 1.0, alt)
    _mark_report(ax, reported, f"the report: {reported:,.0f}")
    for place, row in enumerate(steps.itertuples()):
        ax.annotate(_source(row), (0, place), (1, 4), textcoords="offset points", va="bottom", fontsize=9, color=plotting.MUTED)
        if pd.isna(row.number):
            ax.annotate(row.value, (0, place), (1, -1), textcoords="offset points", va="top", fontsize=9.5)
            continue
        ax.plot([0, row.number], [place, place], color=plotting.RULE, linewidth=1, zorder=1)
        _point(ax, row, row.number, place, "o")
        ax.annotate(f"{row.number:,.0f}", (row.number, place), (9, 0), textcoords="offset points", va="center", fontweight="semibold")
    ax.set_yticks(range(len(steps)), [phrasing.date(d, year=d[:7] != "2022-01") for d in steps["as_of"]])
    ax.invert_yaxis()
    ax.set_xlim(0, float(steps["number"].max()) * 1.12)
    ax.set_xticks([])
    ax.set_title(title, pad=20, loc="left")
    plotting.bare(ax)
    return drawn


def _source(row: Any) -> str:
    """Who gives a figure, shortened to the body itself, with the status of the figure where it is not settled."""
    body = row.body.split("(")[0].split(",")[0].split(" run by ")[0].strip()
    marks = [row.status] if row.status in SHAKY and pd.notna(getattr(row, "number", 0)) else []
    return " · ".join([body[0].upper() + body[1:], *marks, *(["one source"] if row.single_source else [])])


def _point(ax: Any, row: Any, x: float, y: float, marker: str) -> None:
    hollow = row.status in SHAKY or row.single_source
    ax.plot(x, y, marker, markersize=8, markeredgecolor=plotting.RECORD, markeredgewidth=1.6,
            markerfacecolor="none" if hollow else plotting.RECORD, zorder=3)


def _mark_report(ax: Any, value: float, text: str) -> None:
    ax.axvline(value, color=plotting.REPORT, linewidth=1.2, linestyle=(0, (4, 3)), zorder=0)
    ax.annotate(text, (value, 1), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points",
                color=plotting.REPORT, fontsize=9.5, ha="center", va="bottom")


@plotting.styled
def killed_figure(coding: Annotations, record: Record) -> plotting.Figure:
    """The death toll step by step; hollow rings are figures that were withdrawn, contested or rest on one source."""
    steps = killed(record)
    reported = report_value(coding, "killed")
    if steps.empty or math.isnan(reported):
        return plotting.nothing("the report counts no dead, or the record no toll")
    last = steps[~steps["status"].isin(SHAKY)].iloc[-1]
    alt = (
        f"Ladder of {steps['number'].notna().sum()} official death tolls by date, from {steps['number'].min():.0f} to {steps['number'].max():.0f}. "
        f"The report's {reported:.0f} was retracted; the last figure, of {phrasing.date(last['as_of'])}, is {last['number']:.0f}."
    )
    return _ladder(steps, reported, "The death toll, step by step", alt)


@plotting.styled
def detained_figure(coding: Annotations, record: Record) -> plotting.Figure:
    """The number of detained step by step."""
    steps = detained(record)
    reported = report_value(coding, "detained")
    if steps.empty or math.isnan(reported):
        return plotting.nothing("the report counts no detained, or the record has no figure")
    alt = (
        f"Ladder of {len(steps)} figures for people detained, from {steps['number'].min():,.0f} on {phrasing.date(steps['as_of'].iloc[0])} "
        f"to {steps['number'].max():,.0f}; the report's {reported:,.0f} was passed on the day it was given."
    )
    return _ladder(steps, reported, "The detained, step by step", alt)


@plotting.styled
def damages_figure(coding: Annotations, record: Record) -> plotting.Figure:
    """Every sum in dollars, by who named it and when; presidential estimate of wider harm left to the table."""
    table = damages(record).dropna(subset=["usd_m"])
    table = table[table["usd_m"] < 1000]
    reported = report_value(coding, "damage") / 1e6
    if table.empty or math.isnan(reported):
        return plotting.nothing("the report gives no sum of damage, or the record has none")
    drawn, ax = plotting.axes(0.53 * len(table) + 1.2, (
        f"{len(table)} sums of damage in million dollars, from {table['usd_m'].min():.0f} to {table['usd_m'].max():.0f}; "
        f"the report's {reported:.0f} is the business chamber's count of the same day, not the minister's."))
    _mark_report(ax, reported, f"the report: {reported:.0f}")
    for place, row in enumerate(table.itertuples()):
        _point(ax, row, row.usd_m, place, "D")
        left = row.usd_m < reported
        tenge = f" ({row.tenge_bn:g} bn tenge)" if pd.notna(row.tenge_bn) else ""
        ax.annotate(f"{row.usd_m:.0f}{tenge}", (row.usd_m, place), (-9 if left else 9, 0), textcoords="offset points",
                    va="center", ha="right" if left else "left", fontsize=9.5)
        day = phrasing.date(row.as_of, year=False) if pd.notna(row.as_of) else "undated"
        ax.annotate(f"{_source(row)}, {day}", (0, place), (0, 6), xycoords=("axes fraction", "data"), textcoords="offset points",
                    va="bottom", fontsize=9, color=plotting.MUTED)
    ax.set_yticks([])
    ax.set_ylim(len(table) - 0.6, -0.9)
    ax.set_xlim(100, 385)
    ax.set_xlabel("million US dollars")
    ax.set_title("What was damaged, in dollars", pad=20)
    plotting.bare(ax, "bottom")
    return drawn


def days_to_next_toll(record: Record) -> int:
    """Days from the first withdrawn toll to the first one that replaced it."""
    steps = killed(record)
    withdrawn, replaced = (
        datetime.date.fromisoformat(steps.loc[(steps["status"] == status) & steps["number"].notna(), "as_of"].iloc[0])
        for status in ("retracted", "revised")
    )
    return (replaced - withdrawn).days


def _revised(book: Any, measures: str, steps: pd.DataFrame) -> str:
    """Nothing where the report counts this and the record revises it; else what a result says in its place."""
    return "" if len(steps) and not math.isnan(report_value(book.coding, measures)) else phrasing.ABSENT


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "quantities": lambda book: len(book.coding.figures),
    "unattributed": lambda book: len(unattributed(book.coding)),
    "attributed": lambda book: int(book.coding.figures["attributed_to"].notna().sum()),
    "vague": lambda book: int((book.coding.figures["precision"] == "vague").sum()),
    "bounded": lambda book: int((book.coding.figures["precision"] == "bounded").sum()),
    "exact": lambda book: int((book.coding.figures["precision"] == "exact").sum()),
    "duals": lambda book: int((book.coding.figures["value"] == 2).sum()),
    "kinds_counted": lambda book: book.coding.figures["measures"].nunique(),
    "uncheckable": lambda book: int((fates(book.coding, book.record)["claims"] == 0).sum()),
    "damaged": lambda book: int((book.coding.figures["measures"] == "damage").sum()),
    "toll_steps": lambda book: len(killed(book.record)),
    "toll_rise_percent": lambda book: _revised(book, "killed", killed(book.record)) or round(100 * (killed(book.record)["number"].iloc[-1] / report_value(book.coding, "killed") - 1)),
    "days_to_next_toll": lambda book: days_to_next_toll(book.record) if len(killed(book.record)) else phrasing.ABSENT,
    "detained_share": lambda book: _revised(book, "detained", detained(book.record)) or phrasing.share(report_value(book.coding, "detained"), detained(book.record)["number"].max()),
    "damage_sums": lambda book: len(damages(book.record)),
}
