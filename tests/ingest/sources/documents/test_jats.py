"""JATS full text: what is read, under which name, and what is left out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Document, Failure
from ingest.sources.detect import documents
from ingest.sources.documents.jats import licence, read
from ingest.sources.files.characters import collapse

Write = Callable[..., Path]

IDS = '<article-id pub-id-type="pmc">123</article-id><article-id pub-id-type="pmid">45</article-id>'
TITLE = "<title-group><article-title>Fever in travellers</article-title></title-group>"


def article(body: str = "", meta: str = IDS + TITLE, back: str = "", more: str = "", attributes: str = "") -> str:
    return (
        '<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" '
        f"{attributes}><front><article-meta>{meta}</article-meta></front>"
        f"<body>{body}</body><back>{back}</back>{more}</article>"
    )


@pytest.fixture
def one(write: Write) -> Callable[..., Document]:
    def make(body: str = "", **parts: str) -> Document:
        (document,) = read(write("one.nxml", "<!DOCTYPE article PUBLIC 'x' 'y.dtd'>\n" + article(body, **parts)))
        assert isinstance(document, Document), document
        return document

    return make


def named(document: Document) -> list[tuple[str, str]]:
    return [(section.name, section.text) for section in document.sections]


def test_an_article_becomes_a_document(one: Callable[..., Document]) -> None:
    document = one(
        "<sec sec-type='intro'><title>1. Why</title><p>Fever is\n common.</p><p>It rises.</p></sec>"
        "<sec><title>2. Patients and methods</title><p>We asked.</p>"
        "<sec><title>2.1. Statistics</title><p>We counted.</p></sec></sec>"
        "<sec sec-type='results'><title>What we saw</title><sec><p>Much.</p></sec></sec>",
        meta=IDS
        + TITLE
        + "<pub-date pub-type='pmc-release'><year>2009</year></pub-date><pub-date pub-type='ppub'><year>2012</year>"
        "</pub-date><pub-date pub-type='epub'><year>2011</year></pub-date>"
        "<permissions><license xlink:href='https://creativecommons.org/licenses/by/4.0/'><license-p>Open.</license-p>"
        "</license></permissions><abstract><p>In short.</p></abstract>"
        "<kwd-group><kwd>fever</kwd><kwd>travel</kwd></kwd-group>"
        "<article-categories><subj-group subj-group-type='heading'><subject>Case Report</subject></subj-group>"
        "<subj-group><subject>Medicine</subject></subj-group></article-categories>",
        attributes='xml:lang="EN" article-type="case-report"',
    )
    assert document.id == "PMCID:PMC123"
    assert document.title == "Fever in travellers"
    assert (document.year, document.language, document.licence) == (2011, "en", "CC BY 4.0")
    assert (document.source, document.keywords) == ("pmc", ("fever", "travel"))
    assert document.publication_types == ("case-report", "Case Report")
    assert document.url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"
    assert named(document) == [
        ("title", "Fever in travellers"),
        ("abstract", "In short."),
        ("introduction", "Fever is common.\nIt rises."),
        ("patients and methods", "We asked."),
        ("patients and methods: statistics", "We counted."),
        ("results", "Much."),
    ]


def test_a_structured_abstract_has_its_parts_and_its_translation_its_language(one: Callable[..., Document]) -> None:
    meta = (
        "<abstract><sec><title>Background</title><p>a</p></sec><sec><title>Results:</title><p>b</p></sec></abstract>"
        "<abstract abstract-type='summary'><p>c</p></abstract>"
        "<trans-abstract xml:lang='zh'><p>发热</p></trans-abstract>"
    )
    assert named(one(meta=IDS + TITLE + meta))[1:] == [
        ("background", "a"),
        ("results", "b"),
        ("abstract (summary)", "c"),
        ("abstract (zh)", "发热"),
    ]


@pytest.mark.parametrize(
    ("ids", "id", "source"),
    [
        ('<article-id pub-id-type="pmcid">PMC9</article-id>', "PMCID:PMC9", "pmc"),
        (
            '<article-id pub-id-type="pmid">9</article-id><article-id pub-id-type="doi">10.1/A</article-id>',
            "PMID:9",
            "file",
        ),
        ('<article-id pub-id-type="doi">10.1/A b</article-id>', "sha256:", "file"),
        ('<article-id pub-id-type="doi">10.1/A</article-id>', "doi:10.1/a", "file"),
    ],
)
def test_the_best_id_is_taken(one: Callable[..., Document], ids: str, id: str, source: str) -> None:
    document = one("<p>x</p>", meta=ids + TITLE)
    assert document.id.startswith(id)
    assert document.source == source


def test_captions_are_sections_of_their_own_and_cells_are_left_out(one: Callable[..., Document]) -> None:
    document = one(
        "<sec><title>Results</title><p>Before <xref ref-type='fig'>Fig. 1</xref>"
        "<fig id='f'><label>Figure 1</label><caption><title>Fever.</title><p>By day.</p></caption><graphic/></fig>"
        " after.</p>"
        "<table-wrap><label>Table 1</label><caption><p>Doses.</p></caption><table><tr><td>5</td></tr></table>"
        "<table-wrap-foot><fn><p>note</p></fn></table-wrap-foot></table-wrap></sec>",
        more="<floats-group><fig><label>Figure 2</label><caption><p>Late.</p></caption></fig></floats-group>",
    )
    assert named(document)[1:] == [
        ("results", "Before Fig. 1 after."),
        ("figure", "Figure 1 Fever.\nBy day."),
        ("table", "Table 1 Doses."),
        ("figure", "Figure 2 Late."),
    ]


def test_lists_quotes_and_boxes_are_paragraphs(one: Callable[..., Document]) -> None:
    body = (
        "<p>Signs:<list><list-item><label>a</label><p>fever</p></list-item><list-item><p>cough</p></list-item></list>"
        "as seen.</p><boxed-text><title>Key</title><p>Rest.</p></boxed-text><disp-quote><p>Drink.</p></disp-quote>"
    )
    assert named(one(body))[1:] == [("body", "Signs:\nfever\ncough\nas seen.\nKey\nRest.\nDrink.")]


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("disease<sup><xref ref-type='bibr'>1</xref>,<xref ref-type='bibr'>2</xref></sup>.", "disease."),
        ("disease<xref ref-type='bibr'><sup>1</sup></xref><sup>,</sup><xref ref-type='bibr'><sup>2</sup></xref>.",
         "disease."),
        ("disease [<xref ref-type='bibr'>1</xref>].", "disease [1]."),
        ("10<sup>6</sup> cells/m<sup>2</sup>", "10⁶ cells/m2"),
        ("a<break/>b <italic>c<bold>d</bold></italic>", "a b cd"),
        ("x <inline-formula><alternatives><tex-math>\\documentclass</tex-math><mml:math><mml:msup><mml:mn>10</mml:mn>"
         "<mml:mn>6</mml:mn></mml:msup><mml:mo>+</mml:mo><mml:mfrac><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfrac>"
         "</mml:math></alternatives></inline-formula> y", "x 10⁶+a/b y"),
        ("5 &mu;g &#945;", "5 μg α"),
    ],
)  # fmt: skip
def test_a_line_reads_as_it_is_printed(one: Callable[..., Document], paragraph: str, text: str) -> None:
    assert named(one(f"<p>{paragraph}</p>"))[1:] == [("body", text)]


def test_what_is_not_the_article_is_left_out(one: Callable[..., Document]) -> None:
    document = one(
        "<sec><title>Results</title><p>Much.</p></sec>",
        meta=IDS
        + "<title-group><article-title>Fever<xref ref-type='fn'>*</xref></article-title><subtitle>a study</subtitle>"
        "<trans-title-group xml:lang='fr'><trans-title>Fièvre</trans-title></trans-title-group></title-group>",
        back="<ack><p>Thanks.</p></ack><ref-list><ref><mixed-citation>Other</mixed-citation></ref></ref-list>"
        "<app-group><app><title>Appendix 1</title><p>More.</p></app></app-group>",
        more="<sub-article><body><p>Review.</p></body></sub-article>",
    )
    assert named(document) == [
        ("title", "Fever: a study"),
        ("results", "Much."),
        ("appendix 1", "More."),
        ("title (fr)", "Fièvre"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("http://creativecommons.org/licenses/by-nc-nd/3.0/ whatever", "CC BY-NC-ND 3.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("http://creativecommons.org/licenses/by", "CC BY"),
        ("under the Creative Commons Attribution License, which permits commercial use", "CC BY"),
        ("the Creative Commons Attribution-NonCommercial-ShareAlike License", "CC BY-NC-SA"),
        ("the Creative Commons Attribution Non-Commercial No Derivatives licence", "CC BY-NC-ND"),
        ("This work is in the public domain.", "public domain"),
        ("All rights reserved.", ""),
    ],
)
def test_licences_are_told_by_address_or_words(text: str, name: str) -> None:
    assert licence(text) == name


@pytest.mark.parametrize(
    ("attributes", "meta"),
    [
        ("article-type='retraction'", IDS + TITLE),
        ("", IDS + TITLE + "<related-article related-article-type='retraction-forward'/>"),
        ("", IDS + "<title-group><article-title>RETRACTED: Fever</article-title></title-group>"),
    ],
)
def test_a_retraction_is_told(one: Callable[..., Document], attributes: str, meta: str) -> None:
    assert one("<p>x</p>", meta=meta, attributes=attributes).retracted
    assert not one("<p>x</p>").retracted


def test_many_articles_in_one_file_and_a_malformed_one_among_them(write: Write) -> None:
    second = article("<p>b</p>", meta=IDS.replace("123", "124") + TITLE)
    third = article("", meta=IDS.replace("123", "125"))
    path = write("set.xml.gz", f"<pmc-articleset>{article('<p>a</p>')}<article/>{second}{third}</pmc-articleset>")
    found = list(documents(path))
    assert [record.id for record in found if isinstance(record, Document)] == ["PMCID:PMC123", "PMCID:PMC124"]
    assert [record for record in found if isinstance(record, Failure)] == [
        Failure(str(path), "entry 2", "no article-meta"),
        Failure(str(path), "entry 4", "neither title nor text"),
    ]


def test_an_article_in_a_namespace_is_read(write: Write) -> None:
    inner = article("<sec><title>Results</title><p>Much.</p></sec>").replace("<article ", "<article xmlns='jats' ")
    path = write("oai.xml", f"<OAI-PMH xmlns='oai'><record><metadata>{inner}</metadata></record></OAI-PMH>")
    (document,) = documents(path)
    assert isinstance(document, Document)
    assert named(document)[1:] == [("results", "Much.")]


def test_an_article_cut_off_is_reported(write: Write) -> None:
    path = write("cut.nxml", article("<p>a</p>")[:-40])
    (failure,) = read(path)
    assert isinstance(failure, Failure)
    assert "cut off" in failure.reason


_XML_TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co")), max_size=40)


@given(st.lists(st.lists(_XML_TEXT, max_size=4), max_size=4))
def test_every_paragraph_is_there_once_and_in_order(written: list[list[str]]) -> None:
    sections = "".join(
        f"<sec><title>s{n}</title>{''.join(f'<p>{escape(text)}</p>' for text in texts)}</sec>"
        for n, texts in enumerate(written)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.nxml"
        path.write_text(article(sections), encoding="utf-8")
        (document,) = read(path)
    assert isinstance(document, Document)
    expected = [collapse(text) for texts in written for text in texts if collapse(text)]
    assert "\n".join(["Fever in travellers", *expected]) == document.text


@pytest.mark.data
def test_every_real_article_is_read(data: Path) -> None:
    paths = sorted((data / "literature" / "jats").glob("*.nxml.gz"))
    paths += sorted((data / "literature" / "samples").glob("*.nxml"))
    found = [record for path in paths for record in documents(path)]
    assert len(paths) == len(found) == 419
    articles = [record for record in found if isinstance(record, Document)]
    assert len(articles) == 419
    assert all(one.id.startswith("PMCID:PMC") and one.title and one.year for one in articles)
    # One is an abstract's title alone in the file itself, four are errata or letters.
    assert sum(len(one.text) > 1500 for one in articles) >= 414
    assert sum(one.licence.startswith("CC") for one in articles) >= 410
    assert not any("\\documentclass" in one.text for one in articles)
