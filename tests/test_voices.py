"""Whom a report lets speak: acts of speech, the words behind each side, and those who are named and never heard."""

import dataclasses
import itertools
from types import SimpleNamespace

import pandas as pd
import pytest

from qantar import load_coding, load_report, voice_figures, voices
from qantar.annotations import LAYERS, Annotations, locate
from qantar.report import Report
from qantar.schema import make_table

# Four sentences: a source that comes late, a quotation marked twice, nobody, and a subheading in quotation marks.
TINY = Report(
    'اعتُقل الآلاف فيما قالت الوزارة إن الوضع مستقر.\n'
    'أكد الوزير أن "الأمن عاد اليوم"، على حد قوله.\n'
    'يشار إلى أن المحتجين لم يقدموا مطالب.\n'
    '"الأمن عاد"\n'
)
ROWS = {
    "actors": [
        {"id": "country", "sentence": "s01", "quote": "الوضع", "kind": "state", "name_en": "Country"},
        {"id": "ministry", "sentence": "s01", "quote": "الوزارة", "kind": "organisation", "name_en": "Ministry", "affiliation": "country"},
        {"id": "minister", "sentence": "s02", "quote": "الوزير", "kind": "person", "name_en": "Minister", "affiliation": "ministry"},
        {"id": "protesters", "sentence": "s03", "quote": "المحتجين", "kind": "group", "name_en": "Protesters"},
        {"id": "thousands", "sentence": "s01", "quote": "الآلاف", "kind": "group", "name_en": "Thousands"},
    ],
    "mentions": [
        {"id": "M001", "sentence": "s01", "quote": "الآلاف", "actor": "thousands", "form": "description"},
        {"id": "M002", "sentence": "s02", "quote": "الوزير", "actor": "minister", "form": "title"},
        {"id": "M003", "sentence": "s03", "quote": "المحتجين", "actor": "protesters", "form": "description"},
    ],
    "events": [
        {"id": "E01", "sentence": "s01", "quote": "اعتُقل", "kind": "arrest", "voice": "passive", "patient": "thousands", "status": "asserted", "summary_en": "Arrests."}
    ],
    "statements": [
        {"id": "V01", "sentence": "s01", "quote": "قالت", "speaker": "ministry", "cue": "قال", "mode": "indirect", "summary_en": "Calm."},
        {"id": "V02", "sentence": "s02", "quote": "أكد", "speaker": "minister", "cue": "أكد", "mode": "direct", "summary_en": "Security."},
        {"id": "V03", "sentence": "s02", "quote": "على حد قوله", "speaker": "minister", "cue": "على حد قوله", "mode": "direct", "same_as": "V02", "summary_en": "Again."},
        {"id": "V04", "sentence": "s03", "quote": "يشار", "cue": "أشير", "mode": "indirect", "summary_en": "Nobody says."},
        {"id": "V05", "sentence": "s03", "quote": "لم يقدموا", "speaker": "protesters", "cue": "قدم مطالب", "mode": "withheld", "summary_en": "No demands."},
    ],
}


def tiny(**changes: list[dict]) -> Annotations:
    rows = {**ROWS, **changes}
    return Annotations(**{layer: locate(TINY, make_table(layer, rows.get(layer, []))) for layer in LAYERS})


@pytest.fixture(scope="module")
def real() -> tuple[Report, Annotations]:
    report = load_report()
    return report, load_coding(report)


# ------------------------------------------------------------------------------------------------------- speaking


def test_a_silence_and_a_repetition_are_no_acts_of_speech():
    assert voices.acts(tiny())["id"].tolist() == ["V01", "V02", "V04"]
    assert voices.withheld(tiny())["who is silent"].tolist() == ["Protesters"]


@pytest.mark.parametrize(("actor", "side"), [("minister", "Country"), ("country", "Country"), ("protesters", "")])
def test_a_side_is_the_end_of_the_chain_of_affiliations(actor, side):
    assert voices.camp(tiny(), actor) == side


def test_a_circle_of_affiliations_ends():
    circle = [{**row, "affiliation": "minister"} if row["id"] == "ministry" else row for row in ROWS["actors"]]
    assert voices.camp(tiny(actors=circle), "minister") == "Ministry"


def test_sources_count_the_sentence_and_the_words_from_the_verb_on():
    found = voices.sources(TINY, tiny()).set_index("sentence")
    assert found["camp"].tolist() == ["Country", "Country", voices.NOBODY, voices.OWN]
    assert found["words"].tolist() == [8, 9, 7, 2]
    assert found["said"].tolist() == [5, 9, 7, 0]


def test_a_sentence_with_two_speakers_is_attributed_once_and_counts_for_each():
    second = {"id": "V06", "sentence": "s01", "quote": "إن", "speaker": "minister", "cue": "قال", "mode": "indirect", "summary_en": "Too."}
    coding = tiny(statements=[*ROWS["statements"], second])
    assert voices.speakers(TINY, coding).set_index("speaker")["words"].to_dict() == {"Minister": 17, "Ministry": 8}
    assert voices.attributed(TINY, coding) == 17
    assert voices.attributed(TINY, coding, "said") == 5 + 9
    assert voices.shares(TINY, coding)["words"].tolist() == [17, 7, 2]


def test_shares_put_those_without_a_speaker_last():
    assert voices.shares(TINY, tiny())["behind the sentence"].tolist() == ["Country", voices.NOBODY, voices.OWN]


