"""PubMed and MEDLINE XML: baseline and update files, single records, books.

Elements as in https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html. The text of a record is its title and
its abstract, then the vernacular title and abstracts in other languages where it has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.errors import MalformedFile
from ingest.model import Deletion, Document, Failure, Record, Section
from ingest.sources.documents import retraction
from ingest.sources.files.files import rest
from ingest.sources.files.markup import elements, flat
from text.language import two_letters

_TAGS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation", "DeleteDocument")
_PMID = re.compile("[0-9]{1,12}")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_NO_TITLE = ("[not available].", "[not available]", "not available.")
_RETRACTED = frozenset(("RetractionIn", "RetractionOf", "RetractedandRepublishedIn", "PartialRetractionOf"))
"""What a record may refer to: its notice, or what it is the notice of. One in its corrected state is none."""
_UNDER_MESH = frozenset(("D016440", "D016441"))


def read(path: Path) -> Iterator[Record]:
    """The records of a file: a Document a citation, a Deletion a withdrawn PMID. Raises UnreadableSource."""
    entry = 0
    try:
        for element in elements(path, _TAGS):
            if element.tag in ("DeleteCitation", "DeleteDocument"):
                yield from _deletions(element, str(path))
            else:
                entry += 1
                yield _document(element, str(path), entry)
    except MalformedFile as error:
        yield rest(error, f"entry {entry}" if entry else "")


def _deletions(element: etree._Element, file: str) -> Iterator[Record]:
    for number, child in enumerate(element.iterfind("PMID"), 1):
        pmid = flat(child)
        if _PMID.fullmatch(pmid):
            yield Deletion(f"PMID:{int(pmid)}")
        else:
            yield Failure(file, f"deletion {number}", "the PMID is no number")


def _document(record: etree._Element, file: str, entry: int) -> Document | Failure:
    book = record.tag == "PubmedBookArticle"
    if record.tag == "MedlineCitation":
        citation: etree._Element | None = record
    else:
        citation = record.find("BookDocument" if book else "MedlineCitation")
    article = citation if book or citation is None else citation.find("Article")
    pmid = flat(citation.find("PMID")) if citation is not None else ""
    if citation is None or not _PMID.fullmatch(pmid):
        return Failure(file, f"entry {entry}", "no PMID" if not pmid else "the PMID is no number")
    number = int(pmid)
    if article is None:
        return Failure(file, f"PMID:{number}", f"entry {entry} has no article")

    title = flat(article.find("ArticleTitle"))
    vernacular = flat(article.find("VernacularTitle"))
    if title.lower() in _NO_TITLE:
        title = ""
    if not title and book:
        title = flat(article.find("Book/BookTitle"))
    if not title:
        title, vernacular = vernacular, ""
    sections = [Section("title", title)] if title else []
    sections += _abstract(article.find("Abstract"), "")
    if vernacular:
        sections.append(Section("vernacular title", vernacular))
    for other in citation.iterfind("OtherAbstract"):
        sections += _abstract(other, two_letters(other.get("Language", "")))
    sections += _retracted_in_part(citation)
    if not sections:
        return Failure(file, f"PMID:{number}", f"entry {entry} has neither title nor abstract")

    language = flat(article.find("Language"))
    return Document(
        id=f"PMID:{number}",
        title=title,
        sections=tuple(sections),
        year=_year(record, article),
        language=two_letters(language) if language else "en",
        source="pubmed",
        url=f"https://pubmed.ncbi.nlm.nih.gov/{number}/",
        retracted=_retracted(record, citation, article, (title, vernacular)),
        revision=_version(citation),
        keywords=_keywords(citation),
        publication_types=_types(article),
    )


def _abstract(abstract: etree._Element | None, language: str) -> Iterator[Section]:
    """The parts of an abstract, named by their labels; `language` is told of one in another language."""
    if abstract is None:
        return
    for part in abstract.iterfind("AbstractText"):
        text = flat(part)
        name = part.get("Label", "").strip(" :").lower()
        if name in ("", "unlabelled"):
            name = part.get("NlmCategory", "").lower()
        if name in ("", "unassigned", "unlabelled"):
            name = "abstract"
        if text:
            yield Section(f"{name} ({language})" if language else name, text)


def _version(citation: etree._Element) -> int:
    """The version of a citation: a journal such as PLoS Currents revises a paper under its PMID."""
    version = citation.find("PMID").get("Version", "")  # type: ignore[union-attr]  # a citation that is read has one
    return int(version) if _PMID.fullmatch(version) else 1


def _year(record: etree._Element, article: etree._Element) -> int | None:
    # A chapter has a year of its own; that of its book is when the first of all chapters came out.
    places = (
        "ContributionDate/Year",
        "Journal/JournalIssue/PubDate/Year", "Journal/JournalIssue/PubDate/MedlineDate", "ArticleDate/Year",
        "Book/PubDate/Year", "Book/PubDate/MedlineDate", "Book/BeginningDate/Year",
    )  # fmt: skip
    for place in places:
        if year := _YEAR.search(flat(article.find(place))):
            return int(year[0])
    history = record.find("PubmedData/History/PubMedPubDate[@PubStatus='pubmed']/Year")
    year = _YEAR.search(flat(history))
    return int(year[0]) if year else None


def _retracted(
    record: etree._Element, citation: etree._Element, article: etree._Element, titles: tuple[str, ...]
) -> bool:
    """Whether the paper is retracted, or is the notice of a retraction: by type, link, title, history or its words."""
    return (
        any(kind.get("UI") in _UNDER_MESH or retraction.by_kind(flat(kind)) for kind in _kinds(article))
        or any(correction.get("RefType") in _RETRACTED for correction in _corrections(citation))
        or any(retraction.by_title(title) for title in titles)
        or any(
            date.get("PubStatus", "").lower() in ("retracted", "withdrawn")
            for date in record.iterfind("*/History/PubMedPubDate")
        )
        or flat(record.find("PubmedData/PublicationStatus")).lower() in ("retracted", "withdrawn")
        or retraction.by_first_words(flat(article.find("Abstract/AbstractText")))
    )


def _types(article: etree._Element) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for kind in _kinds(article) if (name := flat(kind))))


def _kinds(article: etree._Element) -> list[etree._Element]:
    return [*article.iterfind("PublicationTypeList/PublicationType"), *article.iterfind("PublicationType")]


def _retracted_in_part(citation: etree._Element) -> Iterator[Section]:
    for correction in _corrections(citation):
        if correction.get("RefType") == "PartialRetractionIn":
            yield Section("notice", retraction.partly(flat(correction.find("RefSource"))))


def _corrections(citation: etree._Element) -> Iterator[etree._Element]:
    return citation.iterfind("CommentsCorrectionsList/CommentsCorrections")


def _keywords(citation: etree._Element) -> tuple[str, ...]:
    """MeSH descriptors, then the authors' keywords, each once."""
    words = [flat(name) for name in citation.iterfind("MeshHeadingList/MeshHeading/DescriptorName")]
    words += [flat(word) for word in citation.iterfind("KeywordList/Keyword")]
    return tuple(dict.fromkeys(word for word in words if word))
