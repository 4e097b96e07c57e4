"""The coding of the book's own report as gold.

The coding follows a wider codebook than the conventions of reading. `gold_of_coding` gives those of its rows that the
conventions cover, in their form, and says of each other row why it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from qantar.annotations import Annotations
from qantar.formats import items
from qantar.gold import GoldReport, Row, cell
from qantar.report import Report

_TYPES = {"person": "PER", "organisation": "ORG", "state": "GPE", "place": "GPE", "group": "GROUP"}
_COUNTED_FROM_EVENT = "counted from an event: the conventions give such a date no value"


def gold_of_coding(report: Report, coding: Annotations) -> GoldReport:
    """The coding of a report as gold, as far as the conventions of reading cover it.

    - Quantities: all. A vague one keeps its least value, a bound counts as approximate; ``role`` is what is measured.
    - Dates: without bare durations; those that a duration sets off from an event have no value, but an offset; those
      that name an event alone are left open.
    - Actors: names and metonyms, the outermost of nested ones; titles, descriptions and adjectives are left out.
    - Statements: without those that the report says were not made.
    - Events: all, ``claimed`` being ``asserted`` by somebody.
    - Reactions: all.
    """
    speakers = _Words(coding)
    left: list[Row] = []
    dates, unsettled = _dates(coding, left)
    layers = {
        "quantities": [_quantity(row, speakers) for row in _ordered(coding.figures)],
        "dates": dates,
        "actors": list(_actors(coding, left)),
        "statements": list(_statements(coding, speakers, left)),
        "events": [_event(row, speakers) for row in _ordered(coding.events)],
        "reactions": [
            {**_evidence(row), "actor": speakers.of(row.actor, row), "kind": row.kind, "stance": row.stance}
            for row in _ordered(coding.reactions)
        ],
    }
    return GoldReport("report", report, "KZ", layers, {"dates": unsettled}, tuple(left))


class _Words:
    """The words by which a coded report names its actors."""

    def __init__(self, coding: Annotations) -> None:
        self.mentions = list(_ordered(coding.mentions))

    def of(self, actors: object, row: Any, within: bool = False) -> str:
        """The words for one of some actors nearest to a row: in its sentence, else (not if ``within``) before it."""
        named = [m for m in self.mentions if m.actor in items(actors)]
        near = [m for m in named if m.sentence == row.sentence]
        if near:
            return min(near, key=lambda m: max(row.start - m.end, m.start - row.end, 0)).quote
        before = [] if within else [m for m in named if m.start < row.start]
        return before[-1].quote if before else ""


def _ordered(table: pd.DataFrame) -> Iterator[Any]:
    yield from table.sort_values(["start", "end"], kind="stable").itertuples()


def _evidence(row: Any) -> Row:
    return {
        "report": "report",
        "id": row.id,
        "sentence": row.sentence,
        "quote": row.quote,
        "start": int(row.start),
        "end": int(row.end),
    }


def _left_out(layer: str, row: Any, why: str) -> Row:
    return {"layer": layer, "id": row.id, "quote": row.quote, "why": why}


def _quantity(row: Any, speakers: _Words) -> Row:
    vague = row.precision == "vague"
    bound = row.precision == "bounded"
    return _evidence(row) | {
        "value": "" if vague else cell(row.value),
        "value_max": "" if bound else cell(row.value_max),
        "value_min": cell(row.value) if vague else "",
        "unit": row.unit,
        "role": row.measures,
        "approx": cell(bound or row.precision == "approximate"),
        "vague": cell(vague),
        "attributed_to": speakers.of(row.attributed_to, row),
    }


def _dates(coding: Annotations, left: list[Row]) -> tuple[list[Row], list[Row]]:
    """(gold dates, dates that the conventions leave open); what is left out is noted."""
    kept, unsettled = [], []
    for row in _ordered(coding.dates):
        from_event = isinstance(row.anchor, str) and row.anchor.startswith("E")
        spans = [
            f
            for f in _ordered(coding.figures)
            if row.start <= f.start and f.end <= row.end and f.measures == "duration"
        ]
        made = _evidence(row) | {"value": cell(row.value).replace("~", ""), "offset": "", "anchor": ""}
        if row.kind == "duration":
            left.append(_left_out("dates", row, "a bare duration: the conventions count it as a quantity"))
        elif from_event and spans:
            kept.append(made | {"value": "", "offset": f"P{cell(spans[0].value)}{spans[0].unit[0].upper()}"})
        elif from_event:
            unsettled.append(made)
            left.append(_left_out("dates", row, _COUNTED_FROM_EVENT))
        else:
            kept.append(made)
    return kept, unsettled


def _actors(coding: Annotations, left: list[Row]) -> Iterator[Row]:
    table = coding.actors.set_index("id")
    named = [m for m in _ordered(coding.mentions) if m.form in ("name", "metonym")]
    for row in _ordered(coding.mentions):
        if row.form not in ("name", "metonym"):
            left.append(_left_out("actors", row, f"named by {_article(row.form)}"))
        elif any(m.start <= row.start and row.end <= m.end and m.id != row.id for m in named):
            left.append(_left_out("actors", row, "inside a longer name"))
        else:
            name = table.at[row.actor, "name_ar"]
            yield _evidence(row) | {"type": _TYPES[table.at[row.actor, "kind"]], "actor": cell(name)}


def _article(form: str) -> str:
    return f"{'an' if form[0] in 'aeiou' else 'a'} {form}"


def _statements(coding: Annotations, speakers: _Words, left: list[Row]) -> Iterator[Row]:
    for row in _ordered(coding.statements):
        if row.mode == "withheld":
            left.append(_left_out("statements", row, "nothing is said: the report tells that somebody does not speak"))
        else:
            yield _evidence(row) | {"speaker": speakers.of(row.speaker, row), "kind": row.mode}


def _event(row: Any, speakers: _Words) -> Row:
    return _evidence(row) | {
        "class": row.kind,
        "status": "asserted" if row.status == "claimed" else row.status,
        "actor": speakers.of(row.agent, row, within=True),
        "target": speakers.of(row.patient, row, within=True),
        "date": cell(row.date).replace("~", ""),
    }
