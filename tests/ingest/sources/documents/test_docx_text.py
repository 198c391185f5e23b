from __future__ import annotations

import pytest
from lxml import etree

from ingest.sources.documents.blocks import joined
from ingest.sources.documents.docx_text import Styles, blocks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text(body: str) -> str:
    styles = etree.fromstring(f'<s xmlns="{W}"><style styleId="L"><name val="List"/><pPr><numPr/></pPr></style></s>')
    return joined(blocks(etree.fromstring(f'<body xmlns="{W}">{body}</body>'), Styles(styles)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p><r><t>No </t></r>"
         "<ins><r><t>more </t></r></ins><del><r><delText>less </delText></r></del><r><t>pain</t></r></p>",
         "No more pain"),
        ("<sdt><sdtContent><p><sdt><sdtPr/><sdtContent><r><t>field</t></r></sdtContent></sdt></p></sdtContent></sdt>",
         "field"),
        ('<p><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r></p>', "10⁶"),
        ("<p><r><rPr><vanish/></rPr><t>hidden</t></r><r><t>seen</t></r></p>", "seen"),
        ("<p><r><t>beta</t><noBreakHyphen/><t>blocker</t><softHyphen/><tab/><t>x</t></r></p>",
         "beta-blocker x"),
        ("<p><r><t>a</t><br/><t>b</t></r></p>", "a\nb"),
        ("<p><pPr><pStyle val='L'/></pPr><r><t>a</t></r></p><p><pPr><pStyle val='L'/></pPr><r><t>b</t></r></p>",
         "- a\n- b"),
        ("<p><pPr><outlineLvl val='0'/></pPr><r><t>Plan</t></r></p>", "Plan"),
        ("<tbl><tr><tc><p><r><t>Drug</t></r></p></tc><tc><p><r><t>Dose</t></r></p></tc></tr>"
         "<tr><tc><p><r><t>Aspirin</t></r></p></tc><tc><p><r><t>100</t></r></p><p><r><t>mg</t></r></p></tc></tr></tbl>",
         "Drug\tDose\nAspirin\t100 mg"),
        ("<p><r><t>a</t></r><r><Choice><txbxContent><p><r><t>box</t></r></p></txbxContent></Choice>"
         "<Fallback><txbxContent><p><r><t>box</t></r></p></txbxContent></Fallback></r></p>", "a\n\nbox"),
        ('<p><r><t>asthma.</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>3</t></r><r><t>Fever</t></r></p>',
         "asthma. Fever"),
        ('<p><r><t>2</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r><r><t>/</t></r>'
         '<r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r><r><t> mg</t></r></p>', "2 1/2 mg"),
        ('<p><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>-</t></r><proofErr/>'
         '<r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r><r><t> M</t></r></p>', "10⁻⁶ M"),
        ('<p><r><t>10</t></r><r><rPr><strike/><vertAlign val="superscript"/></rPr><t>5</t></r>'
         '<r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r></p>', "10⁶"),
        ('<p><r><t>5 </t></r><r><rPr><strike/></rPr><t>mg</t></r><r><rPr><strike val="0"/></rPr><t>g</t></r></p>',
         "5 g"),
        ('<p><r><sym font="Symbol" char="F062"/></r><r><t>-blo\xadcker</t></r></p>', "β-blocker"),
        ("<p><r><t>10</t></r><oMath><sSup><e><r><t>10</t></r></e><sup><r><t>6</t></r></sup></sSup></oMath></p>",
         "1010⁶"),
        ("<p><pPr><rPr><del/></rPr></pPr><r><t>no </t></r></p><p><r><t>fever</t></r></p><p><r><t>b</t></r></p>",
         "no fever\n\nb"),
        ("<p><pPr><rPr><del/></rPr></pPr><r><t>a</t></r></p><tbl><tr><tc><p><r><t>b</t></r></p></tc></tr></tbl>",
         "a\n\nb"),
        ("<p><r><instrText>PAGE</instrText></r><r><t>2</t></r></p>", "2"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_read(body: str, expected: str) -> None:
    assert text(body) == expected
