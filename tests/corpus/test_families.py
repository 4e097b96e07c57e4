"""Copies of a text are found whatever an outlet did to them; reports that only tell the same are not taken for copies."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.corpus import families, signatures

from .conftest import SHORT, contents, write_jsonl


def changed(text: str, how: str) -> str:
    """A report as another outlet runs it."""
    paragraphs = text.strip().split("\n")
    return {
        "headline": "عنوان آخر من عند المحرر\n" + text,
        "byline": text.rstrip() + "\n(أ ف ب) - تحرير: محمد علي",
        "cut": "\n".join(paragraphs[:-1]),
        "all": "عنوان آخر من عند المحرر\n" + "\n".join(paragraphs[:-1]) + "\n(أ ف ب)",
        "spelling": text.replace("أ", "ا").replace("ة", "ه"),
    }[how]


def family_of(corpus) -> dict[str, str]:
    rows = corpus.dataset("families").to_table().to_pylist()
    return {row["report"]: row["family"] for row in rows}


@pytest.mark.parametrize("how", ["headline", "byline", "cut", "all", "spelling"])
def test_a_copy_is_one_whatever_an_outlet_did_to_it(tmp_path, read, long_texts, how):
    rows = [{"id": f"{n}", "text": text, "published": "2022-01-31"} for n, text in enumerate(long_texts)]
    copies = [{"id": f"{n}-copy", "text": changed(text, how), "published": "2022-02-01"} for n, text in enumerate(long_texts)]
    found = family_of(read(write_jsonl(tmp_path / "a.jsonl", copies + rows), reports_per_part=3))
    assert found == {row["id"]: row["id"].partition("-")[0] for row in rows + copies}


def test_a_week_parts_copies_and_days_between_join_them(tmp_path, read, long_texts):
    rows = [{"id": day, "text": long_texts[1], "published": day} for day in ("2022-01-01", "2022-01-09", "2022-03-01", "2022-03-07", "2022-03-13")]
    corpus = read(write_jsonl(tmp_path / "a.jsonl", rows))
    assert family_of(corpus) == {"2022-01-01": "2022-01-01", "2022-01-09": "2022-01-09", **dict.fromkeys(("2022-03-01", "2022-03-07", "2022-03-13"), "2022-03-01")}
    assert corpus.manifest["families"] == {"of_several": 1, "their_reports": 3, "within_days": 7}


def test_the_first_report_names_the_family_whatever_the_order_of_reading(tmp_path, read, long_texts):
    rows = [{"id": name, "text": text, "published": day} for text in long_texts[:3] for name, day in
            [(f"b{text[:3]}", "2022-01-02"), (f"a{text[:3]}", "2022-01-02"), (f"z{text[:3]}", "2022-01-03")]]  # fmt: skip
    found = [family_of(read(write_jsonl(tmp_path / f"{n}.jsonl", order), out=f"out{n}", reports_per_part=1 + n)) for n, order in enumerate([rows, rows[::-1]])]
    assert found[0] == found[1]
    assert set(found[0].values()) == {f"a{text[:3]}" for text in long_texts[:3]}


def test_different_reports_of_a_day_are_no_family(tmp_path, read):
    other = "أصيب 12 شخصاً في طرابلس، ونفت وزارة الداخلية اللبنانية أن يكون 30 آخرون قد أوقفوا."
    rows = [{"id": "a", "text": SHORT, "published": "2022-01-01"}, {"id": "b", "text": other, "published": "2022-01-01"}]
    assert family_of(read(write_jsonl(tmp_path / "a.jsonl", rows))) == {"a": "a", "b": "b"}


def test_similarity_is_estimated_as_it_is(long_texts):
    """The share of slots in which signatures agree is near the share of shingles that texts share."""
    for text, how in itertools.product(long_texts, ("all", "cut")):
        one, two = (set(signatures.shingles(t)) for t in (text, changed(text, how)))
        slots = [np.frombuffer(signatures.signature(t), "<u4") for t in (text, changed(text, how))]
        assert np.mean(slots[0] == slots[1]) == pytest.approx(len(one & two) / len(one | two), abs=0.17)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_components_are_those_of_a_graph(links):
    ends = np.array(links, np.int64).reshape(-1, 2).T
    found = families.components(ends, 31)
    joined = {node: {node} for node in range(31)}
    for one, other in links:
        union = joined[one] | joined[other]
        joined |= dict.fromkeys(union, union)
    assert found.tolist() == [min(joined[node]) for node in range(31)]


def test_a_corpus_without_a_report_and_one_of_a_single_word(tmp_path, read):
    assert read(write_jsonl(tmp_path / "a.jsonl", [{"text": ""}])).manifest["reports"] == 0
    word = read(write_jsonl(tmp_path / "b.jsonl", [{"text": "نعم", "published": "2022-01-01"}] * 2), out="word")
    assert word.manifest["families"]["their_reports"] == 2
    assert "rejected.parquet" in contents(word.folder)
