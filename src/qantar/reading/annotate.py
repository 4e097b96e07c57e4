"""The machine reading of a report in the shape of the hand coding, so that every analysis runs on either.

A row holds what its words carry. What only a reader can tell is left out: to whom somebody belongs beyond the words of
a name or title, which rows tell one happening (``same_as`` of events), where it happens, what the later record says of
it. Summaries are put together from the columns.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qantar.formats import check_edtf
from qantar.reading import Sentences, codes, links, read_sentences
from qantar.reading.cast import Cast
from qantar.reading.descriptions import Descriptions
from qantar.reading.numbering import finish
from qantar.reading.phrases import CLOSING, OPENING
from qantar.reading.rows import Event, Quantity, Statement
from qantar.reading.scene import Scene
from qantar.reading.source import publication_day
from qantar.report import Report, ReportError, Sentence

if TYPE_CHECKING:
    import pandas as pd

    from qantar.annotations import Annotations

__all__ = ["TABLES", "read", "read_rows", "save", "uncovered"]

Row = dict[str, Any]
# A statement's row, what was read of it, and the offset at which what is said begins.
Said = list[tuple[Row, Statement, int]]
TABLES = ("actors", "mentions", "events", "figures", "dates", "statements", "reactions", "relations")


@dataclass
class _Reading:
    """What is carried from sentence to sentence."""

    text: str
    published: str
    told: Descriptions
    scenes: list[Scene] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})


def read(report: Report, published: datetime.date | str | None = None, country: str | None = None) -> Annotations:
    """The machine reading of any Arabic report, in the tables and types that ``load_coding`` gives.

    ``published`` (a day, or ISO 8601) is by default that of the report's metadata; ``country`` (ISO 3166-1 alpha-2) the
    state that the report is about, by default the one that its opening names most often. Raises ``ReportError`` if the
    day of publication is not known or is none.

    >>> coding = read(Report("أعلنت وزارة الصحة اللبنانية إصابة 17 شخصاً."), published="2021-03-19")
    >>> coding.figures[["quote", "value", "unit", "precision", "statement"]].values.tolist()
    [['17 شخصاً', 17.0, 'person', 'exact', 'V01']]
    """
    from qantar.annotations import Annotations, locate
    from qantar.schema import make_table

    rows = read_rows(report, _day(report, published), country)
    return Annotations(**{name: locate(report, make_table(name, rows[name])) for name in TABLES})


def read_rows(report: Report, published: datetime.date, country: str | None = None) -> dict[str, list[Row]]:
    """The rows of a machine reading by table, as `read` puts them into frames, which takes as long as the reading.

    A row lacks the columns in which it has nothing; ``start`` is the offset of its quote.
    """
    layers = list(read_sentences(report.sentences, published, country))
    cast = Cast(actor for found in layers for actor in found.actors)
    reading = _Reading(report.text, published.isoformat(), Descriptions(cast))
    for sentence, found in zip(report.sentences, layers, strict=True):
        _read_sentence(reading, sentence, found)
    rows = reading.rows | _cast_rows(reading)
    finish(rows)
    return rows


def uncovered(report: Report, coding: Annotations) -> pd.DataFrame:
    """The sentences in which the machine found nothing, as the table ``uncovered``."""
    from qantar.schema import make_table

    covered = {sentence for table in coding.tables().values() for sentence in table["sentence"]}
    bare = [sentence.id for sentence in report.sentences if sentence.id not in covered]
    return make_table("uncovered", [{"sentence": id_, "reason": "The machine found nothing in it."} for id_ in bare])


def save(report: Report, coding: Annotations, folder: str | Path) -> None:
    """Writes a machine reading into a folder from which ``load_coding(report, folder)`` gives the same tables."""
    from qantar.schema import write_table

    coding.to_csv(folder)
    write_table(uncovered(report, coding), Path(folder) / "uncovered.csv", "uncovered")


def _day(report: Report, published: datetime.date | str | None) -> datetime.date:
    day = report.published if published is None else published
    if day is None:
        raise ReportError("the report has no day of publication; give it as published='2022-01-09'")
    return publication_day(day, "published")


# ------------------------------------------------------------------------------------------------ one sentence


def _read_sentence(reading: _Reading, sentence: Sentence, found: Sentences) -> None:
    scene, told, rows = Scene.of(sentence, found.actors), reading.told, reading.rows
    told.cast.enter(scene, reading.text)
    reading.scenes.append(scene)
    said = _statements(scene, found.statements, told)
    events = _events(scene, found, told, said)
    rows["statements"] += [row for row, *_ in said]
    rows["events"] += [row for row, _ in events]
    for quantity in found.quantities:
        rows["figures"] += _figure(scene, quantity, found, said, reading.published)
    rows["dates"] += _dates(scene, found, events)
    for row in links.reactions(found.reactions, scene, told):
        event = next((other for other, _ in events if other["start"] == row["start"]), {})
        start, end = row["start"], row["start"] + len(row["quote"])
        rows["reactions"].append(row | {"date": event.get("date"), "statement": _holder(said, start, end)})
    rows["relations"] += links.relations(scene, events)
    told.remember(scene)


def _statements(scene: Scene, found: Iterable[Statement], told: Descriptions) -> Said:
    made: Said = []
    for statement in found:
        start = statement.verb_start
        speaker = told.speaker(statement.speaker, scene, start)
        before = made[-1][0] if made else None
        same = before if before and before["speaker"] is speaker else None
        # A participle goes on with the words of the verb before it: أضاف، في بيان، ... لافتاً إلى.
        medium = codes.medium(statement) or (same and same["medium"])
        first = same and (same["same_as"] or same) if codes.repeats(statement) else None
        row = scene.evidence(start, start + len(statement.verb)) | {
            "speaker": speaker, "cue": codes.cue(statement), "mode": first["mode"] if first else statement.kind,
            "medium": medium, "same_as": first,
        }  # fmt: skip
        made.append((row, statement, _opening(scene.sentence, statement)))
    return made


def _opening(sentence: Sentence, statement: Statement) -> int:
    """Where what is said begins: at the cue, or at the quotation marks that stand before it."""
    before = sentence.text[: statement.verb_start - sentence.start].rstrip(" ،,")
    if statement.kind == "direct" and before[-1:] in CLOSING:
        return sentence.start + max(0, *(before.rfind(mark, 0, len(before) - 1) for mark in OPENING))
    return statement.start


def _holder(said: Said, start: int, end: int) -> Row | None:
    """The statement in which a span stands; else the one whose particle after it gives it to a source."""
    inside = [row for row, statement, opening in said if opening <= start < statement.end]
    if inside:
        return inside[-1]
    after = [(row, statement) for row, statement, _ in said if row["speaker"] and end <= statement.start]
    return next((row for row, statement in after if codes.is_particle(statement)), None)


def _events(scene: Scene, found: Sentences, told: Descriptions, said: Said) -> list[tuple[Row, Event]]:
    targets = [codes.target(event, found.quantities, scene.sentence) for event in found.events]
    suffered = {target: event.class_ for event, target in zip(found.events, targets, strict=True)}
    counts = {quantity.text: (quantity, suffered.get(quantity.text, "")) for quantity in found.quantities}
    made = []
    for event, target in zip(found.events, targets, strict=True):
        holder = _holder(said, event.start, event.end)
        voice = codes.voice(event, scene.words, target in counts)
        agent = told.actors(event.actor, scene, event.start, counts=counts)
        if voice == "nominal":  # زيارة دمشق: a city after a noun is no agent
            agent = [one for one in agent if one.kind != "place"]
        patient = told.actors(target, scene, event.start, within=True, counts=counts)
        row = scene.evidence(event.start, event.end) | {
            "kind": event.class_, "plover": codes.plover(event.class_, event.predicate),
            "voice": voice, "agent": agent, "patient": [one for one in patient if one not in agent],
            "date": _edtf(event.date), "statement": holder,
            "status": "claimed" if holder and event.status == "asserted" else event.status,
        }  # fmt: skip
        made.append((row, event))
    return made


def _figure(scene: Scene, quantity: Quantity, found: Sentences, said: Said, published: str) -> list[Row]:
    """The row of a quantity; none for a number that a table of numbers can't hold."""
    value = quantity.value if quantity.value is not None else quantity.value_min or 1
    if any(abs(number) > 1e15 or 0 < abs(number) < 1e-4 for number in (value, quantity.value_max or 0)):
        return []
    holder = _holder(said, quantity.start, quantity.end)
    precise, at_most = codes.precision(quantity, scene.sentence)
    top = value if at_most and quantity.value_max is None else quantity.value_max
    return [scene.evidence(quantity.start, quantity.end) | {
        "value": float(value), "value_max": None if top is None else float(top), "unit": codes.unit(quantity),
        "measures": codes.measures(quantity, found.events, scene.sentence), "precision": precise, "as_of": published,
        "attributed_to": holder and holder["speaker"], "statement": holder,
    }]  # fmt: skip


