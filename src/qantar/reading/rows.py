"""What the reader finds: one frozen record a kind, in the shape that ``qantar read`` prints.

``start`` and ``end`` are offsets into the report as read, ``text`` is what lies between them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Date:
    """A time expression. ``value`` is EDTF; None for an offset from another event, then ``offset`` is an ISO duration."""

    start: int
    end: int
    text: str
    value: str | None
    kind: str
    offset: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts; ``unit`` is an English singular, an ISO 4217 code or ``percent``."""

    start: int
    end: int
    text: str
    value: int | float | None
    value_max: int | float | None = None
    value_min: int | float | None = None
    unit: str | None = None
    approx: bool = False
    vague: bool = False
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A named mention; ``type`` is PER, ORG, GPE, LOC or GROUP, ``actor`` the fullest form of the name so far."""

    start: int
    end: int
    text: str
    type: str
    actor: str
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody is made to speak; ``verb`` is the cue without proclitics."""

    start: int
    end: int
    text: str
    speaker: str | None
    verb: str
    verb_start: int
    kind: str
    sense: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens; ``predicate`` is the lemma, the span the trigger word. ``class`` is a word of Python."""

    start: int
    end: int
    text: str
    predicate: str
    actor: str | None
    target: str | None
    date: str | None
    class_: str
    status: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """A foreign state or international organisation speaks or acts about the country that the report is about."""

    start: int
    end: int
    text: str
    actor: str
    addressee: str | None
    kind: str
    stance: str
