"""The events of a report: of what kind they are, how sure, who acts in them, and what they are called.

When they happened, and in which order they are told, is in ``qantar.chronology``; its rows and happenings are those here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar import phrasing
from qantar.annotations import Annotations
from qantar.chronology import PRECISIONS, STATUSES, beginning, days, forward_anchors, from_the_end, happenings, missing, reversals, stops, undated_stretch, unreached
from qantar.formats import items
from qantar.report import Report

SAID_TO_HAVE_HAPPENED = ("asserted", "claimed")
FORCE = ("killing", "violence", "arrest")
OWN = "the report itself"
NOBODY = "nobody"

UNREST: dict[str, tuple[str, str, str]] = {
    "احتجاجات": ("احتجاجات", "protests", "people object to something"),
    "احتجاج": ("حركة احتجاج", "protest movement", "people object, together and for some time"),
    "مظاهرات": ("مظاهرات", "demonstrations", "people show in the street what they want"),
    "اضطرابات": ("اضطرابات", "unrest, disturbances", "order is disturbed, by whom is left open"),
    "أحداث": ("أحداث", "events", "something took place; nobody wants anything"),
    "أعمال العنف": ("أعمال العنف", "acts of violence", "force is used, by whom is left open"),
    "عنف": ("عنف", "violence", "force is used, by whom is left open"),
    "انتفاضة": ("انتفاضة", "uprising", "people rise against those in power"),
}
"""Each word for the unrest without its article: as shown, in English, and what it grants to what took place."""


def agency(coding: Annotations) -> pd.DataFrame:
    """For each kind of event how often somebody acts: ``kind, rows, happenings, somebody acts, nobody acts, active, passive, nominal``."""
    table = coding.events
    made = pd.DataFrame({
        "rows": table["kind"].value_counts(sort=False), "happenings": happenings(coding)["kind"].value_counts(),
        "somebody acts": table[table["agent"].notna()]["kind"].value_counts(),
        "nobody acts": table[table["agent"].isna()]["kind"].value_counts(),
        **{voice: table[table["voice"] == voice]["kind"].value_counts() for voice in ("active", "passive", "nominal")},
    })
    made = made.fillna(0).astype(int).sort_values(["rows", "happenings"], ascending=False, kind="stable")
    return made.rename_axis("kind").reset_index()


def force(coding: Annotations, kinds: tuple[str, ...] = FORCE) -> pd.DataFrame:
    """Every row of killing, violence or arrest with whoever does it: ``id, sentence, words, kind, status, form, who``."""
    table = coding.events[coding.events["kind"].isin(kinds)].sort_values("start", kind="stable")
    return pd.DataFrame({
        "id": table["id"], "sentence": table["sentence"], "words": table["quote"], "kind": table["kind"],
        "status": table["status"], "form": table["voice"], "who": _people(coding, table["agent"]),
    }).reset_index(drop=True)


def real_force(coding: Annotations) -> pd.DataFrame:
    """The rows of killing and violence that are said to have happened, as ``force`` gives them."""
    table = force(coding, ("killing", "violence"))
    return table[table["status"].isin(SAID_TO_HAVE_HAPPENED)].reset_index(drop=True)


def doers(coding: Annotations) -> pd.DataFrame:
    """Everybody who acts in some event, most often first: ``who, rows, said to have happened, kinds``."""
    table = coding.events.dropna(subset=["agent"]).assign(who=lambda t: t["agent"].map(items)).explode("who")
    table["real"] = table["status"].isin(SAID_TO_HAVE_HAPPENED)
    made = table.groupby("who", sort=False).agg(
        rows=("id", "size"), real=("real", "sum"),
        kinds=("kind", lambda kinds: ", ".join(f"{kind} {n}" for kind, n in kinds.value_counts().items())),
    ).reset_index()
    made["who"] = _people(coding, made["who"])
    return made.sort_values(["rows", "real"], ascending=False, kind="stable", ignore_index=True).rename(columns={"real": "said to have happened"})


def plover(coding: Annotations) -> pd.DataFrame:
    """The rows by PLOVER event type, most frequent first, those that fit none last: ``type, rows, kinds``."""
    table = coding.events.assign(type=coding.events["plover"].fillna("none"))
    made = table.groupby("type").agg(
        rows=("id", "size"), kinds=("kind", lambda k: ", ".join(f"{kind} {n}" for kind, n in k.value_counts().items()))).reset_index()
    return made.sort_values(["type", "rows"], key=lambda c: c == "none" if c.name == "type" else -c, kind="stable", ignore_index=True)


def statuses(coding: Annotations) -> pd.DataFrame:
    """The rows of each kind of event by their status, and a last line for all."""
    made = pd.crosstab(coding.events["kind"], coding.events["status"]).reindex(columns=STATUSES, fill_value=0)
    made = made.loc[made.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    made.loc["all kinds"] = made.sum()
    return made.rename_axis("kind", axis=0).rename_axis(None, axis=1).reset_index()


def headings(report: Report, coding: Annotations) -> pd.DataFrame:
    """The events that subheadings state, and where the text tells each next: ``id, words, heading, status, next, there, status there, source there``."""
    table = coding.events.sort_values("start", kind="stable")
    table = table.assign(source=_mouths(coding, table), happening=table["same_as"].fillna(table["id"]))
    heads = {s.id for s in report.sentences if s.kind == "heading"}
    made = []
    for row in table[table["sentence"].isin(heads)].itertuples():
        again = table[(table["happening"] == row.happening) & (table["start"] > row.start)].head(1)
        there = again[["id", "sentence", "status", "source"]].values.tolist() or [[None] * 4]
        made.append([row.id, row.quote, row.sentence, row.status, *there[0]])
    return pd.DataFrame(made, columns=["id", "words", "heading", "status", "next", "there", "status there", "source there"])


def unrest_rows(coding: Annotations) -> pd.DataFrame:
    """Every row whose trigger is a word for the unrest as a whole: ``id, sentence, at, word, mouth``."""
    table = coding.events.sort_values("start", kind="stable")
    table = table.assign(word=[quote.removeprefix("ال") for quote in table["quote"]], mouth=_mouths(coding, table))
    table = table[table["word"].isin(UNREST) & table["kind"].isin(["protest", "violence"])]
    return table[["id", "sentence", "word", "mouth"]].reset_index(drop=True)


def unrest(coding: Annotations) -> pd.DataFrame:
    """The words for the unrest, most frequent first: ``word, in English, it grants, rows, in whose mouth, sentences``."""
    table = unrest_rows(coding)
    made = table.groupby("word", sort=False).agg(
        rows=("id", "size"), mouths=("mouth", lambda m: ", ".join(f"{who} {n}" for who, n in m.value_counts().items())),
        sentences=("sentence", lambda s: ";".join(s.drop_duplicates()))).reset_index()
    made = made.sort_values("rows", ascending=False, kind="stable", ignore_index=True)
    shown = [UNREST[word] for word in made["word"]]
    return pd.DataFrame({
        "word": [s[0] for s in shown], "in English": [s[1] for s in shown], "it grants": [s[2] for s in shown],
        "rows": made["rows"], "in whose mouth": made["mouths"], "sentences": made["sentences"],
    })


def _people(coding: Annotations, cells: pd.Series) -> list[str]:
    names = coding.actors.set_index("id")["name_en"]
    return [", ".join(names[slug] for slug in items(cell)) or NOBODY for cell in cells]


def _mouths(coding: Annotations, table: pd.DataFrame) -> list[str]:
    """Who says what each row tells: the speaker of its statement, or the report itself."""
    speakers = coding.statements.set_index("id")["speaker"]
    names = coding.actors.set_index("id")["name_en"]
    return [OWN if not isinstance(s, str) else str(names.get(speakers[s], "nobody named")) for s in table["statement"]]


def _where(**wanted: str) -> Callable[[Any], int]:
    """How many rows have these values."""
    return lambda book: int((book.coding.events[list(wanted)] == pd.Series(wanted)).all(axis=1).sum())


def _acted(kind: str) -> Callable[[Any], int]:
    """How many rows of a kind express an agent."""
    return lambda book: int(book.coding.events.loc[book.coding.events["kind"] == kind, "agent"].notna().sum())


def _place(book: Any, table: pd.DataFrame, row: str) -> str:
    """The place in the text of a row of this book's own report."""
    found = table.loc[table["id"] == row, "sentence"]
    return from_the_end(book.report, found.iloc[0]) if len(found) else phrasing.ABSENT


