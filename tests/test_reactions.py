"""The reactions: what is counted as abroad and as before, how report and record are matched, what the figures draw."""

import dataclasses
import datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from qantar import reaction_figures, reactions, values
from qantar.record import reactions_abroad
from qantar.schema import make_table

REPORT = SimpleNamespace(published=datetime.date(2022, 1, 9))
ROWS = [
    {"date": "2022-01-06", "actor": "CSTO", "actor_type": "igo", "kind": "military", "stance": "supports", "in_report": True},
    {"date": "2022-01-06", "actor": "Tajikistan;Uzbekistan", "actor_type": "state", "country": "TJ;UZ", "stance": "concerned", "in_report": False},
    {"date": "2022-01-07", "actor": "European Commission;France", "actor_type": "igo", "country": "FR", "stance": "concerned", "in_report": False},
    {"date": "2022-01-08", "actor": "Qatar", "actor_type": "state", "country": "QA", "stance": "supports", "in_report": False},
    {"date": "2022-01-09", "actor": "United States", "actor_type": "state", "country": "US", "stance": "condemns", "in_report": True},
    {"date": "2022-01-09", "actor": "Kazakhstan", "actor_type": "state", "country": "KZ", "in_report": True},
    {"date": "2022-01-09", "actor": "Holy See", "actor_type": "other", "country": "VA", "stance": "concerned", "in_report": False},
    {"date": "2022-01-10", "actor": "Russia", "actor_type": "state", "country": "RU", "stance": "supports", "in_report": False},
    {"date": "2022-01", "actor": "Organisation of Islamic Cooperation", "actor_type": "igo", "stance": "supports", "in_report": False},
]


@pytest.fixture
def record():
    """Nine reactions: one of the country itself, one without a day, joint ones, one of a body that is neither state nor organisation."""
    rows = [{"id": f"X{n:02}", "kind": "statement", "addressee": "all", "position": "…", "sources": "x", **row} for n, row in enumerate(ROWS, 1)]
    return SimpleNamespace(reactions=make_table("international", rows))


@pytest.fixture
def coding():
    """The alliance acting twice and Washington once, told in another order than it is listed."""
    actors = [("csto", "Alliance"), ("united_states", "United States")]
    told = [("R02", "united_states", "condemns", 40), ("R01", "csto", "supports", 5), ("R03", "csto", "supports", 50)]
    return SimpleNamespace(
        actors=make_table("actors", [{"id": slug, "name_en": name} for slug, name in actors]),
        reactions=make_table(
            "reactions",
            [{"id": i, "sentence": "s01", "quote": "أرسلت", "actor": a, "kind": "statement", "stance": st, "summary_en": f"Act of {a}."} for i, a, st, _ in told],
        ).assign(start=[start for *_, start in told]),
    )


# ------------------------------------------------------------------------------------------------- counting


def test_the_country_itself_is_not_abroad(record):
    assert "Kazakhstan" not in set(reactions_abroad(record)["actor"])
    assert "X06" not in set(reactions.on_days(record)["id"])


def test_a_reaction_without_a_day_is_not_before_the_report(record):
    """As text, 2022-01 sorts before 2022-01-09."""
    assert list(reactions.before(record, REPORT)["id"]) == ["X01", "X02", "X03", "X04"]


def test_what_the_report_carries_is_not_left_out(record):
    assert list(reactions.left_out(record, REPORT)["id"]) == ["X02", "X03", "X04"]


def test_states_and_organisations_are_told_apart_in_joint_reactions(record):
    table = reactions_abroad(record)
    assert reactions.states(table) == {"Tajikistan", "Uzbekistan", "France", "Qatar", "United States", "Russia"}
    assert reactions.organisations(table) == {"CSTO", "European Commission", "Organisation of Islamic Cooperation"}


def test_every_country_code_is_one_state(book):
    table = reactions_abroad(book.record)
    codes = {code for cell in table.loc[table["actor_type"] != "other", "country"].dropna() for code in cell.split(";")}
    assert len(reactions.states(table)) == len(codes)


def test_a_joint_reaction_with_an_outsider_is_not_the_alliances(record):
    assert reactions.camps(reactions.before(record, REPORT)).to_dict() == {"alliance": 1, "Washington": 0, "everyone else": 3}


def test_camps_and_stances_add_up_to_all(book):
    table = reactions_abroad(book.record)
    assert reactions.by_camp(book.record, book.report)["all"].sum() == len(table)
    assert reactions.stances(book.record, book.report)["all"].sum() == len(table)
    assert reactions.stances(book.record, book.report)["before the report"].sum() == len(reactions.before(book.record, book.report))


def test_stances_list_those_that_nobody_took(record):
    table = reactions.stances(record, REPORT).set_index("stance")
    assert list(table.index) == list(reactions.STANCES)
    assert table.loc["condemns"].tolist() == [0, 1]


def test_arab_states_are_found_by_their_code_also_in_joint_reactions(record):
    record.reactions.loc[record.reactions["id"] == "X02", "country"] = "TJ;EG"
    assert list(reactions.arab_world(record)["id"]) == ["X02", "X04"]


# ------------------------------------------------------------------------------------ report against record


def test_reactions_stand_in_the_order_of_the_text(coding):
    assert list(reactions.in_report(coding)["id"]) == ["R01", "R02", "R03"]


def test_report_and_record_are_matched_by_actor(coding, record):
    table = reactions.against_record(coding, record)
    assert table[["actor", "report", "record"]].to_numpy().tolist() == [["CSTO", "R01;R03", "X01"], ["United States", "R02", "X05"]]


