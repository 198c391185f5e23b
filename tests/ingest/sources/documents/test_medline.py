"""MEDLINE XML: every kind of record, every kind of damage."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Deletion, Document, Failure, Section
from ingest.sources.detect import documents
from ingest.sources.documents.medline import read
from ingest.sources.files.characters import collapse

Write = Callable[..., Path]

HEAD = '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "pubmed.dtd">\n'


def record(pmid: str = "<PMID Version='1'>7</PMID>", article: str = "", rest: str = "", data: str = "") -> str:
    return (
        f"<PubmedArticle>\n  <MedlineCitation>{pmid}<Article>{article}</Article>{rest}</MedlineCitation>"
        f"{data}</PubmedArticle>\n"
    )


def pubmed(*records: str) -> str:
    return f"{HEAD}<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>\n"


TITLE = "<ArticleTitle>Fever after travel.</ArticleTitle>"
ENGLISH = "<Language>eng</Language>"


@pytest.fixture
def one(write: Write) -> Callable[..., Document]:
    def make(**parts: str) -> Document:
        (document,) = read(write("one.xml", pubmed(record(**parts))))
        assert isinstance(document, Document)
        return document

    return make


def test_a_record_becomes_a_document(one: Callable[..., Document]) -> None:
    document = one(
        article=TITLE
        + "<Journal><JournalIssue><PubDate><Year>2019</Year></PubDate></JournalIssue></Journal>"
        + "<Abstract><AbstractText>We saw\n   fever.</AbstractText></Abstract>"
        + ENGLISH
        + "<PublicationTypeList><PublicationType UI='D016449'>Randomized Controlled Trial</PublicationType>"
        + "<PublicationType UI='D016428'>Journal Article</PublicationType></PublicationTypeList>",
        rest="<MeshHeadingList><MeshHeading><DescriptorName UI='D5'>Fever</DescriptorName><QualifierName>etiology"
        "</QualifierName></MeshHeading></MeshHeadingList><KeywordList><Keyword>travel</Keyword><Keyword>Fever</Keyword>"
        "</KeywordList>",
    )
    assert document == Document(
        id="PMID:7",
        title="Fever after travel.",
        sections=(Section("title", "Fever after travel."), Section("abstract", "We saw fever.")),
        year=2019,
        source="pubmed",
        url="https://pubmed.ncbi.nlm.nih.gov/7/",
        keywords=("Fever", "travel"),
        publication_types=("Randomized Controlled Trial", "Journal Article"),
        revision=1,
    )
    assert document.text == "Fever after travel.\nWe saw fever."


def test_the_parts_of_a_structured_abstract_are_named_by_their_labels(one: Callable[..., Document]) -> None:
    document = one(
        article=TITLE
        + "<Abstract><AbstractText Label='AIMS AND SCOPE' NlmCategory='OBJECTIVE'>a</AbstractText>"
        + "<AbstractText NlmCategory='METHODS'>b</AbstractText>"
        + "<AbstractText Label='UNLABELLED'>c</AbstractText>"
        + "<AbstractText Label='EMPTY'> </AbstractText>"
        + "<CopyrightInformation>Somebody's.</CopyrightInformation></Abstract>"
    )
    assert document.sections[1:] == (Section("aims and scope", "a"), Section("methods", "b"), Section("abstract", "c"))


def test_markup_within_a_text_is_flattened_and_an_exponent_stays_one(one: Callable[..., Document]) -> None:
    document = one(
        article="<ArticleTitle>CO<sub>2</sub> and <i>E. <b>coli</b></i> &#x3b2;&lt;5 &alpha;</ArticleTitle>"
        "<Abstract><AbstractText>10<sup>-6</sup> of 10<sup>5</sup> CD4<sup>+</sup> cells in <sup>13</sup>C"
        "</AbstractText></Abstract>"
    )
    assert document.title == "CO2 and E. coli β<5 α"
    assert document.sections[1].text == "10⁻⁶ of 10⁵ CD4+ cells in 13C"


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ("<Journal><JournalIssue><PubDate><Year>1987</Year></PubDate></JournalIssue></Journal>", 1987),
        ("<Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue>"
         "</Journal>", 1998),
        ("<ArticleDate><Year>2020</Year><Month>01</Month></ArticleDate>", 2020),
        ("<Journal><JournalIssue><PubDate><MedlineDate>Spring</MedlineDate></PubDate></JournalIssue></Journal>", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_year_is_found_where_it_stands(one: Callable[..., Document], dates: str, year: int | None) -> None:
    assert one(article=TITLE + dates).year == year


def test_the_year_of_the_entry_is_the_last_resort(one: Callable[..., Document]) -> None:
    date = "<PubMedPubDate PubStatus='pubmed'><Year>2001</Year></PubMedPubDate>"
    assert one(article=TITLE, data=f"<PubmedData><History>{date}</History></PubmedData>").year == 2001


def test_a_record_in_another_language_keeps_its_own_title_and_abstract(one: Callable[..., Document]) -> None:
    document = one(
        article="<ArticleTitle>[Fever after travel].</ArticleTitle><Abstract><AbstractText>Fever.</AbstractText>"
        "</Abstract><Language>chi</Language><VernacularTitle>旅行后发热</VernacularTitle>",
        rest="<OtherAbstract Type='Publisher' Language='chi'><AbstractText Label='目的'>发热。</AbstractText>"
        "</OtherAbstract>",
    )
    assert document.language == "zh"
    assert document.title == "[Fever after travel]."
    assert [(section.name, section.text) for section in document.sections] == [
        ("title", "[Fever after travel]."),
        ("abstract", "Fever."),
        ("vernacular title", "旅行后发热"),
        ("目的 (zh)", "发热。"),
    ]


def test_where_no_title_is_available_the_vernacular_one_is_the_title(one: Callable[..., Document]) -> None:
    document = one(article="<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Fieber</VernacularTitle>")
    assert (document.title, document.sections) == ("Fieber", (Section("title", "Fieber"),))


@pytest.mark.parametrize(
    ("parts", "retracted"),
    [
        ({"article": TITLE + "<PublicationTypeList><PublicationType>Retracted Publication</PublicationType>"
          "</PublicationTypeList>"}, True),
        ({"article": TITLE, "rest": "<CommentsCorrectionsList><CommentsCorrections RefType='RetractionIn'>"
          "<PMID>9</PMID></CommentsCorrections></CommentsCorrectionsList>"}, True),
        ({"article": TITLE, "rest": "<CommentsCorrectionsList><CommentsCorrections RefType='RetractionOf'>"
          "<PMID>9</PMID></CommentsCorrections></CommentsCorrectionsList>"}, True),
        ({"article": TITLE, "rest": "<CommentsCorrectionsList><CommentsCorrections RefType='RetractedandRepublishedIn'>"
          "<PMID>9</PMID></CommentsCorrections></CommentsCorrectionsList>"}, True),
        ({"article": TITLE + "<PublicationTypeList><PublicationType UI='D016440'>Retraction Notice</PublicationType>"
          "</PublicationTypeList>"}, True),
        ({"article": "<ArticleTitle>WITHDRAWN: Fever after travel.</ArticleTitle>"}, True),
        ({"article": TITLE, "data": "<PubmedData><History><PubMedPubDate PubStatus='retracted'><Year>2020</Year>"
          "</PubMedPubDate></History></PubmedData>"}, True),
        ({"article": TITLE + "<Abstract><AbstractText>This article was retracted.</AbstractText></Abstract>"}, True),
        *(({"article": TITLE, "rest": f"<CommentsCorrectionsList><CommentsCorrections RefType='{kind}'><PMID>9</PMID>"
            "</CommentsCorrections></CommentsCorrectionsList>"}, False)
          for kind in ("ErratumIn", "ErratumFor", "RetractedandRepublishedFrom", "CorrectedandRepublishedFrom",
                       "CorrectedandRepublishedIn", "ExpressionOfConcernIn", "CommentOn", "PartialRetractionIn")),
        ({"article": TITLE, "data": "<PubmedData><History><PubMedPubDate PubStatus='revised'><Year>2020</Year>"
          "</PubMedPubDate></History></PubmedData>"}, False),
        ({"article": TITLE}, False),
    ],
)  # fmt: skip
def test_a_retracted_record_says_so(one: Callable[..., Document], parts: dict[str, str], retracted: bool) -> None:
    assert one(**parts).retracted is retracted


def test_a_record_without_abstract_is_its_title(one: Callable[..., Document]) -> None:
    assert one(article=TITLE).text == "Fever after travel."


def test_the_pmid_of_a_correction_is_not_that_of_the_record(one: Callable[..., Document]) -> None:
    cited = "<CommentsCorrections RefType='Cites'><PMID>9</PMID></CommentsCorrections>"
    rest = f"<CommentsCorrectionsList>{cited}</CommentsCorrectionsList>"
    assert one(pmid="<PMID>0012</PMID>", article=TITLE, rest=rest).id == "PMID:12"


def test_an_update_file_withdraws_records(write: Write) -> None:
    deletion = "<DeleteCitation><PMID Version='1'>5</PMID>\n<PMID Version='1'>6</PMID><PMID>x6</PMID></DeleteCitation>"
    path = write("update.xml.gz", pubmed(record(article=TITLE), deletion))
    found = list(read(path))
    assert isinstance(found[0], Document)
    assert found[1:] == [
        Deletion("PMID:5"),
        Deletion("PMID:6"),
        Failure(str(path), "deletion 3", "the PMID is no number"),
    ]


def test_a_set_of_bare_citations_is_read(write: Write) -> None:
    citation = f"<MedlineCitation><PMID>1</PMID><Article>{TITLE}</Article></MedlineCitation>"
    (document,) = read(write("old.xml", f"<MedlineCitationSet>{citation}</MedlineCitationSet>"))
    assert isinstance(document, Document)
    assert document.id == "PMID:1"


def test_malformed_records_are_reported_and_the_others_read(write: Write) -> None:
    path = write(
        "mixed.xml",
        pubmed(
            record(pmid="", article=TITLE),
            record(pmid="<PMID>secret name</PMID>", article=TITLE),
            record(article="<ArticleTitle/><Abstract><AbstractText/></Abstract>"),
            "<PubmedArticle><PubmedData/></PubmedArticle>",
            "<PubmedArticle><MedlineCitation><PMID>8</PMID></MedlineCitation></PubmedArticle>",
            record(article=TITLE),
        ),
    )
    *failures, document = read(path)
    assert failures == [
        Failure(str(path), "entry 1", "no PMID"),
        Failure(str(path), "entry 2", "the PMID is no number"),
        Failure(str(path), "PMID:7", "entry 3 has neither title nor abstract"),
        Failure(str(path), "entry 4", "no PMID"),
        Failure(str(path), "PMID:8", "entry 5 has no article"),
    ]
    assert isinstance(document, Document)


def many(count: int) -> str:
    return pubmed(*(record(pmid=f"<PMID>{n + 1}</PMID>", article=TITLE) for n in range(count)))


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_cut_off_gives_its_records_and_one_failure(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "cut.xml"
    content = many(3000).encode()
    path.write_bytes(gzip.compress(content)[:-2000] if packed else content[: len(content) // 2])
    *found, last = documents(path)
    assert [one.id for one in found if isinstance(one, Document)] == [f"PMID:{n + 1}" for n in range(len(found))]
    assert 1000 < len(found) < 3000
    assert isinstance(last, Failure)
    assert last.record == f"after entry {len(found)}"
    assert ("gzip" if packed else "cut off") in last.reason


def test_wrong_encoding_ends_a_file_without_quoting_it(write: Write) -> None:
    wrong = record(article="<ArticleTitle>J\xe9r</ArticleTitle>")
    path = write("latin.xml", pubmed(record(article=TITLE), wrong).encode("latin-1"))
    document, failure = read(path)
    assert isinstance(document, Document)
    assert isinstance(failure, Failure)
    assert failure.record == "after entry 1"
    assert "0xE9" not in failure.reason


def test_an_encoding_that_is_declared_is_read(write: Write) -> None:
    title = record(article="<ArticleTitle>Ménière</ArticleTitle>")
    content = f"<?xml version='1.0' encoding='ISO-8859-1'?><PubmedArticleSet>{title}</PubmedArticleSet>"
    (document,) = read(write("latin.xml", content.encode("latin-1")))
    assert isinstance(document, Document)
    assert document.title == "Ménière"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("subset", "article"),
    [
        (f'<!ENTITY l0 "lol">{LAUGHS}', "<ArticleTitle>&l11;</ArticleTitle>"),
        (f'<!ENTITY l0 "lol">{LAUGHS}', "<ArticleTitle a='&l11;'>x</ArticleTitle>"),
        ('<!ENTITY file SYSTEM "SECRET">', "<ArticleTitle>&file;</ArticleTitle>"),
        ('<!ENTITY % file SYSTEM "SECRET"> %file;', TITLE),
    ],
    ids=["billion laughs", "laughs in an attribute", "external entity", "parameter entity"],
)
def test_entities_are_refused(write: Write, subset: str, article: str) -> None:
    secret = write("secret.txt", "password")
    subset = subset.replace("SECRET", secret.as_uri())
    path = write("bad.xml", f"<!DOCTYPE a [{subset}]><PubmedArticleSet>{record(article=article)}</PubmedArticleSet>")
    (failure,) = read(path)
    assert isinstance(failure, Failure)
    assert "entities" in failure.reason or "more than is safe" in failure.reason
    assert "password" not in failure.reason


_MEMORY = """
import sys
from pathlib import Path
from ingest.sources.documents.medline import read
count = sum(1 for _ in read(Path(sys.argv[1])))
status = Path("/proc/self/status").read_text()
print(count, status.split("VmHWM:")[1].split()[0])  # the peak of this program alone, unlike ru_maxrss
"""


def test_memory_does_not_grow_with_the_file(write: Write) -> None:
    seen = {}
    for count in (500, 15_000):
        path = write(f"{count}.xml", many(count).replace("Fever after travel.", "Fever " * 100))
        done = subprocess.run([sys.executable, "-c", _MEMORY, path], capture_output=True, text=True, check=True)
        read_, kilobytes = done.stdout.split()
        assert int(read_) == count
        seen[count] = int(kilobytes)
    assert path.stat().st_size > 10 << 20
    assert seen[15_000] - seen[500] < 8 << 10


_XML_TEXT = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co")) | st.sampled_from(" \n\t"), max_size=60
)


@given(_XML_TEXT, _XML_TEXT)
def test_texts_are_those_written(title: str, abstract: str) -> None:
    article = f"<ArticleTitle>{escape(title)}</ArticleTitle>"
    article += f"<Abstract><AbstractText>{escape(abstract)}</AbstractText></Abstract>"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xml"
        path.write_text(pubmed(record(article=article)), encoding="utf-8")
        (found,) = read(path)
    texts = [text for text in (collapse(title), collapse(abstract)) if text]
    if not texts:
        assert isinstance(found, Failure)
    elif texts[0].lower() not in ("[not available].", "[not available]", "not available."):
        assert isinstance(found, Document)
        assert [section.text for section in found.sections] == texts
        assert found.text == "\n".join(texts)


@pytest.mark.data
def test_a_real_record_is_read(data: Path) -> None:
    (document,) = documents(data / "literature" / "samples" / "pubmed-29768149.xml")
    assert isinstance(document, Document)
    assert document.id == "PMID:29768149"
    assert document.year == 2018
    assert len(document.text) > 500
    assert document.keywords


def test_a_retraction_in_part_is_shown(one: Callable[..., Document]) -> None:
    document = one(
        article=TITLE,
        rest="<CommentsCorrectionsList><CommentsCorrections RefType='PartialRetractionIn'><RefSource>J Inv. 2022;1:1"
        "</RefSource></CommentsCorrections></CommentsCorrectionsList>",
    )
    assert document.sections[-1] == Section("notice", "A part of this article was retracted (J Inv. 2022;1:1).")