def test_cues_count_repetitions_and_name_nobody():
    table = voices.cues(tiny()).set_index("cue")
    assert table["times"].to_dict() == {"قال": 1, "أكد": 1, "على حد قوله": 1, "أشير": 1}
    assert table.loc["أشير", "speakers"] == voices.NOBODY
    assert voices.leaning(tiny())["id"].tolist() == ["V02"]


def test_a_cue_that_nobody_classed_says_so():
    odd = [{**ROWS["statements"][0], "cue": "همس"}]
    assert voices.cues(tiny(statements=odd))["class"].tolist() == ["not classed"]


def test_quotations_are_told_apart_by_kind():
    table = voices.quotations(TINY, tiny())
    assert table["kind"].tolist() == ["full", "heading"]
    assert table["words"].tolist() == ["الأمن عاد اليوم", "الأمن عاد"]
    assert table["quoted"].tolist() == [3, 2]
    assert table["speaker"].tolist() == ["Minister", voices.NOBODY]


# -------------------------------------------------------------------------------------------------------- silence


def test_the_silent_are_people_who_are_named_and_never_speak():
    table = voices.silent(tiny()).set_index("actor")
    assert list(table.index) == ["protesters", "thousands"]
    assert table.loc["thousands", ["mentions", "does", "undergoes"]].tolist() == [1, 0, 1]
    assert table.loc["protesters", "said to be silent"] == 1


def test_the_unheard_belong_to_nobody_or_are_arrested():
    held = [{**row, "affiliation": "country"} if row["id"] in ("thousands", "protesters") else row for row in ROWS["actors"]]
    assert voices.unheard(tiny(actors=held))["actor"].tolist() == ["thousands"]
    assert set(voices.unheard(tiny())["actor"]) == {"protesters", "thousands"}


# ---------------------------------------------------------------------------------------------- what the book says


def test_every_cue_of_the_coding_is_classed(real):
    assert "not classed" not in set(voices.cues(real[1])["class"])


def test_every_sentence_stands_behind_somebody_and_the_shares_add_up(real):
    report, coding = real
    table = voices.sources(report, coding)
    assert list(dict.fromkeys(table["sentence"])) == [s.id for s in report.sentences]
    assert voices.shares(report, coding)["words"].sum() == sum(len(s.words) for s in report.sentences)


def test_the_protesters_are_named_only_where_they_are_said_not_to_speak(real):
    coding = real[1]
    named = set(coding.mentions.loc[coding.mentions["actor"] == "protesters", "sentence"])
    hushed = coding.statements[(coding.statements["speaker"] == "protesters") & (coding.statements["mode"] == "withheld")]
    assert named == set(hushed["sentence"])
    assert "protesters" not in set(voices.acts(coding)["speaker"])


def test_each_speaker_speaks_in_one_stretch(real):
    """The chapter calls the figure a staircase: nobody who has spoken comes back after somebody else."""
    order = [speaker for speaker, _ in itertools.groupby(voices.acts(real[1])["speaker"].dropna())]
    assert len(order) == len(set(order))


def test_the_doubt_about_figures_comes_after_every_count(real):
    coding = real[1]
    assert (voices.unhedged(coding)["sentence"] < "s12").all()
    doubt = coding.statements.set_index("id").loc["V13"]
    assert doubt["sentence"] == "s12" and pd.isna(doubt["speaker"])


def test_named_results_agree_with_the_tables(real):
    report, coding = real
    result = {name: compute(SimpleNamespace(report=report, coding=coding)) for name, compute in voices.VALUES.items()}
    assert result["state_acts"] <= result["named_acts"] == voices.speakers(report, coding)["acts"].sum()
    assert result["acts"] - result["named_acts"] == 1
    assert result["most_acts"] == voices.speakers(report, coding)["acts"].iloc[0]
    assert result["leaning_abroad"] == result["protests_with_agent"] == result["with_addressee"] == "none"
    assert result["persons_by_name"] < result["speakers"]


# -------------------------------------------------------------------------------------------------------- figures


def test_the_strip_has_a_row_for_each_voice_and_each_of_the_unheard(real):
    report, coding = real
    figure = voice_figures.voices_figure(report, coding)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert {"Yerlan Turgumbayev", "Protesters", "The report itself", "Nobody named", voice_figures.SILENT} <= set(labels)
    sides = voices.speakers(report, coding)["side"].nunique()
    assert len(labels) == voices.acts(coding)["speaker"].nunique() + len(voices.unheard(coding)) + 2 + sides + 2


def test_the_strips_bars_are_as_long_as_the_sentences(real):
    report, coding = real
    table = voices.sources(report, coding)
    drawn = sum(bar.get_width() for bar in voice_figures.voices_figure(report, coding).axes[0].patches)
    assert drawn == table["words"].sum() + table["said"].sum()  # an outline for the sentence, filled from the verb on


def test_alternative_texts_carry_the_numbers(real):
    report, coding = real
    lead = voices.speakers(report, coding).iloc[0]
    alt = voice_figures.voices_figure(report, coding).alt
    assert f"{lead['speaker']} with {lead['acts']}" in alt and f"{sum(len(s.words) for s in report.sentences)} words" in alt
    assert all(f"{row.words} ({row.share})" in voice_figures.shares_figure(report, coding).alt for row in voices.shares(report, coding).itertuples())


def test_figures_draw_a_report_without_quotations_or_silences(real):
    plain = dataclasses.replace(tiny(), statements=tiny().statements.query("id == 'V01'"))
    assert "1 speaker with a bar" in voice_figures.voices_figure(TINY, plain).alt
    assert voice_figures.shares_figure(TINY, plain).alt.startswith("Words of the report")
