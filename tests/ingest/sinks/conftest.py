from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.model import Document, Mention, Section
from ingest.reading.relations.model import Finding
from ingest.sinks.model import Tagged
from text.context.judgement import Polarity


def _mention(text: str, surface: str, type: str, entity: str | None = None, label: str = "") -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, type, entity, 0.87654, label=label)


def _finding(subject: str, object: str, label: str, polarity: Polarity, start: int, end: int) -> Finding:
    return Finding(subject, object, "causes", label, polarity, "possible", 0.71239, start, end)


@pytest.fixture
def mention() -> Callable[..., Mention]:
    """`mention(text, surface, type, entity, label)`: the first place of a surface in a text."""
    return _mention


@pytest.fixture
def tagged() -> Tagged:
    """A document of three sections with a composite mention, an unlinked one, one of no PubTator type, a denial."""
    sections = (
        Section("title", "Lithium and the heart."),
        Section("methods", "Lithium (<b>Li</b>) caused cardiac & renal failure in men\twith gout."),
        Section("results", "Gout was not caused by lithium; the liver was well."),
    )
    document = Document("PMID:7", sections[0].text, sections)
    text = document.text
    mentions = (
        _mention(text, "Lithium", "Drug", "MESH:D008094"),
        _mention(text, "cardiac & renal failure", "Disease", "MESH:D006333", "Disease"),
        _mention(text, "cardiac & renal failure", "Disease", "MESH:D051437", "Disease"),
        _mention(text, "men\twith gout", "Disease", None),
        _mention(text, "Gout", "Phenotype", "MESH:D006073"),
        _mention(text, "lithium", "Drug", "MESH:D008094", "Chemical"),
        _mention(text, "liver", "Anatomy", "UBERON:0002107"),
    )
    first, second = len(sections[0].text) + 1, len(sections[0].text) + len(sections[1].text) + 2
    findings = (
        _finding("MESH:D008094", "MESH:D006333", "CID", "affirmed", first, second - 1),
        _finding("MESH:D008094", "MESH:D051437", "CID", "affirmed", first, second - 1),
        _finding("MESH:D008094", "MESH:D006073", "CID", "negated", second, second + 31),
    )
    return Tagged("7", document, mentions, findings)