def test_every_actor_of_the_report_has_its_row_in_the_record(book):
    table = reactions.against_record(book.coding, book.record)
    assert len(table) == book.coding.reactions["actor"].nunique() == int(reactions_abroad(book.record)["in_report"].sum())


def test_sentences_of_the_chapter_hold(book):
    """What its prose says without a number: agreement of stances, equal halves, no condemnation before, no concern in the report."""
    table = reactions.against_record(book.coding, book.record)
    assert all(known in told.split(", ") for told, known in zip(table["stance"], table["stance in the record"], strict=True))
    early = reactions.stances(book.record, book.report).set_index("stance")["before the report"]
    assert early["supports"] == early["concerned"] == early.max()
    assert early["condemns"] == 0
    assert "concerned" not in set(book.coding.reactions["stance"])
    hard = reactions.on_days(book.record).query("stance == 'condemns'")
    assert hard.iloc[0]["day"] == book.report.published and bool(hard.iloc[0]["in_report"])


def test_camps_soldiers_and_condemnations_are_counted(book):
    counts = {name: reactions.VALUES[name](book) for name in ("camps", "military", "condemned")}
    assert counts == {"camps": len(["the alliance", "Washington"]), "military": len(["csto"]), "condemned": len(["R05"])}
    milder = dataclasses.replace(book.coding, reactions=book.coding.reactions.assign(stance="neutral", kind="meeting"))
    changed = dataclasses.replace(book, coding=milder)
    assert [reactions.VALUES[name](changed) for name in ("military", "condemned")] == [0, 0]


# ---------------------------------------------------------------------------------------------- the mission


def test_a_step_is_told_only_where_an_event_of_the_report_tells_it(book):
    table = reactions.mission(book.coding, book.record).set_index("step")
    assert table["sentence"].dropna().to_dict() == {"Request": "s22", "First units": "s19", "Joint session": "s21"}
    assert list(table.index[table["dated there"]]) == ["Joint session"]


def test_the_steps_stand_in_the_order_of_time(book):
    days = reactions.mission(book.coding, book.record)["date"].map(reactions.day)
    assert days.is_monotonic_increasing


def test_the_expected_stay_is_counted_from_the_report(book):
    days = reactions.stay(book.coding, book.record, book.report)
    assert days["expected"] - days["said"] == datetime.timedelta(weeks=1)
    assert days["arrived"] < days["said"] < days["expected"] < days["left"]
    actual = book.record.claims.set_index("topic").at["csto_stay", "number"]
    assert (days["left"] - days["said"]).days == actual


def test_points_keep_the_status_of_what_one_source_says(book):
    table = reactions.points(book.record, "csto_troops").set_index("id")
    assert table.loc["C41", ["status", "one source only"]].tolist() == ["disputed", "yes"]
    with pytest.raises(KeyError, match="no topic 'csto'"):
        reactions.points(book.record, "csto")


# --------------------------------------------------------------------------------------------- the figures


def test_the_timeline_has_a_mark_for_each_reaction_of_each_actor(coding, record):
    ax = reaction_figures.timeline_figure(coding, record, REPORT).axes[0]
    lanes = [label.get_text() for label in ax.get_yticklabels()]
    assert lanes == ["CSTO", "Tajikistan", "Uzbekistan", "European Commission", "France", "Qatar", "United States", "Holy See", "Russia", "Islamic cooperation"]
    key, rings = len(reactions.STANCES), 2
    assert len(ax.lines) == len(lanes) + key + rings


def test_the_timeline_says_in_words_what_it_shows(coding, record):
    alt = reaction_figures.timeline_figure(coding, record, REPORT).alt
    assert "8 reactions in 10 lanes" in alt
    assert "4 supports, 3 concerned, 0 neutral, 0 questions and 1 condemns" in alt
    assert "4 on days before the report of 9 January" in alt
    assert alt.endswith("Ringed are the 2 that the report carries: CSTO and United States.")


def test_the_timeline_labels_what_the_report_carries(book):
    texts = {text.get_text() for text in reaction_figures.timeline_figure(book.coding, book.record, book.report).axes[0].texts}
    assert {"Sends forces to restore order", "Announces a video conference", "Seeks clarification, condemns"} <= texts


def test_the_mission_says_what_the_report_leaves_out_of_the_past(book):
    figure = reaction_figures.mission_figure(book.coding, book.record, book.report)
    assert "leaves out: decision." in figure.alt
    assert "at most 7 days and lasted 10" in figure.alt
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert "6 January: not in the report" in texts and "19 January: after the report" in texts


def test_figures_are_the_same_in_every_drawing(book):
    draw = reaction_figures.mission_figure
    assert draw(book.coding, book.record, book.report).to_svg() == draw(book.coding, book.record, book.report).to_svg()


@pytest.mark.parametrize("name", sorted(reactions.VALUES))
def test_every_named_result_prints(book, name):
    assert values.text(f"reactions.{name}", book)


def test_named_results_fit_together(book):
    found = {name: compute(book) for name, compute in reactions.VALUES.items()}
    assert found["before"] == found["before_carried"] + found["left_out"]
    assert found["before"] == found["alliance_before"] + found["washington_before"] + found["else_before"]
    assert found["abroad"] + found["kazakh"] == len(book.record.reactions)
    assert found["carried"] == found["before_carried"] + found["same_day_carried"]
    assert pd.notna(found["expected_day"])
