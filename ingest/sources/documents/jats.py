"""JATS full text, as PubMed Central has it: one article a file, or many in a `pmc-articleset`.

Elements as in https://jats.nlm.nih.gov/archiving/. Read are title, abstracts, body, captions of figures and tables,
appendices; left out are references, cells of tables, acknowledgements, notes at the end, and sub-articles (reviews
and replies). The name of a section is its kind or heading; one within another is named `methods: statistics`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.model import Document, Failure, Record, Section
from ingest.sources.documents import retraction
from ingest.sources.documents.jats_text import Captioned, blocks, caption, inline
from ingest.sources.files.characters import collapse
from ingest.sources.files.markup import elements
from ingest.sources.ids import hashed
from ingest.sources.records import to_the_break
from text.language import two_letters

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS = {
    "intro": "introduction", "introduction": "introduction", "background": "background", "methods": "methods",
    "method": "methods", "materials": "methods", "materials|methods": "methods", "materials-methods": "methods",
    "materials and methods": "methods", "results": "results", "discussion": "discussion", "cases": "case report",
    "conclusion": "conclusions", "conclusions": "conclusions", "results|discussion": "results and discussion",
}  # fmt: skip
"""What a `sec-type` is called; a section of another type is called by its heading."""
_NUMBERING = re.compile(r"(\d+(\.\d+)*\.?|[IVX]+\.)\s+")
_YEAR = re.compile("1[5-9][0-9]{2}|20[0-9]{2}")
_CC = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)(?:/(\d\.\d))?", re.IGNORECASE)
_CC_PROSE = re.compile(
    r"creative commons (public domain|zero|cc0|attribution)([ -](?:non-?commercial|share|no|deriv)\S*)*", re.I
)
_CC_PARTS = {"NC": "non-?commercial", "SA": "share", "ND": "no[ -]?deriv"}
_RETRACTED = frozenset(
    ("retraction-forward", "retracted-by", "retraction", "retraction-notice", "retracted-article", "withdrawal",
     "withdrawn-by", "withdrawn-article")
)  # fmt: skip
"""What an article may be related to: its notice, or what it is the notice of."""
_AGAIN = frozenset(("correction", "corrected-article", "republished-article", "corrected-republished"))
_IN_PART = frozenset(("partial-retraction", "partial-retraction-forward", "partially-retracted-by"))


def read(path: Path) -> Iterator[Record]:
    """A Document an article. Raises UnreadableSource."""
    yield from to_the_break(
        elements(path, ("{*}article",)),
        lambda element, entry: _document(_without_namespace(element), str(path), entry),
    )


def licence(text: str) -> str:
    """The Creative Commons licence that `text` names by its address or in words, such as `CC BY 4.0`; else empty."""
    if address := _CC.search(text):
        kind = address[2].lower()
        name = {"zero": "CC0", "mark": "public domain"}.get(kind, f"CC {kind.upper()}")
        return f"{name} {address[3]}" if address[3] and kind != "mark" else name
    prose = _CC_PROSE.search(text)
    if not prose:
        return "public domain" if "public domain" in text.lower() else ""
    words = prose[0].lower()
    if "attribution" not in words:
        return "CC0"
    parts = [part for part, word in _CC_PARTS.items() if re.search(word, words)]
    return "-".join(["CC BY", *parts])


def _document(article: etree._Element, file: str, entry: int) -> Document | Failure:
    meta = article.find("front/article-meta")
    if meta is None:
        meta = article.find("front-stub")
    if meta is None:
        return Failure(file, f"entry {entry}", "no article-meta")
    title = _title(meta)
    sections = [Section("title", title)] if title else []
    for abstract in meta.iterfind("abstract"):
        kind = abstract.get("abstract-type", "")
        sections += _sections(abstract, f"abstract ({kind})" if kind else "abstract", top=True)
    body = article.find("body")
    if body is not None:
        sections += _sections(body, "body", top=True)
    for appendix in article.iterfind("back//app"):
        sections += _sections(appendix, _name(appendix, "appendix"))
    floats = article.find("floats-group")
    if floats is not None:
        sections += _sections(floats, "floats")
    for other in meta.iterfind("title-group/trans-title-group"):
        if text := inline(other.find("trans-title")):
            sections.append(Section(f"title ({two_letters(other.get(_LANG, 'und'))})", text))
    for other in meta.iterfind("trans-abstract"):
        sections += _sections(other, f"abstract ({two_letters(other.get(_LANG, 'und'))})")
    if any(r.get("related-article-type", "") in _IN_PART for r in meta.iterfind("related-article")):
        sections.append(Section("notice", retraction.partly("")))
    if not sections:
        return Failure(file, f"entry {entry}", "neither title nor text")
    id, url = _id(meta, sections)
    return Document(
        id=id,
        title=title,
        sections=tuple(sections),
        year=_year(meta),
        language=two_letters(article.get(_LANG) or "en"),
        source="pmc" if id.startswith("PMCID:") else "file",
        licence=_licence(meta),
        url=url,
        retracted=_retracted(article, meta, title),
        keywords=_keywords(meta),
        publication_types=_types(article, meta),
        revision=_version(meta),
    )


def _sections(parent: etree._Element, name: str, top: bool = False) -> Iterator[Section]:
    """The sections in `parent`; those at the `top` are called by their own name alone."""
    lines: list[str] = []
    captioned: Captioned = []
    for child in parent:
        if child.tag in ("title", "label"):
            continue
        if child.tag == "sec":
            yield from _flush(name, lines, captioned)
            own = _name(child, "")
            inner = own if top and name in ("body", "abstract") else f"{name}: {own}" if own else name
            yield from _sections(child, inner or name)
        else:
            lines += blocks(child, captioned)
    yield from _flush(name, lines, captioned)


def _flush(name: str, lines: list[str], captioned: Captioned) -> Iterator[Section]:
    if lines:
        yield Section(name, "\n".join(lines))
    for element in captioned:
        for kind, text in caption(element):
            yield Section(kind, text)
    lines.clear()
    captioned.clear()


def _name(section: etree._Element, default: str) -> str:
    kind = _KINDS.get((section.get("sec-type") or "").lower(), "")
    heading = inline(section.find("title"))
    return kind or _NUMBERING.sub("", heading, count=1).rstrip(" .:").lower() or default


def _title(meta: etree._Element) -> str:
    title = inline(meta.find("title-group/article-title"), notes=False)
    subtitle = inline(meta.find("title-group/subtitle"), notes=False)
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _id(meta: etree._Element, sections: list[Section]) -> tuple[str, str]:
    """The article's id and its address: PMCID, else PMID, else DOI, else a hash of its text."""
    ids = {i.get("pub-id-type", ""): inline(i) for i in meta.iterfind("article-id")}
    pmc = ids.get("pmcid") or ids.get("pmc") or ids.get("pmcaid") or ""
    if number := re.fullmatch("(?:PMC)?([0-9]+)", pmc, re.IGNORECASE):
        return f"PMCID:PMC{number[1]}", f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{number[1]}/"
    if re.fullmatch("[0-9]{1,12}", ids.get("pmid", "")):
        number_ = int(ids["pmid"])
        return f"PMID:{number_}", f"https://pubmed.ncbi.nlm.nih.gov/{number_}/"
    doi = ids.get("doi", "").lower()
    if re.fullmatch(r"10\.\S+/\S+", doi):
        return f"doi:{doi}", f"https://doi.org/{doi}"
    text = "\n".join(section.text for section in sections)
    return hashed(text), ""


