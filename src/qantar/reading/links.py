"""Rows that join actors: the reactions from abroad, and the relations that the words leave no doubt about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from qantar.reading.descriptions import Descriptions
from qantar.reading.rows import Event, Reaction
from qantar.reading.scene import Member, Scene

Row = dict[str, Any]

_ACTS = {"dismissal": "dismissed", "appointment": "appointed", "arrest": "detained"}
_HEAD = re.compile(r"(?:ال)?(?:رئيسة|رئيس|ملكة|ملك)\s+(\S.*)")
_SPOKESMAN = re.compile(r"(?:ال)?(?:متحدثة|متحدث|ناطقة|ناطق)\b.*?\sباسم\s")


def reactions(found: Iterable[Reaction], scene: Scene, told: Descriptions) -> Iterator[Row]:
    """The reactions of a sentence whose actor is known; a capital or a minister stands for the state."""
    members = told.cast.members
    for reaction in found:
        actor = _abroad(reaction, scene, told)
        if actor is not None:
            state = members.get(("state", actor.territory)) if actor.kind == "place" else None
            yield scene.evidence(reaction.start, reaction.end) | {
                "actor": state or actor, "addressee": members.get(("state", reaction.addressee or "")),
                "kind": reaction.kind, "stance": reaction.stance,
            }  # fmt: skip


def _abroad(reaction: Reaction, scene: Scene, told: Descriptions) -> Member | None:
    """The actor named so, else the state whose adjective stands in the phrase, else whom the phrase means."""
    named = [m for m in scene.mentions if m.form != "title" and scene.text(m.start, m.end) == reaction.actor]
    if named:
        return min(named, key=lambda m: abs(m.start - reaction.start)).member
    start = scene.sentence.start + max(0, scene.sentence.text.find(reaction.actor))
    end = start + len(reaction.actor)
    states = [m.member for m in scene.mentions if m.form == "adjective" and start <= m.start and m.end <= end]
    return states[0] if states else told.speaker(reaction.actor, scene, reaction.start)


def relations(scene: Scene, events: Iterable[tuple[Row, Event]]) -> Iterator[Row]:
    """Heads of states by their title, who speaks for whom, and the acts whose both sides are known."""
    for mention in scene.mentions:
        words, one, of = scene.text(mention.start, mention.end), mention.member, mention.member.affiliation
        head = _HEAD.fullmatch(words) if mention.form == "title" else None
        state = scene.spans.get((mention.start + head.start(1), mention.end)) if head else None
        predicate = "heads" if state and state.member is of and of is not None and of.kind == "state" else ""
        if not predicate and one.kind == "person" and _SPOKESMAN.match(words):
            predicate = "speaks_for"
        if of is not None and predicate:
            edge = {"subject": one, "predicate": predicate, "object": of}
            yield scene.evidence(mention.start, mention.end) | edge
    for row, event in events:
        if event.class_ in _ACTS and row["status"] in ("asserted", "claimed"):
            trigger = scene.evidence(event.start, event.end) | {"predicate": _ACTS[event.class_], "date": row["date"]}
            yield from (trigger | {"subject": agent, "object": one} for agent in row["agent"] for one in row["patient"])
