"""Every link of the documents leads somewhere."""

import pytest
from documents import DOCS, DOCUMENTS, ROOT, anchor, anchors_of, links_of, shown, text_of


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_links_lead_to_files_and_headings_that_exist(path):
    lost = []
    for target in links_of(path):
        name, _, heading = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or not there.is_relative_to(ROOT) or (heading and heading not in anchors_of(there)):
            lost.append(target)
    assert lost == []


def test_every_page_can_be_reached_from_the_index():
    reached, left = set(), [DOCS / "index.md"]
    while left:
        page = left.pop()
        if page in reached:
            continue
        reached.add(page)
        left += [
            there for target in links_of(page)
            if (there := (page.parent / target.partition("#")[0]).resolve()).suffix == ".md" and there.is_file()
        ]  # fmt: skip
    assert [shown(path) for path in DOCS.rglob("*.md") if path not in reached] == []


def test_the_readme_leads_to_the_documents():
    assert "docs/index.md" in links_of(ROOT / "README.md")


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_a_page_has_one_title_and_it_comes_first(path):
    lines = [line for line in text_of(path).splitlines() if line and not line.startswith("<!--")]
    assert lines[0].startswith("# ")


def test_an_anchor_is_written_as_on_github():
    assert anchor("Without make") == "without-make"
    assert anchor("`run`: one thing, then") == "run-one-thing-then"
    assert anchor("På svenska") == "på-svenska"