def _dates(scene: Scene, found: Sentences, events: list[tuple[Row, Event]]) -> list[Row]:
    made = []
    for date in found.dates:
        named = [row for row, event in events if date.anchor and event.text in date.anchor]
        anchor = named[0] if named else codes.counted_from(date)
        note = f"{date.offset} from {'what the words name' if date.anchor else 'an event'}." if date.offset else None
        row = {"value": _edtf(date.value), "kind": date.kind, "anchor": anchor, "note": note}
        made.append(scene.evidence(date.start, date.end) | row)
    return made


def _edtf(value: str | None) -> str | None:
    return value if value and check_edtf(value) is None else None


# ----------------------------------------------------------------------------------------------- all sentences


def _cast_rows(reading: _Reading) -> dict[str, list[Row]]:
    """The rows of the actors, each with the words that name it first, and of all mentions."""
    for scene in reading.scenes:
        reading.told.repeat(scene)
    mentions = [(m, scene) for scene in reading.scenes for m in sorted(scene.mentions, key=lambda m: (m.start, -m.end))]
    scenes = {id(mention): scene for mention, scene in mentions}
    actors = [scenes[id(first)].evidence(first.start, first.end) | {
        "id": one.id, "kind": one.kind, "name_en": one.english, "name_ar": one.name, "role_ar": one.role or None,
        "affiliation": one.affiliation, "note": one.note,
    } for one, first in reading.told.cast.number(mention for mention, _ in mentions)]  # fmt: skip
    rows = [scene.evidence(m.start, m.end) | {"actor": m.member, "form": m.form} for m, scene in mentions]
    return {"actors": actors, "mentions": rows}
