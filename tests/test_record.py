"""The later record as it stands: sound, sourced, consistent with itself and with the coding; and faults named at their place."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from qantar.annotations import load_coding
from qantar.bibliography import read_bibliography, url_fault
from qantar.formats import first_day, items
from qantar.paths import data_folder
from qantar.problems import DataError
from qantar.record import claims_on, load_record, reactions_abroad, sources_of
from qantar.references import check_references
from qantar.report import load_report
from qantar.schema import package, read_table


@pytest.fixture(scope="module")
def record():
    return load_record()


@pytest.fixture
def copy(tmp_path: Path):
    """A copy of the record in which one text of one file is replaced."""

    def write(file: str, old: str, new: str) -> Path:
        shutil.copytree(data_folder() / "record", tmp_path / "record")
        path = tmp_path / "record" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path / "record"

    return write


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load_record(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


# ------------------------------------------------------------------------------------------ the record itself


def test_ids_are_numbered_without_a_gap(record):
    for table, letter in ((record.claims, "C"), (record.reactions, "X"), (record.timeline, "T")):
        assert list(table["id"]) == [f"{letter}{number:02d}" for number in range(1, len(table) + 1)]


def test_the_timeline_is_in_the_order_of_time(record):
    assert list(record.timeline["date"].map(first_day)) == sorted(record.timeline["date"].map(first_day))


def test_every_source_has_an_address_of_its_own(record):
    assert record.sources["url"].is_unique


def test_every_key_names_the_year_of_its_source(record):
    years = record.sources["date"].str[:4].fillna("-nd-")
    assert [key for key, year in zip(record.sources["key"], years, strict=True) if year not in key] == []


def test_a_fate_has_sources_and_sources_a_fate(record):
    assert (record.identities["fate"].isna() == record.identities["fate_sources"].isna()).all()


def test_a_state_has_a_country_code_and_an_organisation_none(record):
    states = record.reactions["actor_type"].eq("state")
    joint = record.reactions["actor"].str.contains("France")
    assert (states | joint | record.reactions["actor"].eq("Holy See")).equals(record.reactions["country"].notna())


def test_only_kazakhstan_has_no_stance(record):
    assert set(record.reactions.loc[record.reactions["stance"].isna(), "country"]) == {"KZ"}


def test_the_report_carries_no_reaction_later_than_itself(record):
    carried = record.reactions[record.reactions["in_report"]]
    assert carried["date"].max() <= load_report().published.isoformat()


def test_a_single_source_is_marked_in_every_claim_that_names_but_one(record):
    alone = record.claims["sources"].map(lambda cell: len(items(cell)) == 1)
    assert record.claims.loc[alone, "single_source"].all()


@pytest.mark.parametrize(
    "claim, tenge_bn, low, high",
    [
        ("C24", 87.0, 433, 437),
        ("C25", 92.3, 433, 437),
        ("C28", 93.7, 433, 441),
        ("C29", 94.4, 433, 437),
        ("C30", 103.7, 431, 437),
        ("C31", 93.7, 433, 437),
        ("C32", 136.8, 433, 438),
    ],
)
def test_tenge_and_dollars_of_a_claim_are_at_a_rate_of_that_month(record, claim, tenge_bn, low, high):
    row = record.claims.set_index("id").loc[claim]
    assert low <= 1000 * row["tenge_bn"] / row["usd_m"] <= high and row["tenge_bn"] == tenge_bn


def test_the_notes_name_only_what_is_there(record):
    notes = (data_folder() / "record" / "NOTES.md").read_text(encoding="utf-8")
    rows = {row_id for table in (record.claims, record.reactions, record.timeline) for row_id in table["id"]}
    named = set(re.findall(r"\b[CXT]\d\d\b", notes)) | set(re.findall(r"`([a-z0-9]+(?:-nd-|\d{4})[a-z0-9]+)`", notes))
    assert named - rows <= set(record.sources["key"])


def test_background_sources_are_named_in_the_notes(record):
    notes = (data_folder() / "record" / "NOTES.md").read_text(encoding="utf-8")
    assert [key for key in record.sources.loc[record.sources["background"], "key"] if f"`{key}`" not in notes] == []


# ------------------------------------------------------------------------------------------ with the coding


def test_every_reference_between_all_tables_resolves(record):
    tables = {"references": record.sources}
    for described in package()["resources"]:
        path = data_folder() / described["path"]
        if described.get("type") == "table" and path.exists():
            tables[described["name"]] = read_table(path, described["name"])
    assert list(map(str, check_references(tables))) == []


def test_the_reports_numbers_are_those_of_the_coding(record):
    figures = load_coding(load_report()).figures
    coded = {(topic, row.value, row.unit) for row in figures.itertuples() for topic in items(row.claim_topic)}
    claims = record.claims[record.claims["report_number"].notna()]
    said = {(row.topic, row.report_number, row.unit) for row in claims.itertuples() if row.unit not in ("EUR", "day")}
    assert said <= coded


# -------------------------------------------------------------------------------------------------- helpers


def test_claims_on_a_topic_come_in_the_order_of_time(record):
    assert list(claims_on(record, "deaths")["number"].dropna()) == [44, 164, 225, 227, 230, 232, 241, 238]


def test_an_undated_claim_comes_last(record):
    assert pd.isna(claims_on(record, "csto_troops")["as_of"].iloc[-1])


def test_an_unknown_topic_is_named(record):
    with pytest.raises(KeyError, match="no topic 'weather'"):
        claims_on(record, "weather")


def test_reactions_abroad_leave_out_kazakhstan(record):
    assert "KZ" not in set(reactions_abroad(record)["country"])


def test_the_report_carries_three_reactions_abroad(record):
    assert list(reactions_abroad(record).query("in_report")["id"]) == ["X05", "X31", "X32"]


def test_sources_of_a_cell(record):
    assert list(sources_of(record, "tass2022toll;reuters2022purge")["author"]) == ["TASS", "Reuters"]


# --------------------------------------------------------------------------------------------------- faults

FAULTS = [
    (
        "claims.csv",
        "tass2022toll",
        "tass2022tol",
        "claims.csv:2:sources: “tass2022tol” is not in references.key; did you mean tass2022toll?",
    ),
    (
        "claims.csv",
        "C01,deaths,true",
        "C01,deaths,false",
        "claims.csv:2:report_attribution: must be given if, and only if, in_report is true",
    ),
    (
        "claims.csv",
        "C01,deaths,true,164",
        "C01,deaths,true,165",
        "claims.csv:3:report_value: “164” differs from C01 on the same topic, which has “165”; make them equal",
    ),
    (
        "claims.csv",
        ",213000000,214000000,",
        ",213000000,212000000,",
        "claims.csv:29:number_max: “212000000.0” is not above number",
    ),
    (
        "claims.csv",
        "92300000000,KZT",
        "92300000000,",
        "claims.csv:26:currency: must be given if, and only if, there is an amount",
    ),
    (
        "claims.csv",
        "2022-08,Prosecutor General's Office,unknown,true",
        "2022-08,Prosecutor General's Office,unknown,false",
        "claims.csv:22:single_source: “false” is not so: the row names one source; write true",
    ),
    (
        "claims.csv",
        "retracted",
        "withdrawn",
        "claims.csv:2:status: “withdrawn” is not allowed here; use one of confirmed, consistent, revised, retracted, disputed, unknown",
    ),
    ("reactions.csv", "X01,2022-01-05", "X01,5 January", "reactions.csv:2:date: “5 January” is not an EDTF date"),
    ("timeline.csv", "T01,", "T1,", "timeline.csv:2:id: “T1” is not well formed; write it as T03"),
    (
        "references.bib",
        "url = {https://www.turess.com/achahed/1016013}",
        "url = {turess.com/achahed}",
        "references.bib:5:url: “turess.com/achahed” is no web address; write it from https:// on",
    ),
    (
        "references.bib",
        "keywords = {newspaper, background}",
        "keywords = {newspaper}",
        "is cited by no table; cite it, delete it, or add the keyword background",
    ),
    (
        "references.bib",
        "keywords = {newspaper}",
        "keywords = {newspaper, background}",
        "is cited by a table; take the keyword background away",
    ),
    (
        "references.bib",
        "@misc{afp-nd-boorish,",
        "@misc{achahed-nd-toll,",
        "references.bib:1:key: is not BibTeX in UTF-8: repeated bibliography entry: achahed-nd-toll",
    ),
]


@pytest.mark.parametrize("file, old, new, expected", FAULTS)
def test_a_fault_is_named_at_its_place(copy, file, old, new, expected):
    problems = problems_of(copy(file, old, new))
    assert any(expected in problem for problem in problems), problems


def test_missing_files_are_all_named(tmp_path):
    assert len(problems_of(tmp_path)) == 5


URLS = [
    ("https://tass.com/world/1383999", None),
    ("http://arabic.people.com.cn/n3/2022/0110/c31663-9942673.html", None),
    ("https://www.theyworkforyou.com/wrans/?id=2022-01-07.99375.h", None),
    ("https://www.aletihad.ae/amp/news/عربي-ودولي/4250659", None),
    ("tass.com/world", "no web address"),
    ("ftp://tass.com/world", "no web address"),
    ("https://localhost/x", "no web address"),
    ("https://tass.com/a b", "no address may have"),
    ("https://el.kz./en", "needless point"),
    ("https://www.trtworld.com:443/article", "needless point or port"),
    ("https://tass.com/world/1385763?fbclid=x", "tracks its reader with fbclid"),
]


@pytest.mark.parametrize("url, fault", URLS)
def test_addresses(url, fault):
    assert fault in url_fault(url) if fault else url_fault(url) is None


def test_a_bibliography_entry_comes_without_tex(tmp_path):
    path = tmp_path / "references.bib"
    path.write_text(
        "@misc{a2022b,\n  author = {{A \\& B}},\n  title = {{On \\_x\\textasciitilde{}y}},\n  year = {2022},\n  date = {2022-01-09},\n  url = {https://a.org/%20x},\n  language = {en},\n  keywords = {wire, background},\n}\n"
    )
    problems: list = []
    row = read_bibliography(path, problems).iloc[0]
    assert (row["author"], row["title"], row["kind"], bool(row["background"]), problems) == (
        "A & B",
        "On _x~y",
        "wire",
        True,
        [],
    )
