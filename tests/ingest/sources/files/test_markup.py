from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from ingest.errors import MalformedFile
from ingest.sources.files import markup
from ingest.sources.files.characters import collapse
from ingest.sources.files.markup import elements, flat

Write = Callable[..., Path]


def test_only_white_space_of_xml_is_collapsed() -> None:
    assert collapse(" \n a\t\r\n b\u00a0\u2009c ") == "a b\u00a0\u2009c"
    assert flat(None) == ""


def test_outermost_elements_are_given_in_any_namespace(write: Write) -> None:
    path = write("a.xml", "<r><x:a xmlns:x='n'>1<x:a>2</x:a></x:a><b/><a>3</a></r>")
    assert [flat(element) for element in elements(path, ("{*}a",))] == ["12", "3"]


def test_a_reference_that_no_list_knows_stays_as_it_is(write: Write) -> None:
    path = write("a.xml", "<!DOCTYPE a SYSTEM 'missing.dtd'><a>5 &mu;g &unheard; &lt;</a>")
    assert [flat(element) for element in elements(path, ("a",))] == ["5 μg &unheard; <"]


def test_comments_and_instructions_are_no_text(write: Write) -> None:
    path = write("a.xml", "<a>fe<!-- not this --><?nor this?>ver</a>")
    assert [flat(element) for element in elements(path, ("a",))] == ["fever"]


def test_a_file_in_which_no_record_ends_is_given_up(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "RECORD", 1 << 20)
    path = write("a.xml", "<r>" + "<b>fever</b>" * 300_000 + "<a/></r>")
    with pytest.raises(MalformedFile, match="no record within"):
        list(elements(path, ("a",)))


def test_a_text_of_gigabytes_is_refused_by_the_parser(write: Write) -> None:
    path = write("a.xml.gz", b"<a>" + b"x" * (12 << 20) + b"</a>")
    with pytest.raises(MalformedFile):
        list(elements(path, ("a",)))


def test_what_was_read_before_is_let_go(write: Write) -> None:
    path = write("a.xml", "<r>" + "<g><a>fever</a></g>" * 1000 + "</r>")
    root: etree._Element | None = None
    for element in elements(path, ("a",)):
        root = element.getroottree().getroot()
        assert len(root) <= 1000
    assert root is not None
    assert len(root) == 1
