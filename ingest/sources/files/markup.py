"""XML in a stream, safely: one element at a time, no entity expanded, nothing fetched, memory flat.

A file that declares entities is refused (that is how "billion laughs" and external entities work). A reference to
a character entity of the HTML5 list, which JATS and MEDLINE share, is read as its character.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from lxml import etree

from ingest.errors import MalformedFile
from ingest.sources.files.characters import character, collapse
from ingest.sources.files.files import open_bytes
from ingest.sources.files.formulas import is_math, of_math, without_tex
from ingest.sources.files.limits import MARKS, RECORD
from ingest.sources.files.raised import end_of, lowered, raised
from ingest.sources.records import Wrong

_FEED = 1 << 16


def elements(path: Path, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Every outermost element with one of `tags` (`{*}name` in any namespace), complete, in order.

    Each is emptied when the next is asked for. Raises UnreadableSource, and MalformedFile after the last element that
    could be read; its record names the place and its reason holds nothing of the text.
    """
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = read = wanted = marks = 0
    proved = False
    with open_bytes(path) as file:
        while True:
            broken: MalformedFile | None = None
            chunk = b""
            try:
                chunk = file.read1(_FEED)
                if chunk:
                    parser.feed(chunk)
                else:
                    parser.close()
            except MalformedFile as error:
                broken = error
            except etree.XMLSyntaxError as error:
                broken = _malformed(path, error)
            read += len(chunk)
            marks += _marks(chunk)
            for event, element in parser.read_events():
                if not isinstance(element, etree._Element):
                    continue
                if not proved:
                    _refuse_entities(path, element)
                    proved = True
                depth += 1 if event == "start" else -1
                if depth > (event == "start"):
                    continue
                wanted, marks = read, 0  # one within another takes from its share
                if event == "end":
                    yield element
                    _forget(element)
            if broken is not None:
                raise broken
            if not chunk:
                return
            if read - wanted > RECORD:  # between one element wanted and the next
                raise MalformedFile(str(path), f"byte {read}", f"no record within {RECORD} bytes")
            if marks > MARKS:
                raise MalformedFile(str(path), f"byte {read}", f"no record within {MARKS} tags and attributes")


def tree(content: bytes) -> etree._Element:
    """The root of a file of XML that is held. Raises Wrong where it has too many tags, and etree.XMLSyntaxError."""
    if _marks(content) > MARKS:
        raise Wrong(f"more than {MARKS} tags and attributes")
    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    )


def flat(element: etree._Element | None) -> str:
    """The text of an element without its markup: runs of XML white space become one blank, the ends are stripped.

    An exponent keeps its place: `10<sup>6</sup>` is 10⁶, as 106 would be another number. Formulas are read.
    """
    if element is None:
        return ""
    if next(element.iter(etree.Entity, "sup", "{*}math"), None) is None:
        return without_tex(collapse("".join(cast(Iterator[str], element.itertext()))))
    pieces: list[str] = []
    _pieces(element, pieces)
    return without_tex(collapse("".join(pieces)))


def _pieces(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    split = ""
    for child in element:
        if isinstance(child, etree._Entity):
            pieces.append(character(child))
        elif child.tag == "sup":
            # One power may be cut in two: 10<sup>-</sup><sup>6</sup>.
            split += flat(child)
            following = child.getnext()
            if child.tail or following is None or following.tag != "sup":
                pieces.append(raised(end_of(pieces), split, child.tail or ""))
                split = ""
        elif child.tag == "sub":
            low: list[str] = []
            _pieces(child, low)
            lowered(pieces, "".join(low))
        elif is_math(child):
            pieces.append(of_math(child, "".join(pieces[-8:])))
        else:
            _pieces(child, pieces)
        pieces.append(child.tail or "")


def _marks(content: bytes) -> int:
    """How many tags and attributes there are at most."""
    return content.count(b"<") + content.count(b"=")


def _refuse_entities(path: Path, element: etree._Element) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and cast(Any, dtd).entities():  # the stubs do not know it
        raise MalformedFile(str(path), "", "the file declares XML entities, which are not expanded here")


def _forget(element: etree._Element) -> None:
    """Empty an element that was read, and drop what stands before it and before its ancestors."""
    element.clear()
    node: etree._Element | None = element
    while node is not None and (parent := node.getparent()) is not None:
        while node.getprevious() is not None:
            del parent[0]
        node = parent


def _malformed(path: Path, error: etree.XMLSyntaxError) -> MalformedFile:
    # The parser's own message may quote the file, so only its code and place are told.
    last = cast(Any, error.error_log).last_error  # the stubs do not know it
    kind = last.type_name.removeprefix("ERR_").replace("_", " ").lower() if last is not None else "syntax"
    line, column = error.position
    reason = "the XML expands to more than is safe" if kind == "resource limit" else "the XML is broken or cut off"
    return MalformedFile(str(path), f"line {line}, column {column}", f"{reason} ({kind})")
