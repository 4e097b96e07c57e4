"""The actors: how they are named, acts and offices, agents and patients, their entries in the book."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
from docutils import nodes

from qantar import actors, load_coding, load_record, load_report, network, plotting
from qantar.annotations import Annotations
from qantar.book import gallery
from qantar.schema import make_table


@pytest.fixture(scope="module")
def coding() -> Annotations:
    return load_coding(load_report())


def made(name: str, *rows: dict) -> pd.DataFrame:
    """A table of the coding with some rows; cells that are not given are empty."""
    table = make_table(name)
    filled = pd.DataFrame([{"sentence": "s01", "quote": "x", "start": n, "end": n + 1, **row} for n, row in enumerate(rows)])
    return filled.reindex(columns=[*table.columns, "start", "end"])


@pytest.fixture
def tiny() -> Annotations:
    """A king dismisses a pair of ministers, somebody arrests a judge, a crowd flees and is fired at."""
    people = {"king": "person", "anna": "person", "omar": "person", "judge": "person", "poet": "person",
              "pair": "group", "crowd": "group", "court": "organisation", "cabinet": "organisation"}
    relations = [("anna", "member_of", "pair"), ("omar", "member_of", "pair"), ("king", "dismissed", "pair"),
                 ("anna", "deputy_of", "cabinet"), ("omar", "formerly_headed", "cabinet"), ("judge", "heads", "court"),
                 ("poet", "speaks_for", "king")]
    events = [("arrest", "passive", None, "judge", "asserted"), ("dismissal", "nominal", None, None, "asserted"),
              ("other", "active", "crowd", None, "denied"), ("violence", "nominal", None, "crowd", "asserted"),
              ("dismissal", "active", "king", "pair", "asserted"), ("meeting", "nominal", "king;judge", "crowd", "planned")]
    mentions = [("king", "title", "ملك"), ("crowd", "description", "ناس"), ("king", "name", "زيد"), ("king", "name", "زيد")]
    empty = {name: made(name) for name in ("figures", "dates", "statements", "reactions")}
    return Annotations(
        actors=made("actors", *({"id": slug, "kind": kind, "name_en": slug.title(), "affiliation": "cabinet" if slug == "pair" else None}
                                for slug, kind in people.items())),
        mentions=made("mentions", *({"id": f"M{n:03}", "actor": a, "form": f, "quote": q, "sentence": f"s0{n + 1}"}
                                    for n, (a, f, q) in enumerate(mentions))),
        events=made("events", *({"id": f"E0{n}", "kind": k, "voice": v, "agent": a, "patient": p, "status": s}
                                for n, (k, v, a, p, s) in enumerate(events))),
        relations=made("relations", *({"id": f"L0{n}", "subject": s, "predicate": p, "object": o} for n, (s, p, o) in enumerate(relations))),
        **empty,
    )


def test_only_groups_that_belong_to_nothing_are_crowds(tiny: Annotations) -> None:
    assert actors.crowds(tiny) == ["crowd"]


def test_the_dead_and_the_protesters_are_crowds_officials_are_not(coding: Annotations) -> None:
    found = set(actors.crowds(coding))
    assert {"killed_164", "victims", "protesters", "bandits_terrorists", "detained_5135"} <= found
    assert not found & {"kz_authorities", "csto_forces", "dismissed_deputies", "csto_leaders"}


def test_naming_counts_mentions_by_kind_and_form(tiny: Annotations) -> None:
    table = actors.naming(tiny)
    assert table.loc["person", "name"] == 2
    assert table.loc["person", "title"] == 1
    assert table.loc["group", "description"] == 1
    assert table.to_numpy().sum() == 4


def test_every_mention_is_counted(coding: Annotations) -> None:
    shown = actors.naming_table(coding)
    assert shown["mentions"].sum() == len(coding.mentions)
    assert shown["actors"].sum() == len(coding.actors)


def test_individuals_are_never_described_and_groups_never_named(coding: Annotations) -> None:
    """The chapter says so in its first sentence."""
    table = actors.naming(coding)
    assert table.loc["person", "description"] == 0
    assert table.loc["group", "name"] == 0
    assert actors.unnamed_individuals(coding) == ["tokayev_spokesman"]


def test_the_committee_of_most_individuals_has_no_head_in_the_report(coding: Annotations) -> None:
    top = network.officers(coding).iloc[0]
    assert (top["body"], top["heads"]) == ("knb", 0)


def test_every_individual_has_an_office(coding: Annotations) -> None:
    assert all(network.offices_of(coding, slug) for slug in network.of_kind(coding, "person"))


def test_equal_wordings_are_one_row_with_all_their_sentences(tiny: Annotations) -> None:
    table = actors.forms(tiny)
    name = table[table["words"] == "زيد"].iloc[0]
    assert (name["actor"], name["times"], name["sentences"]) == ("King", 2, "s03;s04")
    assert table["actor"].tolist() == ["King", "King", "Crowd"], "an actor's wordings stand together"


def test_an_act_upon_a_pair_is_an_act_upon_each_and_a_passive_arrest_has_no_author(tiny: Annotations) -> None:
    table = network.acts(tiny)
    assert set(zip(table["subject"], table["object"], strict=True)) == {("king", "anna"), ("king", "omar"), (None, "judge")}
    assert network.acts_table(tiny)["who"].tolist().count(network.NOBODY) == 1


def test_offices_are_proper_ones_where_there_are_any(tiny: Annotations) -> None:
    assert network.offices_of(tiny, "anna") == [("deputy of", "cabinet")]
    assert network.offices_of(tiny, "pair") == []


def test_officers_tell_present_from_former_heads(tiny: Annotations) -> None:
    table = network.officers(tiny).set_index("body")
    assert table.loc["cabinet"].to_dict() == {"people": 2, "heads": 0}
    assert table.loc["court"].to_dict() == {"people": 1, "heads": 1}


def test_the_network_has_a_row_for_everybody_and_no_crossing_lines(coding: Annotations) -> None:
    rows = network.arrangement(coding)
    assert rows["actor"].is_unique
    assert set(rows["actor"]) | {"tokayev"} >= set(network.of_kind(coding, "person"))
    assert rows["slot"].is_monotonic_increasing
    assert rows["slot"].is_unique
    for agent in rows["agent"].dropna().unique():
        places = rows.index[rows["agent"] == agent]
        assert list(places) == list(range(places[0], places[-1] + 1)), f"the arrows of {agent} are not together"


def test_idle_individuals_come_last(tiny: Annotations) -> None:
    rows = network.arrangement(tiny)
    assert rows["actor"].tolist()[-1] == "poet"
    assert rows["act"].isna().tolist() == [False, False, False, True]


def test_deeds_part_what_happened_from_what_did_not(tiny: Annotations) -> None:
    table = actors.deeds(tiny).set_index("actor")
    assert table.loc["king", ["real", "unreal", "acts", "suffered"]].tolist() == [1, 1, 2, 0]
    assert table.loc["crowd", ["side", "real", "unreal", "suffers", "suffered"]].tolist() == ["crowd", 0, 1, 1, 2]
    assert "poet" not in table.index


def test_nobody_is_the_agent_of_violence(coding: Annotations, tiny: Annotations) -> None:
    assert actors.violent(coding)["agent"].isna().all()
    assert len(actors.violent(coding)) > 5
    assert actors.violent(tiny)["id"].tolist() == ["E03"]


def test_fates_come_from_the_record(coding: Annotations) -> None:
    table = actors.fates(coding, load_record()).set_index("actor")
    assert "18 years" in table.loc["Karim Massimov", "later"]
    assert table.loc["Askar Amerkhanov", "later"] == "not recorded"
    assert len(table) == len(network.of_kind(coding, "person"))


@pytest.mark.parametrize(("draw", "words"), [
    (network.network_figure, ["12 acts", "author of 8", "2 have no author named", "Vladimir Putin"]),
    (actors.naming_figure, ["118 mentions", "Individuals: 19 by name", "Groups: 0 by name"]),
    (actors.deeds_figure, ["acts in 8 and is acted upon in 0", "The crowds (7) act in 2 and are acted upon in 7"]),
])
def test_figures_describe_themselves(coding: Annotations, draw, words: list[str]) -> None:
    figure = draw(coding)
    assert isinstance(figure, plotting.Figure)
    assert all(word in figure.alt for word in words), figure.alt


def test_figures_follow_the_data(tiny: Annotations) -> None:
    assert "3 acts: King is the author of 2" in network.network_figure(tiny).alt
    assert "Individuals: 2 by name" in actors.naming_figure(tiny).alt
    assert "The crowds (1) act in 1 and are acted upon in 2" in actors.deeds_figure(tiny).alt


def test_the_network_draws_an_arrow_for_every_act(coding: Annotations) -> None:
    texts = [text.get_text() for text in network.network_figure(coding).axes[0].texts]
    for act, count in network.acts(coding)["act"].value_counts().items():
        assert texts.count(act) == count
    assert texts.count(network.NOBODY) == 2


def test_labels_of_the_network_do_not_collide(coding: Annotations) -> None:
    figure = network.network_figure(coding)
    figure.draw_without_rendering()
    boxes = [(t.get_text(), t.get_window_extent()) for t in figure.axes[0].texts if t.get_text()]
    clashes = [(a, b) for i, (a, one) in enumerate(boxes) for b, other in boxes[i + 1:] if one.padded(-2).overlaps(other.padded(-2))]
    assert clashes == []


def test_every_value_can_be_computed(coding: Annotations) -> None:
    book = SimpleNamespace(coding=coding, record=load_record())
    found = {name: function(book) for name, function in actors.VALUES.items()}
    assert found["individual_names"] + found["individual_titles"] == found["individual_mentions"]
    assert found["in_office"] == found["individuals"]
    assert found["verdicts"] == 3


def test_wordings_keep_the_order_of_the_text(tiny: Annotations) -> None:
    king = tiny.mentions[tiny.mentions["actor"] == "king"]
    assert gallery.wordings(king) == [("ملك", "title", ["s01"]), ("زيد", "name", ["s03", "s04"])]


def test_an_individual_of_unknown_fate_has_the_note_instead() -> None:
    identities = pd.DataFrame([
        {"actors": "a;b", "kind": "person", "fate": "Went home.", "fate_sources": "k1", "note": "n", "sources": "k2"},
        {"actors": "c", "kind": "person", "fate": None, "fate_sources": None, "note": "Not found", "sources": "k2"},
        {"actors": "d", "kind": "state", "fate": None, "fate_sources": None, "note": "About its name", "sources": "k2"},
    ])
    assert gallery.later(identities, "b") == ("Went home.", "k1")
    assert gallery.later(identities, "c") == ("Not found", "k2")
    assert gallery.later(identities, "d") == gallery.later(identities, "e") == ("", "")


def test_names_in_an_entry_are_marked_by_language(coding: Annotations) -> None:
    entry = gallery._names(coding.actors.set_index("id", drop=False).loc["massimov"])
    assert [inline["classes"] for inline in entry.findall(nodes.inline)] == [["ar"], ["language-kk"], ["language-ru"]]


def test_the_entry_says_how_often_and_links_each_sentence(coding: Annotations) -> None:
    entry = gallery._named(coding.mentions[coding.mentions["actor"] == "turgumbayev"])
    assert entry.astext().startswith("Named: 3 times.")
    assert [link["reftarget"] for link in entry.findall() if link.tagname == "pending_xref"] == ["s09", "s09", "s10"]


def test_an_actor_named_only_within_a_title_says_so(coding: Annotations) -> None:
    assert "only within" in gallery._named(coding.mentions[coding.mentions["actor"] == "defence_ministry"]).astext()
