"""The glossary has the words of the house, and replaces none of its own."""

import re

from documents import DOCS, text_of

PAGE = text_of(DOCS / "reference" / "glossary.md")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if re.match(r"\| [a-z]", line)
]
ENTRIES = [row for row in ROWS if row[0] != "word"]


def test_every_entry_has_a_swedish_word_and_a_meaning():
    assert len(ENTRIES) > 40
    assert [row[0] for row in ENTRIES if len(row) != 4 or not row[1] or not row[2]] == []


def test_no_word_is_explained_twice():
    words = [word.strip() for row in ENTRIES for word in row[0].split(",")]
    assert len(words) == len(set(words))


def test_no_word_is_both_used_and_avoided():
    used = {word.strip() for row in ENTRIES for word in row[0].split(",")}
    avoided = {re.sub(r" *\(.*?\)", "", word).strip() for row in ENTRIES for word in row[3].split(",")} - {""}
    assert used & avoided == {"price"}, "a rent is not called price, and a price is"
