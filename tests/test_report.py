"""Promises of ``qantar.report``: sentences tile the text, offsets round-trip, bad input gets one clear line."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.report import Report, ReportError, decode, load_report

# Each text is one line of a report; "|" marks where its sentences part.
SPLIT = [
    "انتهت الاحتجاجات في المدينة. | بدأ التحقيق في أسبابها.",
    "هل انتهت الاحتجاجات في المدينة؟ | لا يعرف أحد!",
    "قال: \"انتهى الأمر. لن نعود. هذا كل شيء\" ثم خرج من القاعة.",
    "قال: «انتهى الأمر. لن نعود». | ثم خرج من القاعة.",
    "قال: \"انتهى الأمر\". | ثم خرج من القاعة.",
    "ستستمر العملية… حتى القضاء على الجميع.",
    "ستستمر العملية... حتى القضاء على الجميع.",
    "حضر اللقاء (وزير الداخلية. ورئيس الوزراء) في القصر.",
    "قال د. أحمد إن الوضع مستقر في البلاد.",
    "زاد السعر 12.5 بالمئة في يوم واحد. | ثم انخفض.",
    "ولد سنة 1443 هـ. | ومات بعد ذلك.",
    "قالت وكالة أ.ف.ب. إن العدد ارتفع إلى عشرة.",
    "لم يغلق \"القوس هنا. | لكن الجملة انتهت.",
]


@pytest.mark.parametrize("marked", SPLIT)
def test_a_line_is_split_by_the_rules(marked):
    parts = [part.strip() for part in marked.split("|")]
    text = " ".join(parts)
    assert [s.text for s in Report(text).sentences] == parts


HEADINGS = {
    "مقتل 164 شخصاً في الاحتجاجات": "heading",
    "\"مكافحة الإرهاب\"": "heading",
    "قال إن الوضع مستقر.": "sentence",
    "هل انتهى الأمر؟": "sentence",
    "هذه جملة طويلة لا تنتهي بعلامة لكنها أطول من أن تكون عنواناً فرعياً في تقرير إخباري": "sentence",
}


@pytest.mark.parametrize(("line", "kind"), HEADINGS.items())
def test_a_short_line_without_a_final_mark_is_a_heading(line, kind):
    assert [s.kind for s in Report(f"قال شيئاً.\n{line}\nثم خرج.").sentences][1] == kind


ARABIC = st.text(alphabet="ابتثجحخدمنهويكلأإآةىءًَُِّٰـ.،؟!…\"«»()[] \n\r\t0159٣,KNB\u200f\u2028", max_size=300)


@given(st.one_of(ARABIC, st.text(max_size=200)))
@settings(max_examples=400, deadline=None)
def test_sentences_tile_the_text(text):
    report = Report(text)
    covered = set()
    for sentence in report.sentences:
        assert report.text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.text
        assert not covered & set(range(sentence.start, sentence.end))
        covered |= set(range(sentence.start, sentence.end))
    assert not "".join(c for n, c in enumerate(text) if n not in covered).strip()


@given(ARABIC)
@settings(max_examples=300, deadline=None)
def test_tokens_lose_nothing_and_round_trip(text):
    report = Report(text)
    for sentence in report.sentences:
        for token in sentence.tokens:
            assert report.text[token.start : token.end] == token.text
            assert report.span(token.start, token.end).text == token.text
        gaps = "".join(c for n, c in enumerate(text[sentence.start : sentence.end], sentence.start)
                       if not any(t.start <= n < t.end for t in sentence.tokens))
        assert not gaps.strip()


def test_the_report_of_the_book():
    report = load_report()
    assert (len(report.text), len(report.sentences)) == (3861, 24)
    assert [s.id for s in report.sentences if s.kind == "heading"] == ["s07", "s14", "s18"]
    assert report.sentence("s11").find("5 آلاف و135 شخصاً").start == report.text.index("5 آلاف")
    assert report.published == datetime.date(2022, 1, 9)
    assert report.metadata["sha256"] == report.sha256


def test_find_wants_an_occurrence_where_words_come_twice():
    sentence = load_report().sentence("s01")
    with pytest.raises(ReportError, match="2 times; say which with occurrence 1–2"):
        sentence.find("البلاد")
    assert sentence.find("البلاد", 1).start < sentence.find("البلاد", 2).start
    with pytest.raises(ReportError, match="no occurrence 3"):
        sentence.find("البلاد", 3)
    with pytest.raises(ReportError, match="does not contain"):
        sentence.find("الصين")


def test_a_sentence_that_is_not_there():
    with pytest.raises(ReportError, match="no sentence 's99'; the report has s01 to s24"):
        load_report().sentence("s99")


ARABIC_WORDS = "قالت السلطات إن الوضع يستقر في البلاد"
REFUSED = [
    (b"", "is empty"),
    (b" \n\t ", "is empty"),
    (b"\xef\xbb\xbf", "is empty"),
    (b"The president of Kazakhstan", "no Arabic letter"),
    (ARABIC_WORDS.encode("cp1256"), "byte 1 is not UTF-8; the file looks like Windows-1256: save it as UTF-8"),
    (ARABIC_WORDS.encode("utf-16"), "looks like UTF-16"),
    ("le déjeuner d'été, où il a été préparé".encode("latin-1"), "no Arabic encoding"),
]


@pytest.mark.parametrize(("raw", "message"), REFUSED)
def test_what_can_not_be_read_gets_one_line(raw, message):
    with pytest.raises(ReportError, match=message) as error:
        decode(raw, "x.txt")
    assert str(error.value).startswith("x.txt: ") and "\n" not in str(error.value)


def test_a_byte_order_mark_is_dropped_and_line_ends_are_kept():
    text = decode(b"\xef\xbb\xbf" + "قال.\r\nعاد.\r\n".encode())
    assert text == "قال.\r\nعاد.\r\n"
    assert [(s.line, s.text) for s in Report(text).sentences] == [(1, "قال."), (2, "عاد.")]


def test_decomposed_letters_are_kept_as_they_are():
    text = "ا\u0654قال الرئيس."  # alef and hamza as two characters
    report = Report(decode(text.encode()))
    assert report.text == text and report.sentences[0].words[0].text == "ا\u0654قال"


def test_fifty_megabytes_are_read_in_linear_time():
    line = load_report().sentence("s01").text + "\n"

    def seconds(megabytes):
        raw = line.encode() * (megabytes * 1_000_000 // len(line.encode()))
        start = time.perf_counter()
        assert len(Report(decode(raw)).sentences) == raw.count(b"\n")
        return time.perf_counter() - start

    small, large = seconds(5), seconds(50)
    assert large < 25 * small  # ten times the text; a quadratic reader would need a hundred times as long


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReportError, match="there is no such file"):
        load_report(tmp_path / "none.txt")


def test_a_changed_text_is_refused(tmp_path):
    (tmp_path / "r.txt").write_text(ARABIC_WORDS, encoding="utf-8")
    (tmp_path / "r.yml").write_text("sha256: '00'\n", encoding="utf-8")
    with pytest.raises(ReportError, match="not the one that r.yml describes"):
        load_report(tmp_path / "r.txt")
