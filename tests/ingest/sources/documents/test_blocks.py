from __future__ import annotations

from ingest.model import Section
from ingest.sources.documents.blocks import Block, broken, joined, sections


def test_entries_and_rows_stand_close_and_all_else_apart() -> None:
    kinds = (Block("heading", "Plan"), Block("entry", "- a"), Block("entry", "- b"), Block("row", "c\td"))
    assert joined(kinds) == "Plan\n\n- a\n- b\n\nc\td"


def test_a_section_begins_at_a_heading_and_the_title_stands_once() -> None:
    blocks = [
        Block("heading", "Gout"),
        Block("paragraph", "Hot."),
        Block("heading", "Plan"),
        Block("paragraph", "Ice."),
    ]
    assert sections(blocks, "Gout") == (
        Section("title", "Gout"), Section("text", "Hot."), Section("plan", "Plan\n\nIce."),
    )  # fmt: skip
    assert sections(blocks, "On gout")[0] == Section("title", "On gout")
    assert [section.name for section in sections(blocks)] == ["gout", "plan"]


def test_one_break_is_a_line_feed_and_two_part() -> None:
    entries = broken("entry", ["a", " b  c", "", "\t", "d"], "- ")
    assert list(entries) == [Block("entry", "- a\nb c"), Block("entry", "d")]
    assert list(broken("heading", ["A", "", "B"])) == [Block("heading", "A B")]
    assert list(broken("paragraph", ["", " "])) == []
