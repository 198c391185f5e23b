"""HTML and XHTML: one document a file, with a section from each heading on.

A paragraph is one line, but for the breaks within it, an entry of a list is one with its mark, a row of a table is one
with tabs between its cells.
Scripts, styles, menus and what is hidden, deleted or struck out are left out.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.model import Document, Failure, Record
from ingest.sources.documents.blocks import joined, sections
from ingest.sources.documents.html_text import blocks, line
from ingest.sources.files.files import content
from ingest.sources.files.limits import ATTRIBUTES, MARKS, RECORD
from ingest.sources.ids import hashed
from ingest.sources.records import Wrong
from text.language import of_text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
# What browsers read under these names (https://encoding.spec.whatwg.org/#names-and-labels).
_LABELS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030",
    "gbk": "gb18030", "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8",
}  # fmt: skip
_WESTERN = ("cp1252", "windows-1252", "iso-8859-15")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# The tags of a page with their attributes as parsers cut them, not as they should be.
_BLANK, _NAME = r"[ \t\r\n\f]", r"[A-Za-z][^ \t\r\n\f/>]*+"
_VALUE = r"\"[^\"]*+\"?|'[^']*+'?|[^ \t\r\n\f>]*+"
_ATTRIBUTE = rf"[^ \t\r\n\f/>][^ \t\r\n\f/>=]*+(?:{_BLANK}*+={_BLANK}*+(?:{_VALUE}))?"
_TAG = re.compile(rf"<({_NAME})((?:(?:{_BLANK}|/)++|{_ATTRIBUTE})*+)>?")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_MARKUP = re.compile(
    r"</(?:a|abbr|b|blockquote|body|code|dd|div|dl|dt|em|font|h[1-6]|html|i|li|ol|p|pre|section|small|span|strong|sub|sup|"
    r"table|td|th|tr|u|ul)\s*>|<(?:br|hr)\s*/?>|<p>",
    re.IGNORECASE,
)


def read(path: Path) -> Iterator[Record]:
    """The document of a page. Raises UnreadableSource."""
    whole = content(path, RECORD)
    if isinstance(whole, Failure):
        yield whole
        return
    try:
        page = decoded(whole)
    except (UnicodeDecodeError, LookupError) as error:
        place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        name = error.encoding if isinstance(error, UnicodeDecodeError) else "a known encoding"
        yield Failure(str(path), "", f"not {name}{place}")
        return
    try:
        root = _parsed(page)
    except Wrong as wrong:
        yield Failure(str(path), "", str(wrong))
        return
    read_blocks = [] if root is None else list(blocks(root))
    if root is None or not read_blocks:
        yield Failure(str(path), "", "no text in the page")
        return
    title = line(root.find(".//head/title")) or line(root.find(".//h1"))
    made = sections(read_blocks, title)
    text = "\n".join(section.text for section in made)
    yield Document(
        id=hashed(whole),
        title=title or Path(path.name.removesuffix(".gz")).stem,
        sections=made,
        language=of_text(text),
        source="file",
    )


def plain(text: str) -> str:
    """`text` without its markup where it is HTML, else as it is: a comparison such as `p<0.05` is none.

    Raises Wrong where it has too many tags.
    """
    return page_text(text) if _MARKUP.search(text) else text


def page_text(page: str) -> str:
    """The text of a page, a line for each block; empty where it has none. Raises Wrong where it has too many tags."""
    root = _parsed(page)
    return joined(blocks(root)) if root is not None else ""


def decoded(content: bytes) -> str:
    """A page as text: by its byte order mark, what it declares, as UTF-8, or as Western European.

    What is declared to be Western European and is UTF-8 is read as that: no such text is so by chance.
    Raises UnicodeDecodeError and LookupError.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding)
    encoding = "cp1252"
    if declared := _CHARSET.search(content[:4096]):
        name = (declared[1] or declared[2]).decode("ascii").lower()
        encoding = _LABELS.get(name, name)
    if encoding in _WESTERN:
        try:
            return content.decode()
        except UnicodeDecodeError:
            pass
    return content.decode(encoding)


def _trimmed(page: str) -> tuple[str, int]:
    """A page without the attributes of tags that have too many, and how many attributes the others have."""
    total = 0

    def trimmed(tag: re.Match[str]) -> str:
        nonlocal total
        count = 0
        # Attributes take two characters each at least.
        if tag.end(2) - tag.start(2) > 2 * ATTRIBUTES:
            count = sum(1 for _ in _ATTRIBUTES.finditer(tag[2]))
        else:
            count = tag[2].count(" ") + tag[2].count("=")
        if count > ATTRIBUTES:
            return f"<{tag[1]}>"
        total += count
        return tag[0]

    return _TAG.sub(trimmed, page), total


def _parsed(page: str) -> etree._Element | None:
    """The root of a page; none where it is empty. Raises Wrong where it has too many tags."""
    page, attributes = _trimmed(page)
    if page.count("<") + attributes > MARKS:
        raise Wrong(f"more than {MARKS} tags and attributes")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    if declaration := _DECLARATION.match(page):
        page = page[declaration.end() :]
    try:
        return etree.fromstring(page.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it
        return None
