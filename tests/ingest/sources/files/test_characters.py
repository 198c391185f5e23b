"""White space and references of XML."""

from __future__ import annotations

from lxml import etree

from ingest.sources.files.characters import character, collapse


def test_blanks_are_collapsed_and_references_read() -> None:
    assert collapse(" a\n b ") == "a b"
    element = etree.fromstring(
        "<!DOCTYPE t SYSTEM 't.dtd'><t>&alpha;&unheard;</t>", etree.XMLParser(resolve_entities=False, load_dtd=False)
    )
    assert [character(one) for one in element if isinstance(one, etree._Entity)] == ["α", "&unheard;"]
