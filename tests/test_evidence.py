"""Every claim leads to its words, its speaker and the later record; what a page carries of it is small and inert."""

import json
import re

import pytest

from qantar import values
from qantar.book.evidence import block
from qantar.evidence import Evidence, Places, evidence, payload
from qantar.report import ReportError
from qantar.rows import UnknownRow

def words(book, card: Evidence) -> list[str]:
    text = book.report.sentence(card.sentence).text
    return [text[start:end] for start, end in card.spans]


def test_the_words_of_every_row_are_those_of_the_coding(book):
    for layer, table in book.coding.tables().items():
        for row in table.itertuples():
            card = evidence(book, row.id)
            assert (card.sentence, words(book, card)) == (row.sentence, [row.quote]), (layer, row.id)


def test_the_toll_says_who_is_made_to_say_it_and_what_became_of_it(book):
    card = evidence(book, "F06")
    assert (card.title, card.statement, card.verdict) == ("164 people", "V06", "K10")
    assert ("precision", "exact") in card.facts and ("attributed to", "Ministry of Internal Affairs of Kazakhstan") in card.facts
    claims = book.record.claims.set_index("id")
    assert {"C01", "C03", "C11"} <= set(card.chain)
    assert list(claims.loc[list(card.chain), "as_of"]) == sorted(claims.loc[list(card.chain), "as_of"])


def test_a_number_told_in_a_heading_has_no_speaker_but_the_same_fate(book):
    assert (evidence(book, "F05").statement, evidence(book, "F05").verdict) == ("", evidence(book, "F06").verdict)


def test_a_row_of_the_record_leads_to_the_words_it_bears_on(book):
    card = evidence(book, "C26")
    assert card.sentence == "s09" and "C26" in card.chain
    alone = evidence(book, "X01")
    assert (alone.sentence, alone.chain) == ("", ("X01",))


@pytest.mark.parametrize(("name", "claim"), [("T08", "Government buildings set on fire"), ("T05", "Armed seizures two days later"), ("C19", "5,135 people detained")])
def test_a_row_that_several_claims_name_is_shown_with_the_one_that_it_decides(book, name, claim):
    found = book.verdicts.set_index("id").loc[evidence(book, name).verdict, "report_says"]
    assert found == claim


def test_every_claim_with_a_verdict_has_a_chain(book):
    for name in book.coding.figures["id"]:
        card = evidence(book, name)
        assert bool(card.verdict) == bool(card.chain), name


def test_a_name_within_a_claim_has_not_the_fate_of_the_claim(book):
    within = book.coding.mentions.query("sentence == 's09' and actor == 'kazakhstan'")["id"].iloc[0]
    whole = book.coding.mentions.query("sentence == 's09' and actor == 'turgumbayev'")["id"].iloc[0]
    assert evidence(book, within).verdict == "" and evidence(book, whole).verdict == "K12"


def test_a_result_shows_what_computes_it(book):
    card = evidence(book, "figures.quantities")
    assert (card.kind, card.title, card.code) == ("result", "", "len(book.coding.figures)")


def test_no_card_shows_more_code_than_fits(book):
    assert max(evidence(book, name).code.count("\n") for name in values.names()) <= 6


@pytest.mark.parametrize(("name", "error"), [("F99", UnknownRow), ("nobody", UnknownRow), ("s99", ReportError), ("events.x", KeyError)])
def test_a_name_that_names_nothing(book, name, error):
    with pytest.raises(error):
        evidence(book, name)


def test_places_that_rest_on_the_same_words(book):
    places = Places(book, (("F06", "a"), ("C11", "b"), ("F06", "a"), ("s08", "c"), ("F05", "d"), ("kazakhstan", "e"), ("events.rows", "f")))
    assert places.of(evidence(book, "F06")) == ["a", "b"]  # C11 bears on the words of F06; the whole sentence is more than they
    assert places.of(evidence(book, "s08")) == ["a", "b", "c"]
    assert places.of(evidence(book, "kazakhstan")) == ["e"]
    assert places.of(evidence(book, "events.rows")) == ["f"]


def unpooled(data, pool):
    return [pool[item] if isinstance(item, int) else item for item in data]


def test_a_page_carries_each_thing_once(book):
    data = payload(book, ["F05", "F06", "C11", "s08"], Places(book, (("F06", "here"),)), lambda place: ("p.html", place, "P", ""))
    assert list(data["sentences"]) == ["s07", "s08"] and list(data["verdicts"]) == ["K10"]
    assert len(data["record"]) == len(set(data["chains"]["K10"]))
    assert unpooled(data["speakers"]["V06"], data["pool"])[1:] == ["أعلنت", "announced", "indirect"]
    assert [unpooled(place, data["pool"]) for place in data["places"]] == [["p.html", "here", "P", ""]]
    assert data["cards"]["F06"]["p"] == [0] and "p" not in data["cards"]["F05"]
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(data, ensure_ascii=False))


def test_texts_that_occur_twice_are_carried_once(book):
    data = payload(book, list(book.coding.figures["id"]), Places(book, ()), lambda place: ("", "", "", ""))
    text = json.dumps({key: value for key, value in data.items() if key != "pool"}, ensure_ascii=False)
    assert data["pool"] and not [known for known in data["pool"] if text.count(json.dumps(known, ensure_ascii=False)) > 1]


def test_cards_can_keep_to_the_report(book):
    data = payload(book, ["F06"], Places(book, ()), lambda place: ("", "", "", ""), later=False)
    assert not data["record"] and not data["verdicts"] and "d" not in data["cards"]["F06"]


def test_hostile_text_can_not_leave_its_block(hostile):
    bad, name, text = hostile
    data = payload(bad, [name], Places(bad, ((name, "x"),)), lambda place: (text,) * 4)
    made = block(data, "qantar-evidence")
    assert len(re.findall("<", made)) == 2  # of the element alone
    assert json.loads(made.removeprefix('<script type="application/json" id="qantar-evidence">').removesuffix("</script>")) == json.loads(json.dumps(data))
    assert unpooled(data["sentences"]["s01"], data["pool"]) == [text + ".", text]
