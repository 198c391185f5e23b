"""White space and references of XML."""

from __future__ import annotations

from lxml import etree

from ingest.sources.files.characters import character, collapse, visible


def test_blanks_are_collapsed_and_references_read() -> None:
    assert collapse(" a\n b ") == "a b"
    assert collapse("meto\u00adpro\u200blol\ufeff \u00a0x") == visible("metoprolol \u00a0x")
    assert visible("5\u00ad10 mg, β\u00ad2") == "5-10 mg, β-2"
    element = etree.fromstring(
        "<!DOCTYPE t SYSTEM 't.dtd'><t>&alpha;&unheard;</t>", etree.XMLParser(resolve_entities=False, load_dtd=False)
    )
    assert [character(one) for one in element if isinstance(one, etree._Entity)] == ["α", "&unheard;"]