def _known(*wanted: str) -> Callable[[Any], int]:
    """How many happenings are dated with one of these precisions."""
    return lambda book: int(happenings(book.coding)["precision"].isin(wanted).sum())


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "rows": lambda book: len(book.coding.events),
    "happenings": lambda book: len(happenings(book.coding)),
    "dated": _known(*PRECISIONS[:-1]),
    "undated": _known("not dated"),
    "to_the_day": _known("to the day"),
    "about": _known("about a day"),
    "open": _known("from a day on"),
    "stops": lambda book: len(stops(book.report, book.coding)),
    "reversed": lambda book: reversals(book.report, book.coding)[0],
    "pairs": lambda book: reversals(book.report, book.coding)[1],
    "beginning_place": lambda book: _place(book, book.coding.dates, "D15"),
    "cause_place": lambda book: _place(book, book.coding.events, "E64"),
    "beginning_at": lambda book: phrasing.share(beginning(book.report, book.coding), 1),
    "undated_stretch": lambda book: phrasing.share(undated_stretch(book.report, book.coding), 1),
    "forward": lambda book: len(forward_anchors(book.coding)),
    "agentless": lambda book: int(book.coding.events["agent"].isna().sum()),
    "agentless_share": lambda book: phrasing.share(book.coding.events["agent"].isna().sum(), len(book.coding.events)),
    "nominal": _where(voice="nominal"),
    "passive": _where(voice="passive"),
    "active": _where(voice="active"),
    "force": lambda book: len(force(book.coding)),
    "force_agents": lambda book: int((force(book.coding)["who"] != NOBODY).sum()),
    "force_real": lambda book: len(real_force(book.coding)),
    "force_real_agents": lambda book: int((real_force(book.coding)["who"] != NOBODY).sum()),
    **{f"{kind}_rows": _where(kind=kind) for kind in ("killing", "violence", "arrest", "protest", "dismissal", "deployment", "meeting")},
    **{f"{kind}_agents": _acted(kind) for kind in ("killing", "violence", "arrest", "protest", "dismissal", "deployment")},
    **{status: _where(status=status) for status in STATUSES},
    "asserted_share": lambda book: phrasing.share(_where(status="asserted")(book), len(book.coding.events)),
    "meetings_planned": _where(kind="meeting", status="planned"),
    "dismissals_asserted": _where(kind="dismissal", status="asserted"),
    "plover_types": lambda book: book.coding.events["plover"].nunique(),
    "plover_typed": lambda book: int(book.coding.events["plover"].notna().sum()),
    "doers": lambda book: len(doers(book.coding)),
    "most_acts": lambda book: int(doers(book.coding)["rows"].max() if len(doers(book.coding)) else 0),
    "unrest_rows": lambda book: len(unrest_rows(book.coding)),
    "unrest_words": lambda book: len(unrest(book.coding)),
    "unrest_own": lambda book: int((unrest_rows(book.coding)["mouth"] == OWN).sum()),
    "record_before": lambda book: int(days(book.report, book.coding, book.record)["in the record"][:-1].sum()),
    "record_missing": lambda book: len(missing(book.report, book.record)),
    "days_unreached": lambda book: unreached(book.report, book.coding, book.record),
}
