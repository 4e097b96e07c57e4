"""The figures of the voices: who speaks in which stretch of a report, and how many of its words stand behind whom."""

from __future__ import annotations

from typing import Any

import pandas as pd

from qantar import phrasing, plotting, voices
from qantar.annotations import Annotations
from qantar.report import Report

SILENT = "named, never heard"


@plotting.styled
def voices_figure(report: Report, coding: Annotations) -> plotting.Figure:
    """The report from its first word to its last, a row a voice; below, those who are named and never speak."""
    table, hush = voices.sources(report, coding), voices.unheard(coding)
    spoken = voices.speakers(report, coding)
    if spoken.empty:
        return plotting.nothing("nobody speaks in the report")
    rows = _rows(coding, table, hush)
    ends = pd.Series({s.id: len(s.words) for s in report.sentences}).cumsum()
    begins = ends.shift(fill_value=0)
    lead, total = spoken.iloc[0], int(ends.iloc[-1])
    drawn, ax = plotting.axes(0.243 * len(rows) + 0.5, (
        f"The report's {total} words from first to last, one row for each voice: {phrasing.quantity(len(spoken), 'speaker')} with a bar, "
        f"most often {lead['speaker']} with {lead['acts']} of {spoken['acts'].sum()} acts of speech; "
        f"{phrasing.share(voices.attributed(report, coding), total)} of the words "
        f"stand in a sentence with a speaker. {len(hush)} rows below have no bar, only marks where people are named who never speak."))
    places = {key: place for key, _, place in rows}
    for row in table.itertuples():
        key = row.speaker if isinstance(row.speaker, str) else row.camp
        colour = plotting.MUTED if row.camp in (voices.OWN, voices.NOBODY) else plotting.REPORT
        whole = row.said or row.words
        if row.said:
            ax.barh(places[key], row.words, left=begins[row.sentence], height=0.62, color="none", edgecolor=colour, linewidth=0.8)
        ax.barh(places[key], whole, left=ends[row.sentence] - whole, height=0.62, color=colour, alpha=0.55 if row.camp == voices.OWN else 1)
    _mark_quotations(ax, coding, places, ends)
    _mark_silences(ax, report, coding, hush, places, begins)
    _frame(ax, rows, begins, ends)
    return drawn


@plotting.styled
def shares_figure(report: Report, coding: Annotations) -> plotting.Figure:
    """How many of the report's words stand in a sentence with which side behind it; the filled part follows the verb of saying."""
    table = voices.shares(report, coding)
    parts = phrasing.listing([f"{row.words} ({row.share}) for {row[1]}" for row in table.itertuples()])
    drawn, ax = plotting.axes(0.42 * len(table) + 0.35, f"Words of the report by the side behind their sentence: {parts}.")
    said = table["from the verb on"].where(table["behind the sentence"] != voices.OWN, table["words"])
    colours = [plotting.MUTED if side in (voices.OWN, voices.NOBODY) else plotting.REPORT for side in table["behind the sentence"]]
    plotting.bars(ax, [side[:1].upper() + side[1:] or "No side named" for side in table["behind the sentence"]], said, texts=[""] * len(table))
    for bar, colour in zip(ax.patches, colours, strict=True):
        bar.set_color(colour)
    ax.barh(range(len(table)), table["words"], height=0.62, color="none", edgecolor=colours, linewidth=0.9)
    for place, row in enumerate(table.itertuples()):
        ax.annotate(f"{row.words} words, {row.share}", (row.words, place), (5, 0), textcoords="offset points", va="center", fontsize=10)
    ax.tick_params(axis="y", labelsize=10)
    ax.set_xlim(0, table["words"].max() * 1.42)
    return drawn


