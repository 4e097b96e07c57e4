"""Which words of a text state a number, and which only look as if they did.

A number is

- a run of digits of any script, with its points, commas, dashes (``5,135``, ``2020-2021``, ``9th``, ``½``); not one that
  belongs to a name, right after a letter or after a capital and a hyphen (``F1``, ``s08``, ``UTF-8``);
- a cardinal in words (*zero* to *trillion*, *dozens*, *two-thirds*), a multiple (*once*, *twice*, *tenfold*, *doubled*),
  *half*, and *third* or *quarter* as a fraction (*a third of*, *thirds*);
- an ordinal from *fourth* on, which says that at least so many were counted; *first*, *second* and *third* put in order,
  and are numbers only beside a month (*the second of January*);
- *one*, unless it is a pronoun. It is one

  - after *the, this, each, every, another ...* if what follows does not belong to it, a punctuation mark or a word like
    *that, is, of* (*the one that*, *this one is*); after *that* only before a mark; and so with a word between after an
    article (*a larger one*);
  - before *who* and *that*, behind a mark or a form of *be, become* (*it is one that ...*);
  - behind *what, if, where ...*, before *can, may, must* or, if the clause sets a condition, *is, has* (*where one is*);
  - before *another* that has no noun (*one kind taken for another*).

  So *the one source*, *one of them* and *only one is* are numbers. *Ones* and *one's* never are.

Words that name no number by themselves (*a, both, pair, single, several, none*) are left alone, and so are the phrases of
``idioms.csv``. In doubt a word is a number: an author can say that it is not, a reader can't see that one was missed.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

IDIOMS = Path(__file__).with_name("idioms.csv")
HOLE = "\ufffc"  # stands for what is no prose but is read as a word, such as what a role prints

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = "hundred thousand million billion trillion"
_MULTIPLES = "once twice thrice dozen dozens half halves tens " + " ".join(f"{scale}s" for scale in _SCALES.split())
_GROWTH = "doubled doubling tripled tripling trebled trebling quadrupled halved halving"
_FRACTIONS = "thirds quarters"
_ORDINALS = "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
_HIGH_ORDINALS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth millionth"
_ALL_ORDINALS = f"{_ORDINALS} {_HIGH_ORDINALS}"

_CARDINALS = frozenset(f"{_SMALL} {_TENS} {_SCALES}".split())
_ALWAYS = frozenset(
    f"{_SMALL} {_TENS} {_SCALES} {_MULTIPLES} {_GROWTH} {_FRACTIONS} {_ALL_ORDINALS}".split()
    + [f"{word}s" for word in _ALL_ORDINALS.split()]
    + [f"{word}fold" for word in f"{_SMALL} {_TENS} {_SCALES}".split()]
) - {"one"}
_PARTS = frozenset(("third", "quarter"))
_ORDERING = frozenset(("first", "second", "third"))
_MONTHS = frozenset("january february march april may june july august september october november december".split())

_ARTICLES = frozenset("a an the its his her their our my your no every another".split())
_DETERMINERS = frozenset("the this which each every any no another other such some".split())
_CONDITIONS = frozenset("where when if whether unless".split())
_QUESTIONS = _CONDITIONS | frozenset("what how as than because".split())
_BEING = frozenset("is was are were be been becomes become became".split())
_MODALS = frozenset("can cannot can't could may might must shall should will would ought needs".split())
_CLOSING = frozenset(
    "that which who whom whose what where when why how of from in into on at by for with without within as than to after before until since"
    " is are was were be been has have had does did do and or but nor not so yet if because though although while"
    " it he she they we you i this these those the a an there here".split()
) | _MODALS

_TOKEN = re.compile(r"\d+(?:[.,:/\u2013-]\d+)*|[\u00bc-\u00be\u2150-\u215e]|[^\W\d_]+(?:['’][^\W\d_]+)*|" + HOLE + r"+|[^\s\w]")
_NAME_BEFORE = re.compile(r"(?:[^\W\d_]|[A-Z]-)\Z")
_JOINED = re.compile(r"(?:[\s-]|\band\b)+")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every number in a text; what makes one number together comes as one.

    >>> [text[a:b] for text in ["Two of the 164, and thirty-one more, the one that fell"] for a, b in numbers(text)]
    ['Two', '164', 'thirty-one']
    """
    read = _without_idioms(text)
    tokens = [_Token(match.start(), match.end(), match.group().lower().replace("’", "'")) for match in _TOKEN.finditer(read)]
    found: list[tuple[int, int]] = []
    for place, token in enumerate(tokens):
        if not _is_number(read, tokens, place):
            continue
        if found and _JOINED.fullmatch(between := read[found[-1][1] : token.start]) and ("and" not in between or _continues(tokens, place)):
            found[-1] = (found[-1][0], token.end)
        else:
            found.append((token.start, token.end))
    yield from found


