"""A report read in parts is the report: the same sentences, offsets and rows; what can't be read says why."""

import datetime
import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.reading import read_layers, read_sentences
from qantar.reading.bench import texts
from qantar.reading.source import LINE_LIMIT, lines_in, open_source, publication_day, sentences_in
from qantar.report import Report, ReportError

DAY = datetime.date(2022, 1, 9)
PIECES = st.lists(
    st.sampled_from(
        [
            "قال",
            "د.",
            " ",
            ".",
            "؟",
            "!",
            "…",
            "«",
            "»",
            "(",
            ")",
            "\n",
            "\r",
            "\r\n",
            "\u2028",
            "\u2029",
            "\x85",
            "\t",
            "5",
            "نص قصير",
            "\ufeff",
        ]
    )
)


def file(tmp_path, content: str | bytes, name: str = "r.txt"):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def error(path, **options) -> str:
    with pytest.raises(ReportError) as caught, open_source(path, **options):
        pass
    message = str(caught.value)
    assert "\n" not in message
    return message


@given(st.lists(PIECES.map("".join)))
def test_the_parts_do_not_matter(parts):
    text = "".join(parts)
    assert "".join(lines_in(parts)) == text
    assert list(lines_in(parts)) == list(lines_in([text]))
    sentences = list(sentences_in(parts))
    # A report with a hundred sentences numbers them with three digits; these are few.
    assert sentences == list(Report(text).sentences) or len(sentences) > 99


@given(PIECES.map("".join), st.integers(1, 7))
def test_bytes_are_decoded_across_their_ends(text, size):
    class Slow(io.BytesIO):
        def read(self, _=None):
            return super().read(size)

    if not any("\u0620" <= c <= "\u064a" for c in text):
        text += "ن"
    with open_source(None, Slow(b"\xef\xbb\xbf" + text.encode())) as source:
        assert source.characters == len(text)
        assert source.sha256 == hashlib.sha256(b"\xef\xbb\xbf" + text.encode()).hexdigest()
        assert list(source.sentences()) == list(Report(text).sentences)


def test_rows_are_those_of_the_whole_text(tmp_path):
    text = "\r\n".join(text.replace("\n", "\r\n") for text in texts())
    whole = list(read_layers(Report(text), DAY))
    with open_source(file(tmp_path, text)) as source:
        assert list(read_sentences(source.sentences(), DAY)) == whole
        # Once more from the start.
        assert list(read_sentences(source.sentences(), DAY)) == whole


def test_the_country_is_that_of_the_opening():
    opening = "قالت وزارة الداخلية المصرية إن القاهرة هادئة.\n" * 12
    text = opening + "فرنسا وفرنسا وفرنسا وفرنسا وفرنسا وفرنسا.\n" * 20 + "أعربت باريس عن قلقها. وقالت فرنسا إنها قلقة."
    told = [row for sentence in read_layers(Report(text), DAY) for row in sentence.reactions]
    assert told and {row.addressee for row in told} == {"EG"}


@pytest.mark.parametrize(
    "line",
    [
        "ب" * (3 * LINE_LIMIT + 5),
        "جملة قصيرة. " * LINE_LIMIT,
        "كلمات بلا نقطة " * LINE_LIMIT,
        "«" * (LINE_LIMIT + 9),
    ],
    ids=["one word", "sentences", "words", "marks"],
)
def test_a_line_without_end_is_read_in_pieces(line):
    parts = [line[n : n + 7001] for n in range(0, len(line), 7001)]
    pieces = list(lines_in(parts))
    assert "".join(pieces) == line and max(map(len, pieces)) <= LINE_LIMIT
    assert pieces == list(lines_in([line]))


