"""Who is in a report: its actors, each once, and every place that names one of them.

Two names are one actor where the reader says so (a last name, an acronym told with its name), where they mean the same
state, and where one is a short form of the other (a ministry without its nationality). English names come from CLDR for
states and from GeoNames for cities; all others are transliterated, which the actor's note says.
"""

from __future__ import annotations

from collections.abc import Iterable

from qantar.arabic import fold
from qantar.reading.identities import as_written, english_city, english_state, full_forms, is_adjective, is_state
from qantar.reading.rows import Actor
from qantar.reading.scene import MACHINE, Member, Mention, Scene
from qantar.reading.titles import adjectives, belongs, bounds, titles
from qantar.reading.transliteration import slug, transliterate

KINDS = {"PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "GROUP": "group"}
CLDR, GEONAMES = "English name from CLDR.", "English name from GeoNames."


class Cast:
    """The actors of a report by what makes them one: the state, the name, the description."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        names = [(actor.actor, actor.type) for actor in actors]
        self.members: dict[tuple[str, str], Member] = {}
        self.full = full_forms(name for name, kind in names if kind == "PER")
        self.full |= full_forms((name for name, kind in names if kind == "ORG"), nationality=True)

    def get(
        self, key: tuple[str, str], kind: str, name: str, territory: str = "", english: str = "", note: str = ""
    ) -> Member:
        """The actor with this key (sort of name, name), made if it is new; ``note`` says whose the English is."""
        member = self.members.get(key)
        if member is None:
            member = self.members[key] = Member(kind, name, territory, english, note if english else MACHINE)
        return member

    def state(self, territory: str, name: str) -> Member:
        """The state with this code; ``name`` is what the report calls it."""
        return self.get(("state", territory), "state", name, territory, english_state(territory), CLDR)

    def named(self, actor: Actor, text: str) -> Member:
        """The actor of a named mention; ``text`` is that of the report."""
        written, territory, kind = as_written(text, actor), actor.territory or "", KINDS[actor.type]
        if actor.type == "GPE" and territory and is_state(written, territory):
            state = self.state(territory, written)
            state.name = written if is_adjective(state.name) or len(written) > len(state.name) else state.name
            return state
        name = written if actor.actor == actor.text else actor.actor
        name = self.full.get(name, name)
        english = english_city(name, territory) if actor.type == "GPE" else ""
        return self.get((kind, fold(name)), kind, name, territory, english, GEONAMES)

    def enter(self, scene: Scene, text: str) -> None:
        """Adds the names, the adjectives of states and the titles of persons that stand in a sentence."""
        for actor, _ in scene.names.values():
            scene.add(Mention(self.named(actor, text), actor.start, actor.end, "name", actor.type))
        for at, territory, start, end in adjectives(scene.words):
            if scene.inside.get(at) not in ("PER", "GPE", "LOC"):
                scene.add(Mention(self.state(territory, text[start:end]), start, end, "adjective"))
        for first, last, holder in list(titles(scene)):
            title = Mention(holder, *bounds(scene.words[first:last]), "title")
            scene.add(title)
            holder.role = holder.role or text[title.start : title.end]
            holder.affiliation = holder.affiliation or belongs(scene, title.start, title.end, holder)

    def number(self, mentions: Iterable[Mention]) -> list[tuple[Member, Mention]]:
        """Every actor with its first mention, in the order of the text, each with a slug of its own."""
        first: dict[Member, Mention] = {}
        for mention in mentions:
            first.setdefault(mention.member, mention)
        taken: set[str] = set()
        for member in first:
            member.english = member.english or transliterate(member.name) or member.name
            plain = member.id = slug(member.english, member.kind)
            number = 1
            while member.id in taken:
                number += 1
                member.id = f"{plain}_{number}"
            taken.add(member.id)
            state = self.members.get(("state", member.territory))
            if state in first and member.kind in ("organisation", "place"):
                member.affiliation = member.affiliation or state
            # Whoever is mentioned nowhere has no row to point to.
            member.affiliation = member.affiliation if member.affiliation in first else None
        return list(first.items())
