"""How states and organisations abroad react: what they say and do about the country that the report is about."""

from __future__ import annotations

import functools

from qantar.arabic import fold
from qantar.reading.lexicons import load_lexicon, table, word_set
from qantar.reading.rows import Actor, Event, Reaction
from qantar.reading.statements import Spoken
from qantar.reading.words import Word, form_of

# The classes of events that are acts of foreign policy, and the kind of reaction each is.
_KINDS = {"deployment": "military", "meeting": "meeting", "policy": "diplomatic", "other": "diplomatic"}
_SENSES = {
    "condemn": "condemns",
    "welcome": "supports",
    "warn": "concerned",
    "criticise": "condemns",
    "accuse": "condemns",
    "threaten": "condemns",
    "ask": "questions",
    "call": "concerned",
    "demand": "concerned",
}


@functools.cache
def _stances() -> dict[str, str]:
    return {fold(row["word"]): row["stance"] for row in table("stances")}


def country_of(actors: list[Actor]) -> str | None:
    """The state (ISO 3166-1 alpha-2) that these mentions name most often: what a report is about, by its opening."""
    counts: dict[str, int] = {}
    for actor in actors:
        if actor.territory:
            counts[actor.territory] = counts.get(actor.territory, 0) + 1
    return max(counts, key=lambda code: counts[code]) if counts else None


def find(
    words: list[Word], actors: list[Actor], spoken: list[Spoken], events: list[Event], country: str | None
) -> list[Reaction]:
    """The reactions of a sentence in order; none where the country of the report is not known."""
    if country is None:
        return []
    found = []
    for said in spoken:
        speaker = _foreign(said.statement.speaker, actors, country)
        if speaker and not (said.cue.sort == "particle" and _medium(said.statement.speaker)):
            found.append(
                Reaction(
                    said.cue.start,
                    said.cue.end,
                    said.statement.verb,
                    speaker,
                    country,
                    "statement",
                    _stance(words, said),
                )
            )
    for event in events:
        kind = _KINDS.get(event.class_)
        agent = _foreign(event.actor, actors, country)
        if kind and agent and (kind != "diplomatic" or event.class_ == "policy"):
            found.append(
                Reaction(
                    event.start,
                    event.end,
                    event.text,
                    agent,
                    country,
                    kind,
                    "supports" if kind == "military" else "neutral",
                )
            )
    return sorted(found, key=lambda reaction: reaction.start)


def _foreign(phrase: str | None, actors: list[Actor], country: str) -> str | None:
    """The foreign state or international organisation that a phrase speaks for."""
    if not phrase:
        return None
    for actor in actors:
        if actor.text and actor.text in phrase and actor.type in ("GPE", "ORG"):
            if actor.territory and actor.territory != country:
                return actor.text
            if actor.type == "ORG" and (
                not actor.territory and _international(actor.text) or "الأمم المتحدة" in actor.text
            ):
                return actor.text
    for word in phrase.split():
        demonym = form_of(word).hits.get("demonym")
        if demonym and demonym.entry and demonym.entry != country or fold(word) in ("الاممي", "الامميه"):
            return phrase
    return None


_MEDIA = tuple(sorted(word_set("reactions_media")))


def _medium(phrase: str | None) -> bool:
    """Whether a medium is quoted: it reports, it does not react."""
    return phrase is not None and " ".join(fold(word) for word in phrase.split()).startswith(_MEDIA)


@functools.lru_cache(maxsize=10_000)
def _international(name: str) -> bool:
    """Whether an organisation of no state is one of states: the lexicon has it without a country."""
    keys = tuple(fold(word) for word in name.split())
    lexicon = load_lexicon()
    if len(keys) == 1:
        return "organisation" in lexicon.words.get(keys[0], {}) or "organisation" in lexicon.words.get(
            "ال" + keys[0], {}
        )
    return any(
        phrase == keys and category == "organisation"
        for phrase, category, _ in lexicon.phrases.get(keys[0], {}).get(keys[1], ())
    )


def _stance(words: list[Word], said: Spoken) -> str:
    stances = _stances()
    for at in range(said.cue.first, min(said.last, said.cue.last + 10)):
        key = words[at].key
        for form in (key, key.removeprefix("ال"), key.removesuffix("ه"), key.removesuffix("ها"), key[1:]):
            if form in stances:
                return stances[form]
    return _SENSES.get(said.cue.sense, "neutral")
