from __future__ import annotations

import pytest
from lxml import etree

from ingest.sources.documents.blocks import joined
from ingest.sources.documents.html_text import blocks, line
from text.sentences import sentences


def text(page: str) -> str:
    return joined(blocks(etree.fromstring(page, etree.HTMLParser())))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><th>Drug<th>Dose<tr><td><p>Aspirin</p><td>100&nbsp;mg</table>", "Drug\tDose\nAspirin\t100 mg"),
        ("<table><tr><td><h2>Plan</h2><p>Ice.</p></td><td><ul><li>a</ul></td></tr></table>", "Plan\n\nIce.\n\n- a"),
        ("<ol start=3><li>x<li>y<ul><li>z</ul></ol>", "3. x\n4. y\n- z"),
        ("<p>a<br>b</p><pre>c\n  d</pre>", "a\nb\n\nc\nd"),
        ("<div hidden>no</div><div style='display: none'>no</div><div role=navigation>no</div>yes", "yes"),
        ("<p>disease<sup><a href='#r1'>1</a>,<a href='#r2'>2</a></sup> and 10<sup>6</sup> m<sup>2</sup></p>",
         "disease and 10⁶ m2"),
        ("<input type=checkbox checked>Fever<br><input type=checkbox>Cough", "[x] Fever\n[ ] Cough"),
        ("<p>hyper<b>tension</b> <!-- no --> x</p>", "hypertension x"),
        ("<dl><dt>Gout<dd>A disease</dl>", "Gout\n\n- A disease"),
        ("<p>asthma.<sup>3</sup>Fever.<sup><a href='#r'>4</a></sup>Gout</p>", "asthma. Fever. Gout"),
        ("<p>2<sup>1</sup>&frasl;<sub>2</sub> mg, 1&frac12; mg, CO<sub>2</sub></p>", "2 1/2 mg, 1½ mg, CO2"),
        ("<p>Take <del>500</del><ins>250</ins> mg, <s>or</s> <strike>x</strike> daily</p>", "Take 250 mg, daily"),
        ("<p>meto&shy;pro<wbr>lol&#8203;</p><pre>meto&shy;prolol</pre>", "metoprolol\n\nmetoprolol"),
        ("<p>10<math><msup><mrow></mrow><mn>6</mn></msup></math> or "
         "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>",
         "10⁶ or 1/2"),
        ('<span class="katex"><math><semantics><msup><mn>10</mn><mn>6</mn></msup><annotation>10^6</annotation>'
         '</semantics></math><span class="katex-html" aria-hidden="true">106</span></span>', "10⁶"),
        ('<span class="mwe-math-mathml-inline" style="display: none;"><math><msup><mn>10</mn><mn>6</mn></msup></math>'
         '</span><img alt="x">', "10⁶"),
        ("<p>10<sup>-</sup><sup>6</sup> M</p>", "10⁻⁶ M"),
        ("<p>5 mg <span style='text-decoration:underline line-through'>twice</span> daily</p>", "5 mg daily"),
        ("<p>a<br>\n<br>\nb<br></p>", "a\n\nb"),
        ("<h2>Gout<br><br>in age</h2>", "Gout in age"),
        ("<table><tr><td>a<br>b<td>c<br><br>d</table>", "a b\tc d"),
        ("<ul><li>Asthma<br>mild<li>Gout</ul>", "- Asthma\nmild\n- Gout"),
    ],
)  # fmt: skip
def test_blocks_are_lines(page: str, expected: str) -> None:
    assert text(page) == expected


def test_the_text_of_one_element() -> None:
    assert line(None) == ""
    assert line(etree.fromstring("<a> b <c>d</c>\n</a>")) == "b d"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Patient denies<br>fever and cough.</p>", ["Patient denies\nfever and cough."]),
        ("<pre>Patient denies\nfever and cough.</pre>", ["Patient denies\nfever and cough."]),
        ("<p>患者否认<br>高血压病史。</p>", ["患者否认\n高血压病史。"]),
        ("<p>No fever<br>Cough<br>No rash</p>", ["No fever", "Cough", "No rash"]),
        ("<p>Fever: no<br>Cough: yes</p>", ["Fever: no", "Cough: yes"]),
        ("<p>No fever and<br><br>Cough</p>", ["No fever and", "Cough"]),
        ("<p>- No gout<br>- Asthma</p>", ["- No gout", "- Asthma"]),
        ("<p>Seen by the clinic of<br>Springfield, no gout.</p>", ["Seen by the clinic of\nSpringfield, no gout."]),
    ],
)
def test_a_sentence_goes_on_over_a_break_as_it_does_over_a_line_feed(page: str, expected: list[str]) -> None:
    whole = text(page)
    assert [whole[start:end] for start, end in sentences(whole)] == expected
