"""The actors of a report: how they are named, who acts and who is acted upon, what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from qantar import plotting
from qantar.annotations import Annotations
from qantar.formats import items
from qantar.network import acts, arrangement, names, of_kind, officers, offices_of
from qantar.record import Record

FORMS = ("name", "title", "metonym", "description", "adjective")
KINDS = {"person": "individuals", "organisation": "organisations", "state": "states", "place": "places", "group": "groups"}
UNREAL = frozenset({"planned", "hypothetical", "denied"})
"""Status of events that have not happened, in the words of the report; drawn hollow."""
_AXIS = 3.95  # where the line between acting and being acted upon stands, in inches


def crowds(coding: Annotations) -> list[str]:
    """The groups that belong to nothing: protesters, detained, dead, as against officials, forces and leaders."""
    table = coding.actors
    return table.loc[(table["kind"] == "group") & table["affiliation"].isna(), "id"].tolist()


def naming(coding: Annotations) -> pd.DataFrame:
    """How many mentions of each kind of actor take each form: a row a kind, a column a form."""
    kinds = coding.mentions["actor"].map(coding.actors.set_index("id")["kind"])
    table = pd.crosstab(kinds, coding.mentions["form"])
    return table.reindex(index=list(KINDS), columns=list(FORMS), fill_value=0).rename_axis(None, axis=1)


def naming_table(coding: Annotations) -> pd.DataFrame:
    """``naming`` as the book shows it, with the number of actors of each kind and of their mentions."""
    table = naming(coding)
    counts = coding.actors["kind"].value_counts().reindex(table.index, fill_value=0)
    made = table.assign(mentions=table.sum(axis=1)).rename(index=KINDS)
    made.insert(0, "actors", counts.to_numpy())
    return made.rename_axis("kind").reset_index()


def forms(coding: Annotations, actors: Iterable[str] | None = None) -> pd.DataFrame:
    """Every distinct wording for an actor: ``actor, form, words, times, sentences``, actors by their first mention."""
    table = coding.mentions.sort_values("start", kind="stable")
    if actors is not None:
        table = table[table["actor"].isin(list(actors))]
    groups = table.groupby(["actor", "form", "quote"], sort=False)["sentence"]
    made = groups.agg(times="size", sentences=lambda s: ";".join(s.drop_duplicates())).reset_index()
    first = {actor: place for place, actor in enumerate(table["actor"].drop_duplicates())}
    made = made.sort_values("actor", key=lambda column: column.map(first), kind="stable", ignore_index=True)
    return made.assign(actor=made["actor"].map(names(coding))).rename(columns={"quote": "words"})


def deeds(coding: Annotations) -> pd.DataFrame:
    """For each actor of any event, how often it acts and is acted upon: ``actor, side, real, unreal, acts, suffers``.

    ``real`` and ``unreal`` count the events in which it acts; unreal ones are planned, purposed, speculated or denied.
    ``side`` is the kind of actor, ``crowd`` for the groups that belong to nothing.
    """
    events, crowd = coding.events, set(crowds(coding))
    unreal = events["status"].isin(UNREAL)
    count = {name: Counter(a for cell in part for a in items(cell)) for name, part in
             {"real": events.loc[~unreal, "agent"], "unreal": events.loc[unreal, "agent"],
              "suffers": events.loc[~unreal, "patient"], "suffers_unreal": events.loc[unreal, "patient"]}.items()}
    table = coding.actors[["id", "kind"]].rename(columns={"id": "actor"}).reset_index(drop=True)
    table["side"] = ["crowd" if actor in crowd else kind for actor, kind in zip(table["actor"], table["kind"], strict=True)]
    for name, counted in count.items():
        table[name] = [counted[actor] for actor in table["actor"]]
    table["acts"] = table["real"] + table["unreal"]
    table["suffered"] = table["suffers"] + table["suffers_unreal"]
    return table[table["acts"] + table["suffered"] > 0].drop(columns="kind").reset_index(drop=True)


def deeds_table(coding: Annotations) -> pd.DataFrame:
    """``deeds`` as the book shows it, most active first."""
    table = deeds(coding).sort_values(["acts", "suffered"], ascending=[False, False], kind="stable")
    return pd.DataFrame({
        "actor": table["actor"].map(names(coding)), "kind": table["side"], "acts": table["acts"],
        "of these, not done": table["unreal"], "acted upon": table["suffered"],
    }).reset_index(drop=True)


def fates(coding: Annotations, record: Record, kind: str = "person") -> pd.DataFrame:
    """What became of the actors of one kind, where the later record says so: ``actor, in the report, later``."""
    later = {slug: row.fate for row in record.identities.itertuples() for slug in items(row.actors)}
    table = coding.actors[coding.actors["kind"] == kind]
    found = [later.get(slug) for slug in table["id"]]
    return pd.DataFrame({
        "actor": table["name_en"], "in the report": table["role_en"],
        "later": [text if isinstance(text, str) else "not recorded" for text in found],
    }).reset_index(drop=True)


def violent(coding: Annotations) -> pd.DataFrame:
    """The events of violence and killing that are said to have happened."""
    events = coding.events
    return events[events["kind"].isin(["violence", "killing"]) & ~events["status"].isin(UNREAL)]


@plotting.styled
def naming_figure(coding: Annotations) -> plotting.Figure:
    """Every mention as a square: kinds of actor from top to bottom, forms of naming from left to right."""
    table = naming(coding)
    table = table[table.sum(axis=1) > 0]
    if table.empty:
        return plotting.nothing("the report names nobody")
    people, groups = (table.loc[kind] if kind in table.index else table.sum() * 0 for kind in ("person", "group"))
    told = {row: ", ".join(f"{counts[form]} by {form}" for form in ("name", "title", "description"))
            for row, counts in (("individuals", people), ("groups", groups))}
    alt = (f"{int(table.to_numpy().sum())} mentions by kind of actor and form of naming. "
           f"Individuals: {told['individuals']}. Groups: {told['groups']}.")
    wide, step = 5, 0.13
    tall = [max(1, -(-int(table.loc[kind].max()) // wide)) for kind in table.index]
    drawn, ax = plotting.axes(sum(tall) * step + 0.34 * len(tall) + 0.85, alt)
    top, left = 0.0, 1.12
    for kind, height in zip(table.index, tall, strict=True):
        ax.text(0, top, KINDS[kind], va="center", fontweight="medium")
        for place, form in enumerate(FORMS):
            _squares(ax, left + place * 0.97, top, int(table.loc[kind, form]), wide, step)
        top += height * step + 0.34
        ax.plot([0, plotting.WIDTH], [top - 0.24, top - 0.24], color=plotting.RULE, linewidth=0.6)
    for place, form in enumerate(FORMS):
        ax.text(left + place * 0.97 - step / 2, -0.22, form, color=plotting.MUTED, va="bottom")
    ax.set(xlim=(0, plotting.WIDTH), ylim=(top - 0.1, -0.45), aspect="equal")
    strict = not people["description"] and not groups["name"]
    ax.set_title("Individuals have names, groups have descriptions" if strict else "How actors are named")
    ax.axis("off")
    return drawn


def _squares(ax: plotting.Axes, left: float, top: float, count: int, wide: int, step: float) -> None:
    xs, ys = [left + i % wide * step for i in range(count)], [top + i // wide * step for i in range(count)]
    ax.plot(xs, ys, "s", markersize=6.4, color=plotting.REPORT, markeredgewidth=0)
    if count:
        ax.text(left + min(count, wide) * step, top, str(count), va="center")
    else:
        ax.text(left - step / 2, top, "–", va="center", color=plotting.MUTED)


@plotting.styled
def deeds_figure(coding: Annotations) -> plotting.Figure:
    """Who acts (right of the line) and who is acted upon (left); hollow squares are events that have not happened."""
    table, name = deeds(coding), names(coding)
    if table.empty:
        return plotting.nothing("nobody acts or is acted upon in an event of the report")
    sides = [side for side in (*KINDS, "crowd") if side in set(table["side"])]
    titles = {**KINDS, "group": "groups of officials, forces, leaders", "crowd": "crowds"}
    top = table.sort_values("acts", ascending=False, kind="stable").iloc[0]
    crowd = table[table["side"] == "crowd"]
    alt = (f"{len(table)} actors of events. {name[top['actor']]} acts in {top['acts']} and is acted upon in {top['suffered']}. "
           f"The crowds ({len(crowd)}) act in {crowd['acts'].sum()} and are acted upon in {crowd['suffered'].sum()}.")
    drawn, ax = plotting.axes(0.235 * (len(table) + 1.6 * len(sides)) + 0.9, alt)
    y = 0.0
    for side in sides:
        ax.text(0, y, titles[side], color=plotting.MUTED, va="center")
        part = table[table["side"] == side].sort_values(["acts", "suffered"], ascending=[False, True], kind="stable")
        for row in part.itertuples():
            y += 1
            ax.text(0.12, y, name[row.actor], va="center", fontweight="medium")
            _units(ax, y, row.real, row.unreal, 1)
            _units(ax, y, row.suffers, row.suffers_unreal, -1)
        y += 1.6
    _deeds_frame(ax, y)
    return drawn


def _deeds_frame(ax: plotting.Axes, bottom: float) -> None:
    ax.plot([_AXIS, _AXIS], [0.4, bottom - 1], color=plotting.INK, linewidth=0.8)
    ax.text(_AXIS - 0.07, 0.2, "acted upon", ha="right", va="bottom", color=plotting.PLUM, fontweight="semibold")
    ax.text(_AXIS + 0.07, 0.2, "acts", ha="left", va="bottom", color=plotting.REPORT, fontweight="semibold")
    ax.text(plotting.WIDTH, bottom - 1.2, "hollow: planned,\npurposed, guessed\nor denied", ha="right", va="bottom", color=plotting.MUTED)
    ax.set(xlim=(0, plotting.WIDTH), ylim=(bottom - 0.8, -0.8))
    ax.set_title("Who acts, and who is acted upon")
    ax.axis("off")


def _units(ax: plotting.Axes, y: float, real: int, unreal: int, side: int) -> None:
    """Squares outwards from the axis, filled ones first."""
    colour = plotting.REPORT if side > 0 else plotting.PLUM
    for place in range(real + unreal):
        ax.plot(_AXIS + side * (0.14 + place * 0.17), y, "s", markersize=8, markeredgecolor=colour,
                markerfacecolor=colour if place < real else "none", markeredgewidth=1.2)


def unnamed_individuals(coding: Annotations) -> list[str]:
    """Individuals whom the report never calls by a name."""
    named = set(coding.mentions.loc[coding.mentions["form"] == "name", "actor"])
    return [slug for slug in of_kind(coding, "person") if slug not in named]


def _form(kind: str, form: str) -> Callable[[Any], int]:
    return lambda book: int(naming(book.coding).loc[kind, form])


def _kind_mentions(kind: str) -> Callable[[Any], int]:
    return lambda book: int(naming(book.coding).loc[kind].sum())


def _deed(column: str, **where: str) -> Callable[[Any], int]:
    def total(book: Any) -> int:
        table = deeds(book.coding)
        for name, value in where.items():
            table = table[table[name] == value]
        return int(table[column].sum())

    return total


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "actors": lambda book: len(book.coding.actors),
    "mentions": lambda book: len(book.coding.mentions),
    "individuals": lambda book: len(of_kind(book.coding, "person")),
    "groups": lambda book: len(of_kind(book.coding, "group")),
    "crowds": lambda book: len(crowds(book.coding)),
    "individual_mentions": _kind_mentions("person"),
    "individual_names": _form("person", "name"),
    "individual_titles": _form("person", "title"),
    "group_mentions": _kind_mentions("group"),
    "group_titles": _form("group", "title"),
    "group_descriptions": _form("group", "description"),
    "metonyms": lambda book: int(naming(book.coding)["metonym"].sum()),
    "unnamed_individuals": lambda book: len(unnamed_individuals(book.coding)),
    "tokayev_mentions": lambda book: int((book.coding.mentions["actor"] == "tokayev").sum()),
    "kazakhstan_mentions": lambda book: int((book.coding.mentions["actor"] == "kazakhstan").sum()),
    "acts": lambda book: len(acts(book.coding)),
    "most_acts": lambda book: int(acts(book.coding)["subject"].value_counts().max() if len(acts(book.coding)["subject"].dropna()) else 0),
    "hidden_acts": lambda book: int(acts(book.coding)["subject"].isna().sum()),
    "idle": lambda book: int(arrangement(book.coding)["act"].isna().sum()),
    "in_office": lambda book: sum(bool(offices_of(book.coding, slug)) for slug in of_kind(book.coding, "person")),
    "largest_body": lambda book: int(officers(book.coding)["people"].max() if len(officers(book.coding)) else 0),
    "events": lambda book: len(book.coding.events),
    "events_with_agent": lambda book: int(book.coding.events["agent"].notna().sum()),
    "events_bare": lambda book: int((book.coding.events["agent"].isna() & book.coding.events["patient"].isna()).sum()),
    "tokayev_acts": _deed("acts", actor="tokayev"),
    "crowd_acts": _deed("acts", side="crowd"),
    "crowd_suffered": _deed("suffered", side="crowd"),
    "violent": lambda book: len(violent(book.coding)),
    "verdicts": lambda book: int(book.record.claims["topic"].str.endswith("_verdict").sum()),
    "unknown_fates": lambda book: int((fates(book.coding, book.record)["later"] == "not recorded").sum()),
}