def _year(meta: etree._Element) -> int | None:
    """The year in which the article first appeared; the release in PMC does not count."""
    years = [
        int(year)
        for date in meta.iterfind("pub-date")
        if date.get("pub-type") != "pmc-release" and _YEAR.fullmatch(year := inline(date.find("year")))
    ]
    if not years and _YEAR.fullmatch(year := inline(meta.find("permissions/copyright-year"))):
        years = [int(year)]
    return min(years, default=None)


def _licence(meta: etree._Element) -> str:
    for element in meta.iterfind("permissions/license"):
        addresses = " ".join(
            str(v) for e in element.iter(etree.Element) for k, v in e.attrib.items() if "href" in str(k)
        )
        prose = collapse("".join(str(text) for text in element.itertext()))
        if name := licence(f"{addresses} {prose}"):
            return name
        return addresses.split(" ")[0] or element.get("license-type", "")
    return ""


def _retracted(article: etree._Element, meta: etree._Element, title: str) -> bool:
    """Whether the article is retracted, or is the notice that retracts another: by type, link, title or history."""
    kind = article.get("article-type", "").lower()
    links = [r.get("related-article-type", "").lower() for r in meta.iterfind("related-article")]
    if kind in _AGAIN:
        links = [link for link in links if link != "retracted-article"]
    subjects = (inline(subject) for subject in meta.iterfind("article-categories//subject"))
    dates = [date.get("date-type", "").lower() for date in (*meta.iterfind("history/date"), *meta.iterfind("pub-date"))]
    dates += [event.get("event-type", "").lower() for event in meta.iterfind("pub-history/event")]
    dates += [date.get("date-type", "").lower() for date in meta.iterfind("pub-history/event/date")]
    return (
        retraction.by_kind(kind)
        or any(link in _RETRACTED for link in links)
        or retraction.by_title(title)
        or any(retraction.by_kind(subject) for subject in subjects)
        or any(date in ("retracted", "retraction", "withdrawn", "withdrawal") for date in dates)
        or retraction.by_first_words(inline(meta.find("abstract")))
    )


def _version(meta: etree._Element) -> int:
    """The version of an article that is revised under its id, as a preprint is."""
    for element in meta.iterfind(".//article-version"):
        if number := re.fullmatch(r"[vV]?([0-9]{1,9})(?:\.[0-9]+)*", inline(element)):
            return int(number[1])
    for element in meta.iterfind("article-id"):
        if element.get("pub-id-type") == "pmcaiid" and (
            number := re.fullmatch(r"PMC[0-9]+\.([0-9]{1,9})", inline(element))
        ):
            return int(number[1])
    return 1


def _keywords(meta: etree._Element) -> tuple[str, ...]:
    groups = (g for g in meta.iterfind("kwd-group") if g.get("kwd-group-type") != "abbreviations")
    words = (inline(word) for group in groups for word in group.iterfind(".//kwd"))
    return tuple(dict.fromkeys(word for word in words if word))


def _types(article: etree._Element, meta: etree._Element) -> tuple[str, ...]:
    """The type of the article, and the heading under which its journal prints it."""
    headings = meta.iterfind("article-categories/subj-group[@subj-group-type='heading']/subject")
    words = [article.get("article-type", "").strip(), *(inline(heading) for heading in headings)]
    return tuple(dict.fromkeys(word for word in words if word))


def _without_namespace(article: etree._Element) -> etree._Element:
    """`article` with JATS elements named as in files without a namespace (OAI-PMH gives one)."""
    if isinstance(article.tag, str) and article.tag.startswith("{"):
        prefix = article.tag.removesuffix("article")
        for element in article.iter(etree.Element):
            # A tag whose prefix is not declared is left alone: it cannot even be set to what it is.
            if isinstance(element.tag, str) and element.tag.startswith(prefix):
                element.tag = element.tag.removeprefix(prefix)
    return article
