"""What is done with a text of twice the length is about twice as much, whatever is in it: counted, and never timed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from graph.model import Entity, Source
from graph.sqlite.store import SqliteStore
from ingest.jobs.contribution import contribution
from ingest.jobs.split import split
from ingest.model import Annotation, Document, Mention, Section
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.recognition.consistency import consistent
from ingest.reading.recognition.parted import parted
from ingest.reading.recognition.recognizer import Span
from ingest.reading.relations.patterns import Patterns
from ingest.sources.annotated.given import Given, statements
from ingest.sources.detect import documents
from ingest.sources.documents.html import page_text
from ingest.sources.files.markup import flat, tree
from text.context.rules import judge_by_rule
from text.lines import wrapped
from text.remembered import forget_texts

NAMES = {"gout": ("Disease", "D:1"), "fever": ("Phenotype", "HP:1"), "zantol": ("Drug", "C:1")}


def _steps(call: Callable[[], Any]) -> int:
    """How many steps the interpreter takes in `call`, those of what is written in C left out."""
    count = 0

    def traced(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return traced

    call()  # what is made once is made
    forget_texts()  # and what is made of each text is made again
    before = sys.gettrace()
    sys.settrace(traced)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def _grows_with(made: Callable[[int], Callable[[], Any]], size: int) -> None:
    small, large = (_steps(made(times)) for times in (size, 2 * size))
    assert large < 2.5 * small, (small, large)


def _mentions(text: str) -> list[Mention]:
    return [
        Mention(match.start(), match.end(), match.group(), *NAMES[match.group()], 1.0)
        for match in re.finditer("|".join(NAMES), text)
    ]


@pytest.mark.parametrize(
    "piece",
    ["Plan:\nno fever\n", "Family history:\n\ngout\n", "Patient denies:\n\n gout\n", "[ ] fever\n",
     "Any gout? No. ", "ASSESSMENT: gout ", "no gout, "],
)  # fmt: skip
def test_context(piece: str) -> None:
    def made(times: int) -> Callable[[], object]:
        text = piece * times
        spans = [(one.start, one.end) for one in _mentions(text)]
        return lambda: judge_by_rule(text, spans, "en")

    _grows_with(made, 60)


@pytest.mark.parametrize("piece", ["Zantol: zantol causes gout. ", "gout. ", "Gout and\nfever, "])
def test_what_a_document_contributes(piece: str) -> None:
    def made(times: int) -> Callable[[], object]:
        document = Document("D:2", "", (Section("text", piece * times),))
        passages = split(document)
        return lambda: contribution(document, _mentions(document.text), passages, Patterns(), lambda id: None)

    _grows_with(made, 60)


def test_passages_with_what_is_mentioned_in_them() -> None:
    from ingest.jobs.steps import with_mentions

    def made(times: int) -> Callable[[], object]:
        document = Document("D:2", "", (Section("text", "gout hurts. " * times),))
        passages, mentions = split(document), _mentions(document.text)
        return lambda: with_mentions([passages], [mentions])

    _grows_with(made, 3_000)


def test_given_relations() -> None:
    def made(times: int) -> Callable[[], object]:
        text = "gout hurts. " * times
        given = [Annotation(at * 12, at * 12 + 4, "gout", "Disease", f"MESH:D{at:06}") for at in range(times)]
        relations = [Given("CID", f"D{at:06}", f"D{at + 1:06}", f"line {at}") for at in range(times - 1)]
        return lambda: statements("D:2", text, given, relations, "x/1")

    _grows_with(made, 60)


def test_spans_over_line_feeds() -> None:
    def made(times: int) -> Callable[[], object]:
        text = "gout\nFever\n" * times
        spans = [Span(at, at + 10, "Disease", 1.0) for at in range(0, len(text) - 10, 10)]
        return lambda: parted(text, spans)

    _grows_with(made, 200)


def test_abbreviations(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.sqlite")
    store.load(Source("names", "curated", title="Names"), [Entity("D:1", "Disease", "mitral stenosis")])
    tagger = DictionaryTagger(store)

    def made(times: int) -> Callable[[], object]:
        text = "".join(f"mitral stenosis (MS{chr(65 + at % 26)}{at}) " for at in range(times)) + "MSA0 and MSB1. "
        spans = [Span(match.start(), match.end(), "Disease", 1.0) for match in re.finditer("mitral stenosis", text)]
        return lambda: (tagger.tag([text], "en"), consistent(text, spans))

    _grows_with(made, 25)
    assert {mention.entity for mention in tagger.tag(["mitral stenosis (MS) and MS"], "en")[0]} == {"D:1"}
    store.close()


@pytest.mark.parametrize(
    "piece", ["<li>gout", "<li>a<ol><li>b</ol>", "<p>a<sup>2</sup>b<sub>3</sub></p>", "<tr><td>a<td>b"]
)
def test_pages(piece: str) -> None:
    _grows_with(lambda times: lambda: page_text(f"<ol>{piece * times}</ol>"), 60)


def test_raised_and_lowered_numbers() -> None:
    def made(times: int) -> Callable[[], object]:
        element = tree(b"<p>" + b"10<sup>6</sup> x<sub>2</sub> a<sup>1</sup>/<sub>2</sub> " * times + b"</p>")
        return lambda: flat(element)

    _grows_with(made, 60)


def test_wrapped_lines(tmp_path: Path) -> None:
    def made(times: int) -> Callable[[], object]:
        path = tmp_path / f"{times}.md"
        path.write_text("the patient has had no fever and no cough since\n" * times)
        return lambda: (wrapped(path.read_text()), list(documents(path)))

    _grows_with(made, 60)
