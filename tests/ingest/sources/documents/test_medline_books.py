"""Books and their chapters in MEDLINE XML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.model import Document, Section
from ingest.sources.documents.medline import read

Write = Callable[..., Path]


def test_a_book_is_read(write: Write) -> None:
    path = write(
        "book.xml",
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>20301295</PMID><Book><BookTitle>Reviews</BookTitle>"
        "<PubDate><Year>1993</Year></PubDate></Book><ArticleTitle>A syndrome</ArticleTitle><Language>eng</Language>"
        "<Abstract><AbstractText Label='CLINICAL CHARACTERISTICS'>Fever.</AbstractText></Abstract>"
        "<KeywordList><Keyword>gene</Keyword></KeywordList></BookDocument></PubmedBookArticle>"
        "<PubmedBookArticle><BookDocument><PMID>2</PMID><Book><BookTitle>Reviews</BookTitle></Book></BookDocument>"
        "</PubmedBookArticle></PubmedArticleSet>",
    )
    first, second = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.title, first.year, first.keywords) == ("PMID:20301295", "A syndrome", 1993, ("gene",))
    assert first.sections[1] == Section("clinical characteristics", "Fever.")
    assert second.title == "Reviews"


@pytest.mark.parametrize(
    ("dates", "year"), [("<ContributionDate><Year>2004</Year></ContributionDate>", 2004), ("", 1993)]
)
def test_a_chapter_has_a_year_of_its_own(write: Write, dates: str, year: int) -> None:
    book = "<Book><BookTitle>Rarities</BookTitle><PubDate><Year>1993</Year></PubDate></Book>"
    entry = f"<BookDocument><PMID>7</PMID>{book}<ArticleTitle>A chapter.</ArticleTitle>{dates}</BookDocument>"
    file = write("book.xml", f"<PubmedArticleSet><PubmedBookArticle>{entry}</PubmedBookArticle></PubmedArticleSet>")
    (document,) = read(file)
    assert isinstance(document, Document)
    assert document.year == year
