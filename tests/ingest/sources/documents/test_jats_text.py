"""The running text of JATS elements."""

from __future__ import annotations

from lxml import etree

from ingest.sources.documents.jats_text import Captioned, blocks, caption, inline


def element(xml: str) -> etree._Element:
    return etree.fromstring(xml)


def test_a_line_has_no_numbers_of_references() -> None:
    text = '<p>disease<sup><xref ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref></sup> of 10<sup>6</sup></p>'
    assert inline(element(text)) == "disease of 10⁶"
    assert inline(None) == ""


def test_paragraphs_come_in_order_and_figures_apart() -> None:
    figure = "<fig><label>Fig 1</label><caption><p>A rash.</p></caption></fig>"
    captioned: Captioned = []
    parts = list(blocks(element(f"<p>One{figure}<list><list-item><p>two</p></list-item></list>three</p>"), captioned))
    assert parts == ["One", "two", "three"]
    assert [list(caption(one)) for one in captioned] == [[("figure", "Fig 1 A rash.")]]
