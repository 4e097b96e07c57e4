"""Acts and offices: who appoints, dismisses, orders and detains whom, and what they are head or deputy of."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from qantar import phrasing, plotting
from qantar.annotations import Annotations
from qantar.formats import items

ACTS = {
    "dismissed": "dismissed", "removed": "removed", "appointed": "appointed",
    "ordered": "gave orders", "accused": "accused", "detained": "detained",
}
"""Predicates of relations that are acts, with the word the figure writes on the arrow."""
OFFICES = {
    "heads": "heads", "deputy_of": "deputy of", "formerly_headed": "once headed",
    "leads": "leads", "speaks_for": "speaks for", "member_of": "belongs to", "minister_of": "minister of",
}
"""Predicates of relations that are offices or membership, with the words the figure writes on the line."""
HIDDEN = {"arrest": "arrested", "dismissal": "dismissed", "appointment": "appointed"}
"""Kinds of event that are acts too where they have a patient, even if nobody is said to do them."""
NOBODY = "nobody named"
_BUS, _WHOM, _LINE, _BODY = 1.18, 2.12, 3.68, 4.56  # columns of the figure in inches


def names(coding: Annotations) -> dict[str, str]:
    """The English name of each actor by slug."""
    return dict(zip(coding.actors["id"], coding.actors["name_en"], strict=True))


def of_kind(coding: Annotations, kind: str) -> list[str]:
    """The actors of one kind, in the order of the table."""
    return coding.actors.loc[coding.actors["kind"] == kind, "id"].tolist()


def acts(coding: Annotations) -> pd.DataFrame:
    """Who does what to whom, in the order of the text: ``id, sentence, subject, act, object, date, start``.

    Acts are the relations that change somebody's standing. Arrests, dismissals and appointments of which the report
    does not say who carried them out come from the events; their ``subject`` is empty. An act upon a pair whose members
    are named is a row for each of them, so that a row is one act upon one individual or group.
    """
    columns = ["id", "sentence", "subject", "act", "object", "date", "start"]
    done = coding.relations[coding.relations["predicate"].isin(ACTS)]
    done = done.assign(act=done["predicate"].map(ACTS))
    events = coding.events
    bare = events[events["agent"].isna() & events["patient"].notna() & events["kind"].isin(HIDDEN)]
    bare = bare.assign(subject=None, act=bare["kind"].map(HIDDEN), object=bare["patient"])
    frames = [frame[columns].astype(object) for frame in (done, bare) if len(frame)]
    made = pd.concat(frames) if frames else pd.DataFrame(columns=columns)
    made["object"] = [[one for actor in items(cell) for one in _members(coding, actor) or [actor]] for cell in made["object"]]
    return made.explode("object").sort_values("start", kind="stable", ignore_index=True)


def _members(coding: Annotations, group: str) -> list[str]:
    """The individuals who are said to belong to a group."""
    table = coding.relations[(coding.relations["predicate"] == "member_of") & (coding.relations["object"] == group)]
    return [actor for actor in table["subject"] if actor in of_kind(coding, "person")]


def acts_table(coding: Annotations) -> pd.DataFrame:
    """``acts`` as the book shows it."""
    table, name = acts(coding), names(coding)
    return pd.DataFrame({
        "id": table["id"], "sentence": table["sentence"], "who": table["subject"].map(name).fillna(NOBODY),
        "act": table["act"], "whom": table["object"].map(name), "date given": table["date"].map(phrasing.date),
    })


def offices(coding: Annotations) -> pd.DataFrame:
    """Every office and membership the report states, in the order of the text: ``id, sentence, who, office, of what``."""
    table, name = coding.relations, names(coding)
    table = table[table["predicate"].isin(OFFICES)].sort_values("start", kind="stable")
    return pd.DataFrame({
        "id": table["id"], "sentence": table["sentence"], "who": table["subject"].map(name),
        "office": table["predicate"].map(OFFICES), "of what": table["object"].map(name),
    }).reset_index(drop=True)


def offices_of(coding: Annotations, actor: str) -> list[tuple[str, str]]:
    """(words, body) of each office; membership only where there is no other."""
    table = coding.relations[(coding.relations["subject"] == actor) & coding.relations["predicate"].isin(OFFICES)]
    proper = table[table["predicate"] != "member_of"]
    return [(OFFICES[row.predicate], row.object) for row in (table if proper.empty else proper).itertuples()]


def officers(coding: Annotations) -> pd.DataFrame:
    """How many individuals the report ties to each body by an office: ``body, people, heads``, most first.

    ``heads`` counts those who head it now, in the words of the report.
    """
    table = coding.relations[coding.relations["subject"].isin(of_kind(coding, "person"))]
    held = table[table["predicate"].isin(["heads", "deputy_of", "formerly_headed"])]
    groups = held.groupby("object", sort=False)
    made = groups.agg(people=("subject", "nunique"), heads=("predicate", lambda p: int((p == "heads").sum())))
    return made.rename_axis("body").reset_index().sort_values("people", ascending=False, kind="stable", ignore_index=True)


def arrangement(coding: Annotations) -> pd.DataFrame:
    """The rows of the network, top to bottom: ``actor, agent, act, offices, slot``.

    Everybody who is acted upon has a row. Those who hold office in one body stand together, then those of one agent;
    acts by nobody named stand at the rim, so that no line crosses another. Individuals outside all acts follow, with
    their office alone (``act`` empty). ``offices`` are pairs (words, slug); a row takes as many slots as it has.
    """
    rows = [(row.object, row.subject, row.act, offices_of(coding, row.object)) for row in acts(coding).itertuples()]
    bodies, agents = _ranks(held[0][1] for *_, held in rows if held), _ranks(agent for _, agent, *_ in rows if agent)
    last = len(rows)
    rows.sort(key=lambda r: (bodies[r[3][0][1]] if r[3] else last, agents.get(r[1], last if not r[3] else -1)))
    busy = {r[0] for r in rows} | {r[1] for r in rows}
    rows += [(p, None, None, offices_of(coding, p)) for p in of_kind(coding, "person") if p not in busy]
    made = pd.DataFrame(rows, columns=["actor", "agent", "act", "offices"]).astype(object)
    made["agent"], made["act"] = (made[c].where(made[c].notna(), None) for c in ("agent", "act"))
    return made.assign(slot=[0, *(max(1, len(held)) for held in made["offices"])][: len(made)]).assign(slot=lambda t: t["slot"].cumsum())


def _ranks(values: Iterable[Any]) -> dict[Any, int]:
    return {value: place for place, value in enumerate(dict.fromkeys(values))}


def _wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width))


@plotting.styled
def network_figure(coding: Annotations) -> plotting.Figure:
    """Acts as arrows from left to right, offices as lines; an open ring is an act of which the report names no author."""
    rows, table, name = arrangement(coding), acts(coding), names(coding)
    if rows.empty:
        return plotting.nothing("the report names nobody who acts or holds an office")
    author, most = (Counter(table["subject"].dropna()).most_common(1) or [(None, 0)])[0]
    outside = phrasing.listing([name[actor] for actor in rows.loc[rows["act"].isna(), "actor"]])
    alt = (f"Network of {len(table)} acts: {name.get(author, NOBODY)} is the author of {most}; {table['subject'].isna().sum()} "
           f"have no author named. Outside these acts, with their office alone: {outside or 'nobody'}.")
    done, idle = rows[rows["act"].notna()], rows[rows["act"].isna()]
    bottom = int(rows["slot"].max()) + 1.8
    drawn, ax = plotting.axes(0.39 * bottom + 0.75, alt)
    ax.set(xlim=(0, plotting.WIDTH), ylim=(bottom, -0.9))
    ax.set_title(f"{most} of {len(table)} acts go out from one actor")
    for row in done.itertuples():
        _draw_act(ax, row, name)
    for agent, group in done.groupby("agent", sort=False):
        _draw_agent(ax, coding, str(agent), group["slot"], name)
    _draw_bodies(ax, done, name)
    for row in idle.itertuples():
        _draw_idle(ax, row, name)
    if len(idle):
        ax.text(0, idle["slot"].min() + 0.25, "In office, outside these acts", color=plotting.MUTED, va="center")
    ax.axis("off")
    return drawn


def _draw_act(ax: plotting.Axes, row: Any, name: dict[str, str]) -> None:
    unknown = row.agent is None
    ax.annotate("", (_WHOM - 0.04, row.slot), (_BUS, row.slot), arrowprops={
        "arrowstyle": "-|>", "color": plotting.REPORT, "linewidth": 1.5, "linestyle": (0, (3, 2)) if unknown else "-",
        "shrinkA": 3 if unknown else 0, "shrinkB": 0, "mutation_scale": 11})
    ax.text((_BUS + _WHOM) / 2 - 0.05, row.slot - 0.08, row.act, color=plotting.REPORT, ha="center", va="bottom")
    ax.text(_WHOM + 0.04, row.slot, name[row.actor], va="center", fontweight="medium")
    if unknown:
        ax.plot(_BUS, row.slot, "o", markersize=6, markerfacecolor="none", markeredgecolor=plotting.REPORT)
        ax.text(_BUS - 0.12, row.slot, NOBODY, ha="right", va="center", color=plotting.MUTED)


def _draw_agent(ax: plotting.Axes, coding: Annotations, agent: str, slots: pd.Series, name: dict[str, str]) -> None:
    ax.plot([_BUS, _BUS], [slots.min(), slots.max()], color=plotting.REPORT, linewidth=1.5, solid_capstyle="butt")
    held = phrasing.listing([f"{words} {name[body]}" for words, body in offices_of(coding, agent)])
    label = _wrapped(name[agent], 14)
    ax.text(_BUS - 0.12, slots.mean(), label, ha="right", va="bottom" if held else "center", fontweight="bold", color=plotting.REPORT)
    if held:
        ax.text(_BUS - 0.12, slots.mean() + 0.12, _wrapped(held, 14), ha="right", va="top", color=plotting.MUTED)


def _draw_bodies(ax: plotting.Axes, rows: pd.DataFrame, name: dict[str, str]) -> None:
    ends: dict[str, list[float]] = {}
    for row in rows.itertuples():
        for place, (words, body) in enumerate(row.offices):
            y = row.slot + place
            ax.plot([_LINE, _BODY], [y, y], color=plotting.MUTED, linewidth=1)
            ax.text((_LINE + _BODY) / 2 + 0.02, y - 0.08, words, color=plotting.MUTED, ha="center", va="bottom")
            if place:  # hang the second office on the first
                ax.plot([_LINE, _LINE], [y - 1, y], color=plotting.MUTED, linewidth=1)
            ends.setdefault(body, []).append(y)
    for body, places in ends.items():
        ax.plot([_BODY, _BODY], [min(places), max(places)], color=plotting.MUTED, linewidth=1)
        ax.text(_BODY + 0.08, sum(places) / len(places), _wrapped(name[body], 18), va="center")


def _draw_idle(ax: plotting.Axes, row: Any, name: dict[str, str]) -> None:
    y = row.slot + 1.1
    ax.text(0, y, name[row.actor], va="center", fontweight="medium")
    for words, body in row.offices:
        ax.plot([1.6, 2.5], [y, y], color=plotting.MUTED, linewidth=1)
        ax.text(2.05, y - 0.08, words, color=plotting.MUTED, ha="center", va="bottom")
        ax.text(2.58, y, name[body], va="center")
