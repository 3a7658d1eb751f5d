"""The documents: where they are, their headings, links and blocks of code."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
FENCE = re.compile(r"^```(\w*)[ \t]*([^\n`]*)\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A block of code: its language, what else stands beside it (the name of a file), its text."""

    language: str
    about: str
    text: str


def shown(path):
    """A path as a reader of the repository writes it."""
    return path.relative_to(ROOT).as_posix()


def text_of(path):
    return path.read_text(encoding="utf-8")


def blocks_of(path):
    """All blocks of code in their order."""
    return [Block(*found) for found in FENCE.findall(text_of(path))]


def prose_of(path):
    """The text without blocks of code and without code in lines."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text_of(path)))


def links_of(path):
    """Targets of links, without those to other sites."""
    found = LINK.findall(FENCE.sub("", text_of(path)))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors_of(path):
    """What a link may name in a page: its headings, as GitHub writes them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(path)), re.MULTILINE)
    return {anchor(head) for head in heads}


def anchor(heading):
    """The anchor of a heading: small letters, no signs, hyphens for spaces."""
    plain = re.sub(r"[`*\[\]]|\([^)]*\)(?=$)", "", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
