"""The index: every subject, name and content word, each with links that lead to it."""

import re

from qantar.book import concordance
from qantar.labels import Label

LABELS = [
    Label("a", "chapter", "chapters/a", "The acts"), Label("a-x", "section", "chapters/a", "What we find"),
    Label("b", "chapter", "chapters/b", "Blame"), Label("b-x", "section", "chapters/b", "What we find"),
]


def test_one_title_in_two_chapters_is_one_entry_and_articles_do_not_count():
    found = list(concordance.subjects(LABELS))
    assert [re.sub("<[^>]+>", "", entry) for entry in found] == ["The acts", "Blame", "What we find: The acts, Blame"]
    assert 'href="chapters/b.html#b-x"' in found[2]


def test_every_actor_stands_with_its_sentences(book):
    entries = {re.search(r'#actor-([\w-]+)"', entry)[1]: entry for entry in concordance.names(book)}
    assert set(entries) == set(book.coding.actors["id"])
    mentions = book.coding.mentions
    assert set(re.findall(r"#(s\d+)", entries["tokayev"])) == set(mentions.loc[mentions["actor"] == "tokayev", "sentence"])
    assert '<bdi lang="kk" dir="ltr">Қасым-Жомарт Тоқаев</bdi>' in entries["tokayev"]


def test_every_content_word_stands_under_its_letter_with_all_its_sentences(book):
    groups = dict(concordance.words(book))
    assert list(groups) == sorted(groups)
    people = next(entry for entry in groups["ش"] if ">شخص<" in entry)
    rows = book.words[book.words["lemma"] == "شخص"]
    assert set(re.findall(r"#(s\d+)", people)) == set(rows["sentence"]) and "people" in people
    assert not any(">في<" in entry for entries in groups.values() for entry in entries)
    shown = sum(len(entries) for entries in groups.values())
    assert shown == book.words[~book.words["pos"].isin(concordance._FUNCTION_WORDS) & ~book.words["form"].str.fullmatch(r"[\d\W]+")]["lemma"].nunique()


def test_a_book_without_a_gloss_promises_no_words(book):
    import dataclasses

    made = concordance.body(dataclasses.replace(book, words=book.words.head(0)), LABELS)
    assert "Words of the report" not in made and "by lemma" not in made and "actor-tokayev" in made
