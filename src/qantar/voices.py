"""The voices of a report: whom it lets speak, by which verb, in whose words, and who is spoken about and never speaks.

An *act of speech* is a row of the statements in which somebody speaks (mode direct or indirect). A row that marks an
earlier one once more (``same_as``) is no act of its own; a row of mode withheld says that somebody does not speak.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar import phrasing
from qantar.annotations import Annotations
from qantar.report import Report, Sentence, Token

NOBODY = "nobody named"
OWN = "the report itself"
HOME = "Kazakhstan"

CUES: dict[str, tuple[str, str, str]] = {
    "قال": ("said", "neutral", "that these words were spoken"),
    "أضاف": ("added", "neutral", "that the same speaker goes on"),
    "أعلن": ("announced", "official", "that it was made public by one entitled to do so"),
    "أكد": ("affirmed, confirmed", "leaning", "that the speaker is firm; near to: it is so"),
    "أشار": ("pointed to", "leaning", "that the thing is there to be pointed at"),
    "لفت": ("drew attention to", "leaning", "that the thing is there, and worth a look"),
    "بيّن": ("made clear, explained", "leaning", "that what is said is clear now"),
    "استنكر": ("deplored", "judging", "that the thing deplored took place"),
    "وصف": ("described as", "distancing", "that the label is the speaker's own"),
    "على حد قوله": ("as he put it", "distancing", "that the wording is the speaker's own"),
    "أشير": ("it is pointed out", "impersonal", "that the thing is there; who points is not said"),
}
"""Each cue by its dictionary form: English gloss, class, and what the reporter vouches for by choosing it."""


def acts(coding: Annotations) -> pd.DataFrame:
    """Every act of speech in the order of the text: rows of the statements, without repetitions and silences."""
    table = coding.statements
    return table[(table["mode"] != "withheld") & table["same_as"].isna()].sort_values("start", kind="stable")


def withheld(coding: Annotations) -> pd.DataFrame:
    """Every time the report says that somebody does not speak: ``id, sentence, words, who is silent, what it says``."""
    table = coding.statements[coding.statements["mode"] == "withheld"]
    return _shown(coding, table).rename(columns={"speaker": "who is silent"})[["id", "sentence", "words", "who is silent", "what it says"]]


def statements(coding: Annotations) -> pd.DataFrame:
    """All statements as the book shows them: ``id, sentence, words, speaker, mode, medium, what it says``."""
    return _shown(coding, coding.statements)


def camp(coding: Annotations, actor: str) -> str:
    """The side an actor belongs to: the last of its chain of affiliations, by name.

    A person or group without an affiliation belongs to none and gets an empty string.
    """
    actors = coding.actors.set_index("id")
    seen = [actor]
    while isinstance(above := actors["affiliation"].get(seen[-1]), str) and above in actors.index and above not in seen:
        seen.append(above)
    if len(seen) == 1 and actors["kind"].get(actor) in ("person", "group"):
        return ""
    return str(actors["name_en"].get(seen[-1], ""))


def sources(report: Report, coding: Annotations) -> pd.DataFrame:
    """Who stands behind each sentence: ``sentence, speaker, camp, words, said`` (a row for each speaker of a sentence).

    ``words`` counts the whole sentence, ``said`` those from the speaker's first verb of saying to its end. A sentence
    with no speaker has one row: speaker empty and camp ``nobody named`` where an impersonal verb carries it,
    ``the report itself`` where none does.
    """
    spoken = acts(coding)
    rows = []
    for sentence in report.sentences:
        here = spoken[spoken["sentence"] == sentence.id]
        named = here.dropna(subset=["speaker"])
        size = len(sentence.words)
        for speaker, start in named.groupby("speaker", sort=False)["start"].min().items():
            rows.append((sentence.id, speaker, camp(coding, str(speaker)), size, words_from(sentence, start)))
        if named.empty and len(here):
            rows.append((sentence.id, None, NOBODY, size, words_from(sentence, here["start"].min())))
        elif named.empty:
            rows.append((sentence.id, None, OWN, size, 0))
    return pd.DataFrame(rows, columns=["sentence", "speaker", "camp", "words", "said"])


def shares(report: Report, coding: Annotations) -> pd.DataFrame:
    """The words of the report by the side behind their sentence: ``behind the sentence, sentences, words, share, from the verb on``.

    Where two sides speak in one sentence it counts for both.
    """
    table = sources(report, coding).drop_duplicates(["sentence", "camp"])
    total = sum(len(sentence.words) for sentence in report.sentences)
    made = table.groupby("camp").agg(sentences=("sentence", "size"), words=("words", "sum"), said=("said", "sum"))
    made = made.sort_values("words", ascending=False, kind="stable")
    order = [c for c in made.index if c not in (NOBODY, OWN)] + [c for c in (NOBODY, OWN) if c in made.index]
    made = made.loc[order].rename_axis("behind the sentence").reset_index()
    made.insert(3, "share", [phrasing.share(words, total) for words in made["words"]])
    return made.rename(columns={"said": "from the verb on"})


def speakers(report: Report, coding: Annotations) -> pd.DataFrame:
    """Everybody who speaks, most acts first: ``speaker, side, acts, direct, words, cues``; words are of whole sentences."""
    spoken = acts(coding).dropna(subset=["speaker"])
    size = sources(report, coding).groupby("speaker")["words"].sum()
    made = spoken.groupby("speaker", sort=False).agg(
        acts=("id", "size"), direct=("mode", lambda modes: int((modes == "direct").sum())), cues=("cue", lambda c: "، ".join(dict.fromkeys(c)))
    ).reset_index()
    made.insert(1, "side", [camp(coding, speaker) for speaker in made["speaker"]])
    made.insert(4, "words", made["speaker"].map(size).astype(int))
    made["speaker"] = made["speaker"].map(names(coding))
    return made.sort_values(["acts", "words"], ascending=False, kind="stable", ignore_index=True)


def silent(coding: Annotations) -> pd.DataFrame:
    """Persons and groups that are spoken about and never speak, with ``side, mentions, does, undergoes, said to be silent``.

    ``does`` and ``undergoes`` count events with the actor as agent and as patient; the last column counts withheld
    statements. The first column is the slug.
    """
    people = coding.actors[coding.actors["kind"].isin(["person", "group"])]
    people = people[~people["id"].isin(acts(coding)["speaker"])]
    counts = coding.mentions["actor"].value_counts()
    does, undergoes = (coding.events[role].str.split(";").explode().value_counts() for role in ("agent", "patient"))
    kept = coding.statements[coding.statements["mode"] == "withheld"]["speaker"].value_counts()
    made = pd.DataFrame({"actor": people["id"], "name": people["name_en"], "side": [camp(coding, a) for a in people["id"]]})
    for column, count in (("mentions", counts), ("does", does), ("undergoes", undergoes), ("said to be silent", kept)):
        made[column] = made["actor"].map(count).fillna(0).astype(int)
    made = made[(made["mentions"] > 0) | (made["undergoes"] > 0)]
    return made.sort_values(["said to be silent", "mentions", "undergoes"], ascending=False, kind="stable", ignore_index=True)


def unheard(coding: Annotations) -> pd.DataFrame:
    """The silent who belong to no body that could speak for them, or whom the report shows arrested or dismissed."""
    table = silent(coding)
    hit = coding.events[coding.events["kind"].isin(["arrest", "dismissal"])]["patient"].str.split(";").explode()
    return table[(table["side"] == "") | table["actor"].isin(hit)].reset_index(drop=True)


def quotations(report: Report, coding: Annotations) -> pd.DataFrame:
    """Every stretch between quotation marks: ``sentence, words, kind, speaker, quoted``.

    ``kind`` is *label* where the speaker only describes something so, *heading* in a subheading (which names no speaker),
    else *full*.
    """
    direct = acts(coding)
    direct = direct[direct["mode"] == "direct"]
    rows = []
    for sentence in report.sentences:
        for stretch in _between_marks(sentence):
            here = direct[direct["sentence"] == sentence.id]
            label = (here["cue"] == "وصف").any()
            kind = "heading" if sentence.kind == "heading" else "label" if label else "full"
            who = "; ".join(here["speaker"].map(names(coding)).dropna().unique()) or NOBODY
            rows.append((sentence.id, report.text[stretch[0].start : stretch[-1].end], kind, who, len(stretch)))
    return pd.DataFrame(rows, columns=["sentence", "words", "kind", "speaker", "quoted"])


def cues(coding: Annotations) -> pd.DataFrame:
    """Every verb of saying: ``cue, gloss, class, times, speakers, vouches for`` (repetitions counted, silences not)."""
    table = coding.statements[coding.statements["mode"] != "withheld"].sort_values("start", kind="stable")
    rows = []
    for cue, used in table.groupby("cue", sort=False):
        gloss, kind, vouches = CUES.get(str(cue), ("", "not classed", ""))
        who = ", ".join(used["speaker"].map(names(coding)).fillna(NOBODY).unique())
        rows.append((cue, gloss, kind, len(used), who, vouches))
    made = pd.DataFrame(rows, columns=["cue", "gloss", "class", "times", "speakers", "vouches for"])
    return made.sort_values("times", ascending=False, kind="stable", ignore_index=True)


def leaning(coding: Annotations) -> pd.DataFrame:
    """The acts of speech whose verb leans towards taking what is said as so: ``id, sentence, words, slug, speaker, what it says``."""
    spoken = acts(coding)
    spoken = spoken[[CUES.get(cue, ("", "", ""))[1] == "leaning" for cue in spoken["cue"]]] if len(spoken) else spoken
    made = _shown(coding, spoken)[["id", "sentence", "words", "speaker", "what it says"]]
    made.insert(3, "slug", list(spoken["speaker"]))
    return made


def unhedged(coding: Annotations) -> pd.DataFrame:
    """The counts that a source gives of dead, detained or damage, flat and exact: ``id, sentence, words, value, according to``."""
    table = coding.figures[coding.figures["measures"].isin(["killed", "detained", "damage"]) & coding.figures["attributed_to"].notna()]
    table = table[table["precision"] == "exact"].sort_values("start", kind="stable")
    return pd.DataFrame({
        "id": table["id"], "sentence": table["sentence"], "words": table["quote"],
        "value": [phrasing.quantity(v, u) for v, u in zip(table["value"], table["unit"], strict=True)],
        "according to": table["attributed_to"].map(names(coding)),
    }).reset_index(drop=True)


# ------------------------------------------------------------------------------------------------------ helpers


def names(coding: Annotations) -> pd.Series:
    """The English names of the actors, by slug."""
    return coding.actors.set_index("id")["name_en"]


def _shown(coding: Annotations, table: pd.DataFrame) -> pd.DataFrame:
    table = table.sort_values("start", kind="stable")
    return pd.DataFrame({
        "id": table["id"], "sentence": table["sentence"], "words": table["quote"],
        "speaker": table["speaker"].map(names(coding)).fillna(NOBODY), "mode": table["mode"], "medium": table["medium"],
        "what it says": table["summary_en"],
    }).reset_index(drop=True)


def words_from(sentence: Sentence, start: int) -> int:
    """How many words of the sentence stand at or after an offset of the report."""
    return sum(word.end > start for word in sentence.words)


def _between_marks(sentence: Sentence) -> list[list[Token]]:
    """The words between each pair of quotation marks of a sentence."""
    stretches: list[list[Token]] = []
    inside = False
    for token in sentence.tokens:
        if token.kind == "punctuation" and token.text in {'"', "“", "”", "«", "»"}:
            inside = not inside
            stretches += [[]] * inside
        elif inside and token.kind != "punctuation":
            stretches[-1] = [*stretches[-1], token]
    return [stretch for stretch in stretches if stretch]


def attributed(report: Report, coding: Annotations, column: str = "words") -> int:
    """Words of the sentences with a named speaker, each sentence counted once."""
    named = sources(report, coding).dropna(subset=["speaker"])
    return int(named.groupby("sentence")[column].max().sum())


def _of(book: Any, side: str, column: str) -> Any:
    table = shares(book.report, book.coding).set_index("behind the sentence")
    return table[column].get(side, 0)


def _share(book: Any, words: float) -> str:
    return phrasing.share(words, sum(len(s.words) for s in book.report.sentences))


def _by_name(book: Any) -> set[str]:
    """The speakers who are persons with a name in the report (not an office alone)."""
    named = set(book.coding.mentions.loc[book.coding.mentions["form"] == "name", "actor"])
    persons = set(book.coding.actors.loc[book.coding.actors["kind"] == "person", "id"])
    return named & persons & set(acts(book.coding)["speaker"])


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "acts": lambda book: len(acts(book.coding)),
    "named_acts": lambda book: int(acts(book.coding)["speaker"].notna().sum()),
    "rows": lambda book: len(book.coding.statements),
    "speakers": lambda book: acts(book.coding)["speaker"].nunique(),
    "words": lambda book: sum(len(s.words) for s in book.report.sentences),
    "attributed_share": lambda book: _share(book, attributed(book.report, book.coding)),
    "said_share": lambda book: _share(book, attributed(book.report, book.coding, "said")),
    "own_share": lambda book: _of(book, OWN, "share"),
    "own_sentences": lambda book: int(_of(book, OWN, "sentences")),
    "state_share": lambda book: _of(book, HOME, "share"),
    "state_acts": lambda book: int(speakers(book.report, book.coding).groupby("side")["acts"].sum().get(HOME, 0)),
    "state_speakers": lambda book: int((speakers(book.report, book.coding)["side"] == HOME).sum()),
    "most_acts": lambda book: int(speakers(book.report, book.coding)["acts"].max() if len(acts(book.coding)["speaker"].dropna()) else 0),
    "persons_by_name": lambda book: len(_by_name(book)),
    "with_medium": lambda book: int(acts(book.coding)["medium"].notna().sum()),
    "with_addressee": lambda book: int(book.coding.statements["addressee"].notna().sum()) or "none",
    "withheld": lambda book: len(withheld(book.coding)),
    "silent": lambda book: len(silent(book.coding)),
    "unheard": lambda book: len(unheard(book.coding)),
    "protesters_sentences": lambda book: book.coding.mentions.loc[book.coding.mentions["actor"] == "protesters", "sentence"].nunique(),
    "protests": lambda book: int((book.coding.events["kind"] == "protest").sum()),
    "protests_with_agent": lambda book: int(book.coding.events.loc[book.coding.events["kind"] == "protest", "agent"].notna().sum()) or "none",
    "quotations": lambda book: len(quotations(book.report, book.coding)),
    "quoted_words": lambda book: int(quotations(book.report, book.coding)["quoted"].sum()),
    "quoted_share": lambda book: _share(book, quotations(book.report, book.coding)["quoted"].sum()),
    "said_times": lambda book: int(cues(book.coding).set_index("cue")["times"].get("قال", 0)),
    "leaning": lambda book: len(leaning(book.coding)),
    "leaning_speakers": lambda book: leaning(book.coding)["speaker"].nunique(),
    "leaning_abroad": lambda book: sum(camp(book.coding, speaker) != HOME for speaker in leaning(book.coding)["slug"]) or "none",
    "unhedged": lambda book: len(unhedged(book.coding)),
}
