"""The corpus of the chapter is what the chapter says of it."""

import re
from pathlib import Path

import pytest

from qantar import corpus_figures, many_reports
from qantar.corpus import analyses

CHAPTER = Path(__file__).parents[1] / "chapters" / "many-reports.md"


@pytest.fixture(scope="module")
def corpus():
    return many_reports.book_corpus()


def test_families_are_the_copies_that_were_put_in(corpus):
    found = analyses.families(corpus)
    copied = {name: 1 + sum(other == name for other, *_ in many_reports.COPIES) for name, *_ in many_reports.COPIES}
    assert {row.family.rsplit("-", 1)[1]: row.reports for row in found.itertuples()} == copied
    assert all(row.family.startswith(("like ", "Arabic Post")) for row in found.itertuples())  # the first, no copy


def test_the_papers_that_were_made_up_only_pass_on(corpus):
    every, once = many_reports.speaking(corpus), many_reports.speaking(corpus, once=True)
    papers = {outlet for _, outlet, _ in many_reports.COPIES}
    assert every["outlet"][0] in papers
    assert papers <= set(every["outlet"]) and not papers & set(once["outlet"])
    kinds = every.drop(columns=["outlet", "acts", "most"])
    assert (kinds.sum(axis=1) == every["acts"]).all()


def test_each_fault_that_was_put_in_is_told(corpus):
    assert many_reports.rejected(corpus)["reason"].tolist() == ["encoding", "empty", "no date"]


def test_the_values_are_those_of_the_tables(corpus, book):
    values = {name: compute(book) for name, compute in many_reports.VALUES.items()}
    every, once = many_reports.claims(corpus), many_reports.claims(corpus, once=True)
    assert values["told"] == len(every) == every["reports"].sum() == once["reports"].sum(), "no outlet gives a number twice on a day"
    figures = corpus.dataset("figures").to_table().to_pandas()
    dead = figures[(figures["measures"] == "killed") & (figures["precision"] != "vague")]
    assert values["told"] == len(dead.drop_duplicates(["report", "value"])) > values["told_once"] == len(once)
    assert values["reports"] == values["invented"] + 1 + values["added"]
    assert values["family_reports"] == values["families"] + values["added"]
    assert values["acts"] > values["acts_once"]
    assert values["most_told"] == 1 + max(sum(other == name for other, *_ in many_reports.COPIES) for name, *_ in many_reports.COPIES)


def test_the_toll_of_the_report_is_among_the_claims(corpus):
    table = many_reports.first(corpus)
    [row] = table[table["value"] == "164 people"].to_dict("records")
    assert row["outlet"].startswith("Arabic Post") and row["words"] == "164 شخصاً" and row["reports"] == 2


def test_the_vague_number_that_is_left_out_is_the_one_that_the_chapter_tells_of(corpus):
    [row] = many_reports.vague(corpus).to_dict("records")
    assert row == {"report": "like Al Jazeera/2023-12-23-v06", "words": "الآلاف"}
    assert not many_reports.first(corpus)["words"].str.contains("الآلاف").any()


def test_the_dead_that_the_machine_overlooks_are_those_that_the_chapter_tells_of(corpus):
    figures = corpus.dataset("figures").to_table().to_pandas().set_index(["report", "quote"])["measures"]
    assert figures["like Hespress/2024-09-10-v01", "ستة أشخاص"] == "person"
    assert figures["like SPA/2022-08-04-v05", "مواطنان"] == "citizen"
    told = CHAPTER.read_text(encoding="utf-8")
    assert "لقي ستة أشخاص مصرعهم" in told and "لقي مواطنان حتفهما" in told


def test_who_has_most_is_everybody_who_has_as_many(corpus):
    table = many_reports.speaking(corpus).set_index("outlet")["most"]
    acts = analyses.who_speaks(corpus)
    acts = acts[(acts["outlet"] == "like An-Nahar") & (acts["speaker"] != analyses.NOBODY)]
    assert table["like An-Nahar"].split("، ") == acts[acts["acts"] == acts["acts"].max()]["speaker_ar"].tolist() == ["كلير دوبريه", "سمير خوري"]
    assert table["like SPA"] == "خالد بن عبدالله الفريحي"


def test_every_caption_of_invented_numbers_says_that_they_are():
    told = CHAPTER.read_text(encoding="utf-8")
    captions = {label: caption for caption, label in re.findall(r'"([^"]+)", label="tab-many-reports-([a-z-]+)"', told)}
    assert len(captions) == 8
    assert {label for label, caption in captions.items() if "invented" not in caption} == {"holdings", "rejected"}
    [figure] = re.findall(r"caption: \|\n((?: {6}.*\n)+)", told)
    assert "are invented" in " ".join(figure.split())


def test_the_figure_says_what_it_shows(corpus):
    drawn = corpus_figures.claims_figure(corpus, many_reports.COUNTED)
    once = analyses.claims_over_time(corpus, many_reports.COUNTED, once=True)
    rings = [line for line in drawn.axes[0].lines if line.get_markerfacecolor() == "none"]
    assert len(rings) == once["reports"].sum() - len(once)
    assert "15 to 20 on 23 December 2023, at least 30 on 23 December 2023 and at least 12,000 on" in drawn.alt and "or eight times if a family" in drawn.alt
    drawn_at = [sorted(line.get_ydata()) for line in drawn.axes[0].lines if line not in rings]
    assert sorted(row[0] for row in drawn_at if len(row) == 1) == sorted(once["value"])
    assert [row for row in drawn_at if len(row) > 1] == [[15, 20]]


def test_no_invented_report_is_put_into_the_mouth_of_an_outlet(corpus):
    """What an outlet of the validation set imitates has said nothing of it."""
    outlets = set(corpus.dataset("reports").to_table().column("outlet").to_pylist())
    assert all(name.startswith(("like ", "Paper ", "Arabic Post")) for name in outlets)
