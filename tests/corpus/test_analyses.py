"""What the analyses count is what stands in the reports, copies once where that is asked, however the corpus is cut."""

import pandas as pd
import pytest

from qantar.corpus import analyses, open_corpus
from qantar.report import ReportError

from .conftest import write_jsonl

HEAD = "شهدت المدينة يوماً طويلاً من الاحتجاجات على رفع أسعار الوقود، وأغلقت المتاجر أبوابها وانقطعت الاتصالات في معظم الأحياء."
FIRST = f"{HEAD} وأعلنت وزارة الداخلية اللبنانية مقتل 164 شخصاً في الاضطرابات."
LATER = "تراجعت الحكومة عما نشرته من قبل على إحدى قنواتها. وأعلنت وزارة الداخلية اللبنانية مقتل 225 شخصاً في الاضطرابات."
OWN = "عاد الهدوء إلى الشوارع بعد أسبوع. قُتل 164 شخصاً في الاضطرابات."


@pytest.fixture(params=[1, 100])
def corpus(request, tmp_path, read):
    rows = [
        {"id": "b", "text": FIRST, "published": "2022-01-09", "outlet": "Two"},
        {"id": "a", "text": FIRST, "published": "2022-01-09", "outlet": "One"},
        {"id": "c", "text": f"عاجل\n{FIRST}", "published": "2022-01-10", "outlet": "Two"},
        {"id": "d", "text": LATER, "published": "2022-01-15", "outlet": "One"},
        {"id": "e", "text": OWN, "published": "2022-02-16"},
    ]
    return read(write_jsonl(tmp_path / "a.jsonl", rows), reports_per_part=request.param)


def test_claims_over_time(corpus):
    table = analyses.claims_over_time(corpus, "killed")
    shown = [[str(row.published), row.outlet, row.source_ar, row.value, row.reports] for row in table.fillna({"source_ar": ""}).itertuples()]
    ministry = "وزارة الداخلية اللبنانية"
    assert shown == [
        ["2022-01-09", "One", ministry, 164, 1], ["2022-01-09", "Two", ministry, 164, 1], ["2022-01-10", "Two", ministry, 164, 1],
        ["2022-01-15", "One", ministry, 225, 1], ["2022-02-16", analyses.NO_OUTLET, "", 164, 1],
    ]  # fmt: skip
    assert table["source"].tolist()[-1] == analyses.OWN


def test_a_figure_counts_once_for_its_family(corpus):
    table = analyses.claims_over_time(corpus, "killed", once=True)
    assert table[["outlet", "value", "reports"]].values.tolist() == [["One", 164, 3], ["One", 225, 1], [analyses.NO_OUTLET, 164, 1]]


def test_first_seen(corpus):
    table = analyses.first_seen(corpus, "killed")
    assert table[["value", "report", "quote", "reports"]].values.tolist() == [[164, "a", "164 شخصاً", 4], [225, "d", "225 شخصاً", 1]]
    assert analyses.first_seen(corpus, value=225)["report"].tolist() == ["d"]


def test_who_speaks(corpus):
    every, once = analyses.who_speaks(corpus), analyses.who_speaks(corpus, once=True)
    named = lambda table: {row.outlet: (row.acts, row.reports) for row in table.itertuples() if row.speaker_ar == "وزارة الداخلية اللبنانية"}
    assert named(every) == {"One": (2, 2), "Two": (2, 2)}
    assert named(once) == {"One": (2, 2)}


def test_months_bound_what_is_read(corpus):
    assert analyses.claims_over_time(corpus, "killed", since="2022-02")["value"].tolist() == [164]
    assert analyses.claims_over_time(corpus, "killed", until="2022-01", once=True)["value"].tolist() == [164, 225]


def test_a_family_counts_at_its_first_report_of_the_months_that_are_asked_for(tmp_path, read):
    rows = [{"id": f"r{n}", "text": FIRST, "published": day, "outlet": f"o{n}"} for n, day in enumerate(["2022-01-31", "2022-02-01", "2022-02-02"])]
    corpus = read(write_jsonl(tmp_path / "a.jsonl", rows), reports_per_part=2)
    for since, outlet in (("2022-01", "o0"), ("2022-02", "o1")):
        assert analyses.who_speaks(corpus, once=True, since=since)["outlet"].tolist() == [outlet]
        assert analyses.claims_over_time(corpus, "killed", once=True, since=since)["outlet"].tolist() == [outlet]