def _rows(coding: Annotations, table: pd.DataFrame, hush: pd.DataFrame) -> list[tuple[str, str, float]]:
    """(key, label, place) of every row of the figure from top to bottom; the head of a group has no key."""
    weight = table.groupby("camp")["words"].sum()
    sides = sorted(table.dropna(subset=["speaker"])["camp"].unique(), key=lambda side: -weight[side])
    groups = {"no speaker": [voices.OWN, voices.NOBODY]}
    groups |= {side: list(table[table["camp"] == side]["speaker"].dropna().unique()) for side in sides}
    groups |= {SILENT: list(hush["actor"])}
    names = voices.names(coding)
    rows, place = [], 0.0
    for head, keys in groups.items():
        for key in ["", *keys]:
            rows.append((key, _label(key, str(names.get(key, key))) if key else head, place))
            place += 1 if key else 0.9
        place += 0.2
    return rows


def _mark_quotations(ax: Any, coding: Annotations, places: dict[str, float], ends: pd.Series) -> None:
    """A quotation mark after each sentence that quotes its speaker word for word."""
    direct = voices.acts(coding).dropna(subset=["speaker"])
    direct = direct[direct["mode"] == "direct"].drop_duplicates("sentence", keep="last")
    for row in direct.itertuples():
        ax.annotate("”", (ends[row.sentence], places[row.speaker]), (3, -5), textcoords="offset points", va="center",
                    color=plotting.REPORT, fontsize=18, fontweight="bold")
    if len(direct):
        ax.annotate("word for word", (ends[row.sentence], places[row.speaker]), (15, 0), textcoords="offset points", va="center", fontsize=10)


def _mark_silences(ax: Any, report: Report, coding: Annotations, hush: pd.DataFrame, places: dict[str, float], begins: pd.Series) -> None:
    """A ring for each mention of the silent; a cross in its stead where the report says that somebody does not speak."""
    kept = coding.statements[(coding.statements["mode"] == "withheld") & coding.statements["speaker"].isin(places)]
    said = set(zip(kept["speaker"], kept["sentence"], strict=True))
    for row in coding.mentions[coding.mentions["actor"].isin(hush["actor"])].itertuples():
        if (row.actor, row.sentence) not in said:
            ax.plot(_place(report, row, begins), places[row.actor], "o", markersize=5.5, color=plotting.RECORD,
                    markerfacecolor="none", markeredgewidth=1.4)
    for row in kept.itertuples():
        ax.plot(_place(report, row, begins), places[row.speaker], "X", markersize=8.5, color=plotting.INK, markeredgewidth=0)
    if len(kept):
        ax.annotate("said not to speak", (_place(report, row, begins), places[row.speaker]), (9, 0), textcoords="offset points", va="center", fontsize=10)


def _frame(ax: Any, rows: list[tuple[str, str, float]], begins: pd.Series, ends: pd.Series) -> None:
    """Labels of the rows, and the sentences' limits and numbers."""
    for end in ends:
        ax.axvline(end, color=plotting.RULE, linewidth=0.5, zorder=0)
    ax.set_xlim(-4, ends.iloc[-1] + 4)
    ax.set_ylim(rows[-1][2] + 0.6, -0.5)
    ax.set_yticks([place for *_, place in rows], [label for _, label, _ in rows], fontsize=10)
    for (key, *_), label in zip(rows, ax.get_yticklabels(), strict=True):
        if not key:
            label.set(fontweight="semibold", color=plotting.RECORD if label.get_text() == SILENT else plotting.MUTED)
    shown = [s for n, s in enumerate(ends.index, 1) if n == 1 or n % 5 == 0]
    ax.xaxis.tick_top()
    ax.set_xticks([(begins[s] + ends[s]) / 2 for s in shown], shown, fontsize=10)
    ax.tick_params(length=0)
    plotting.bare(ax)


def _label(key: str, name: str) -> str:
    """A name as a figure's label: without brackets, article and country, which the row's place tells."""
    name = _LABELS.get(key) or name.split(" (")[0].removesuffix(" of Kazakhstan").removeprefix("The ").removeprefix("the ")
    return name[0].upper() + name[1:]


_LABELS = {"presidency_press": "Presidential office", "interior_ministry": "Interior Ministry", voices.OWN: "The report itself"}


def _place(report: Report, row: Any, begins: pd.Series) -> int:
    """How many words of the report stand before the quoted words of a row."""
    sentence = report.sentence(row.sentence)
    return int(begins[row.sentence]) + len(sentence.words) - voices.words_from(sentence, row.start)