def test_a_long_line_is_cut_between_sentences():
    text = "قال الوزير إن الوضع مستقر. " * (3 * LINE_LIMIT // 27)
    assert [s.text for s in sentences_in([text])] == [s.text for s in Report(text).sentences]


def test_a_sentence_that_nobody_wrote_is_read_in_pieces():
    text = "قتل 5 جنود " * 2000
    (read,) = read_layers(Report(text), DAY)
    assert len(read.quantities) == len(read.events) == 2000
    assert all(text[row.start : row.end] == row.text for row in [*read.quantities, *read.events])
    assert read.sentence.end == len(text.rstrip())


# ------------------------------------------------------------------------------------------- what can't be read


def test_what_cannot_be_read_says_why(tmp_path):
    assert error(tmp_path / "none.txt").endswith("none.txt: there is no such file")
    assert error(tmp_path).endswith(": is a directory")
    assert error(file(tmp_path, b"")).endswith("r.txt: the file is empty")
    assert error(file(tmp_path, "\ufeff \n\t")).endswith("r.txt: the file is empty")
    assert "no Arabic letter" in error(file(tmp_path, "only English"))
    assert "looks like Windows-1256" in error(file(tmp_path, ("قال " * 50).encode("cp1256")))
    assert "looks like UTF-16" in error(file(tmp_path, "قال الوزير".encode("utf-16")))
    assert error(None, stdin=io.BytesIO()) == "standard input: the file is empty"


@pytest.mark.parametrize("before", [0, 1, 65535, 65536, 70_001])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_byte_that_is_not_utf8_is_named(tmp_path, before, mark):
    good = mark + ("ب" * before).encode()
    assert f"byte {len(good) + 1} is not UTF-8" in error(file(tmp_path, good + b"\xd8\xff\xd8"))
    # A letter that the end cuts in two.
    assert f"byte {len(good) + 1} is not UTF-8" in error(file(tmp_path, good + b"\xd8"))


def test_metadata_beside_the_file(tmp_path):
    path = file(tmp_path, "قال الوزير.")
    yml = tmp_path / "r.yml"
    for content, published in [
        ("published: 2022-01-09", DAY),
        ("published: '2022-01-09'", DAY),
        ("published: 2022-01-09 10:00:00", DAY),
        ("", None),
        ("url: x", None),
        (f"published: 2022-01-09\nsha256: {hashlib.sha256(path.read_bytes()).hexdigest()}", DAY),
    ]:
        yml.write_text(content)
        with open_source(path) as source:
            assert source.published() == (published and (published, ""))
    for content, fault in [
        ("published: 2022-13-45", "r.yml: can't be read as YAML"),
        ("a: [", "r.yml: can't be read as YAML"),
        ("- x", "r.yml: holds no keys"),
        ("sha256: 00", "sha256 differs"),
    ]:
        yml.write_text(content)
        assert fault in error(path)
    yml.write_text("published: yesterday")
    with open_source(path) as source, pytest.raises(ReportError, match=r"r\.yml: published: 'yesterday' is not a day"):
        source.published()


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("القاهرة (رويترز) - 9 يناير/كانون الثاني 2022\nقال الوزير.", "2022-01-09", "9 يناير/كانون الثاني 2022"),
        ("عنوان الخبر\n09/01/2022 - 14:30\nقال الوزير.", "2022-01-09", "09/01/2022"),
        ("الأحد ٩ يناير ٢٠٢٢. قال الوزير.", "2022-01-09", "الأحد ٩ يناير ٢٠٢٢"),
        ("قال الوزير في 9 يناير إن الوضع مستقر.", None, ""),
        ("قال الوزير أمس إن عام 2022 صعب، ومنذ يناير 2021 أيضاً.", None, ""),
        ("قال.\nقال.\nقال.\nفي 9 يناير 2022.", None, ""),
    ],
)
def test_a_report_dates_itself_by_a_full_date_in_its_opening(tmp_path, text, day, words):
    with open_source(file(tmp_path, text)) as source:
        assert source.published() == (day and (datetime.date.fromisoformat(day), words))


@pytest.mark.parametrize(
    "value",
    [
        "2022-1-9",
        "09-01-2022",
        "20220109",
        "2022-02-30",
        "2022-W01-7",
        "1022-01-09",
        "9999-12-31",
        "٢٠٢٢-٠١-٠٩",
        "",
        "today",
        5,
        None,
    ],
)
def test_what_is_no_day_of_publication(value):
    with pytest.raises(ReportError, match="^--published: .* is not a day"):
        publication_day(value, "--published")