def test_the_report_s_own_voice_counts_where_it_names_nobody_for_the_value(tmp_path, read):
    rows = [{"id": "a", "text": f"قُتل 164 شخصاً. {FIRST} قُتل 9 أشخاص في حادث.", "published": "2022-01-09", "outlet": "One"}]
    table = analyses.claims_over_time(read(write_jsonl(tmp_path / "a.jsonl", rows)), "killed")
    assert table[["value", "source_ar", "reports"]].fillna("").values.tolist() == [[9, "", 1], [164, "وزارة الداخلية اللبنانية", 1]]


def test_bounds_are_told_and_vague_numbers_have_no_value(tmp_path, read):
    texts = ["قُتل أكثر من 30 شخصاً.", "قُتل ما بين 15 و20 مدنياً.", "قُتل 30 على الأقل، وأصيب آخرون.", "قُتل المئات في الاضطرابات.", "قُتل نحو 40 شخصاً."]
    rows = [{"id": f"{n}", "text": text, "published": "2022-01-09", "outlet": f"o{n}"} for n, text in enumerate(texts)]
    table = analyses.claims_over_time(read(write_jsonl(tmp_path / "a.jsonl", rows)), "killed").sort_values("outlet")
    shown = table[["outlet", "value", "value_max", "precision"]].fillna(0).values.tolist()
    assert shown == [["o0", 30, 0, "bounded"], ["o1", 15, 20, "approximate"], ["o2", 30, 0, "bounded"], ["o4", 40, 0, "approximate"]]
    assert "100" not in str(analyses.first_seen(read(tmp_path / "a.jsonl"), "killed")["value"].tolist())


def test_reports_with_one_identifier_multiply_nothing(tmp_path, read):
    rows = [{"id": "same", "text": FIRST, "published": "2022-01-09", "outlet": "One"}, {"id": "same", "text": LATER, "published": "2022-01-15", "outlet": "One"}]
    corpus = read(write_jsonl(tmp_path / "a.jsonl", rows))
    assert corpus.manifest["reports"] == 2
    assert analyses.claims_over_time(corpus, "killed")["reports"].tolist() == [1, 1]
    assert analyses.who_speaks(corpus)["acts"].sum() == corpus.dataset("statements").count_rows()


def test_reports_with_one_identifier_each_keep_their_own_speakers_and_sources(tmp_path, read):
    later = LATER.replace("وزارة الداخلية اللبنانية", "منظمة أطباء بلا حدود").replace("225", "164")
    rows = [{"id": "same", "text": text, "published": day, "outlet": outlet} for text, day, outlet in [
        (FIRST, "2022-01-09", "One"), (later, "2022-01-09", "Two"), (later, "2022-01-15", "Two"),
    ]]  # fmt: skip
    corpus = read(write_jsonl(tmp_path / "a.jsonl", rows))
    table = analyses.claims_over_time(corpus, "killed")
    ministry, doctors = "وزارة الداخلية اللبنانية", "منظمة أطباء بلا حدود"
    assert table[["outlet", "source_ar", "reports"]].values.tolist() == [["One", ministry, 1], ["Two", doctors, 1], ["Two", doctors, 1]]
    assert analyses.first_seen(corpus, "killed")["reports"].tolist() == [3]
    spoken = analyses.who_speaks(corpus)
    reports = {(row.outlet, row.speaker_ar): row.reports for row in spoken.itertuples()}
    assert reports["One", ministry] == 1 and reports["Two", doctors] == 2
    assert ("One", doctors) not in reports and ("Two", ministry) not in reports


def test_families(corpus):
    [row] = analyses.families(corpus).to_dict("records")
    assert (row["family"], row["reports"], row["outlets"], str(row["last"])) == ("a", 3, 2, "2022-01-10")


def test_nothing_gives_an_empty_table(corpus):
    table = analyses.claims_over_time(corpus, "unheard of")
    assert isinstance(table, pd.DataFrame) and not len(table) and "value" in table
    assert not len(analyses.who_speaks(corpus, since="2030-01")) and not len(analyses.families(corpus, since="2030-01"))


def test_a_cluster_computes_the_same(corpus, client):
    pd.testing.assert_frame_equal(analyses.claims_over_time(corpus, "killed", client=client), analyses.claims_over_time(corpus, "killed"))


def test_what_is_no_corpus_says_so(corpus, tmp_path):
    with pytest.raises(ReportError, match="no corpus is there"):
        open_corpus(tmp_path / "nothing")
    (corpus.folder / "manifest.json").unlink()
    with pytest.raises(ReportError, match="is not finished; the same command goes on with it"):
        open_corpus(corpus.folder)
    with pytest.raises(KeyError, match="there are reports, actors"):
        corpus.dataset("sentences")