def _is_number(text: str, tokens: list[_Token], place: int) -> bool:
    word = tokens[place].text
    before = [token.text for token in tokens[max(place - 2, 0) : place]]
    after = [token.text for token in tokens[place + 1 : place + 7]]
    if word[0].isnumeric():
        return not _NAME_BEFORE.search(text[max(tokens[place].start - 2, 0) : tokens[place].start])
    if word == "one":
        return not _is_pronoun(before, after, glued=text[tokens[place].end : tokens[place].end + 1] == "-")
    if word in _PARTS and (before[-1:] in (["a"], ["one"]) and after[:1] == ["of"] or before[-1:] and before[-1] in _CARDINALS):
        return True
    if word in _ORDERING:
        return after[:1] == ["of"] and bool(_MONTHS & set(after[1:2])) or before[-1:] == ["the"] and before[0] in _MONTHS
    return word in _ALWAYS


def _is_pronoun(before: list[str], after: list[str], *, glued: bool) -> bool:
    """Whether *one* between these words is a pronoun; ``glued`` if a hyphen follows, as in *one-sided*."""
    follows, last = (after or ["."])[0], (before or ["."])[-1]
    ends = not glued and (_is_mark(follows) or follows in _CLOSING)
    if last == "that":
        return ends and _is_mark(follows)
    if before in (["of", "which"], ["of", "whom"]):
        return False
    if last in _QUESTIONS and follows in _MODALS or last in _CONDITIONS and ends or _has_counterpart(after):
        return True
    if follows in ("that", "who") and (_is_mark(last) or last in _BEING):
        return True
    if len(before) == 2 and before[0] in _ARTICLES and last[0].isalpha():
        return ends or follows[0] == HOLE
    return last in _DETERMINERS and ends


def _is_mark(token: str) -> bool:
    return not token[0].isalnum() and token[0] != HOLE


def _has_counterpart(after: list[str]) -> bool:
    """Whether a few words on *another* stands without a noun."""
    place = after.index("another") if "another" in after[:5] else -1
    follows = after[place + 1] if 0 <= place < len(after) - 1 else "."
    return place >= 0 and (_is_mark(follows) or follows in _CLOSING)


def _continues(tokens: list[_Token], place: int) -> bool:
    """Whether *and* before this word is that of one number: *a hundred and six*, not *two and three*."""
    return place > 1 and tokens[place - 2].text in _SCALES.split()


def _without_idioms(text: str) -> str:
    """The text with spaces for the words of idioms, at the same places."""
    for idiom in idioms():
        text = idiom.sub(lambda match: re.sub(r"[^\s]", " ", match.group()), text)
    return text


@functools.cache
def idioms(path: Path = IDIOMS) -> tuple[re.Pattern[str], ...]:
    """The phrases that state no number. In a phrase ``…`` stands for anything within the sentence, which is read on."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_pattern(row["phrase"]) for row in csv.DictReader(file))


def _pattern(phrase: str) -> re.Pattern[str]:
    head, *rest = (r"\s+".join(map(re.escape, part.split())) for part in phrase.split("…"))
    further = "".join(rf"[^.?!;]*?\b{part}\b" for part in rest)
    return re.compile(rf"(?<![\w-]){head}(?![\w-])" + (f"(?={further})" if further else ""), re.IGNORECASE)
