from __future__ import annotations

import pytest
from lxml import etree

from ingest.sources.documents.blocks import joined
from ingest.sources.documents.html_text import blocks, line


def text(page: str) -> str:
    return joined(blocks(etree.fromstring(page, etree.HTMLParser())))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><th>Drug<th>Dose<tr><td><p>Aspirin</p><td>100&nbsp;mg</table>", "Drug\tDose\nAspirin\t100 mg"),
        ("<table><tr><td><h2>Plan</h2><p>Ice.</p></td><td><ul><li>a</ul></td></tr></table>", "Plan\n\nIce.\n\n- a"),
        ("<ol start=3><li>x<li>y<ul><li>z</ul></ol>", "3. x\n4. y\n- z"),
        ("<p>a<br>b</p><pre>c\n  d</pre>", "a\n\nb\n\nc\n\nd"),
        ("<div hidden>no</div><div style='display: none'>no</div><div role=navigation>no</div>yes", "yes"),
        ("<p>disease<sup><a href='#r1'>1</a>,<a href='#r2'>2</a></sup> and 10<sup>6</sup> m<sup>2</sup></p>",
         "disease and 10⁶ m2"),
        ("<input type=checkbox checked>Fever<br><input type=checkbox>Cough", "[x] Fever\n\n[ ] Cough"),
        ("<p>hyper<b>tension</b> <!-- no --> x</p>", "hypertension x"),
        ("<dl><dt>Gout<dd>A disease</dl>", "Gout\n\n- A disease"),
    ],
)  # fmt: skip
def test_blocks_are_lines(page: str, expected: str) -> None:
    assert text(page) == expected


def test_the_text_of_one_element() -> None:
    assert line(None) == ""
    assert line(etree.fromstring("<a> b <c>d</c>\n</a>")) == "b d"
