"""The tagging job: batches, languages, given mentions, and a run that is taken up."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.model import Entity
from ingest.jobs.incoming import Incoming, Item, Passed, incoming
from ingest.jobs.steps import mentions
from ingest.jobs.tagging import Tagging, of, tag
from ingest.model import Annotation, Document, Failure, Mention, Section
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.recognition.recognizer import Span
from ingest.reading.relations.patterns import Patterns
from ingest.sinks.bioc import BiocJson, BiocXml
from ingest.sinks.ids import Ids
from ingest.sinks.jsonl import JsonLines
from ingest.sinks.output import File
from ingest.sinks.pubtator import PubTator
from ingest.vocabulary import entity_type

CALM = "The patient took metformin. No cough was seen."
CHINESE = "二甲双胍可引起恶心。患者无咳嗽。"


class Exact:
    """Keeps `Annotator` with the dictionary: a span means what the dictionary finds at its place."""

    def __init__(self, dictionary: DictionaryTagger) -> None:
        self.dictionary = dictionary
        self.asked: list[tuple[str, int]] = []

    @property
    def version(self) -> str:
        return f"exact+{self.dictionary.version}"

    def entity(self, id: str) -> Entity | None:
        return None

    def tag(self, texts: Sequence[str], language: str) -> list[list[Mention]]:
        self.asked.append((language, len(texts)))
        return self.dictionary.tag(texts, language)

    def annotate(self, text: str, spans: Sequence[Span], language: str) -> list[Mention]:
        known = {(m.start, m.end): m for m in self.dictionary.tag([text], language)[0]}
        made = []
        for span in spans:
            surface, type = text[span.start : span.end], entity_type(span.label)
            blank = Mention(span.start, span.end, surface, type, None, span.score)
            made.append(replace(known.get((span.start, span.end), blank), label=span.label))
        return made


@pytest.fixture
def exact(tagger: DictionaryTagger) -> Exact:
    return Exact(tagger)


def document(text: str, *annotations: Annotation, name: str = "a") -> Document:
    return Document(f"local:{name}", "", (Section("text", text),), annotations=annotations)


def annotation(text: str, surface: str, type: str, id: str = "") -> Annotation:
    start = text.index(surface)
    return Annotation(start, start + len(surface), surface, type, id)


def records(count: int) -> Iterator[Item]:
    """Documents, withdrawals and failures."""
    drugs, findings = ("Metformin", "Aspirin"), ("nausea", "asthma", "vomiting")
    for number in range(count):
        if number % 7 == 3:
            yield Failure("in", f"line {number}", "broken")
        elif number % 11 == 5:
            yield Passed("in")
        else:
            text = f"{drugs[number % 2]} causes {findings[number % 3]} in {number}."
            yield Incoming(number, document(text, name=str(number)), "in")


@pytest.fixture
def run(exact: Exact, tmp_path: Path) -> Callable[..., list[Tagging]]:
    """Run the job over so many records into `out`, and end as a kill does after so many progresses."""

    def ran(
        count: int = 40, *, sink: Any = JsonLines, stop: int | None = None, out: str = "out", **options: Any
    ) -> list[Tagging]:
        made = sink(Ids("mesh"))
        job = {"--to": made.version}
        with File(tmp_path / out, job) as output:
            done = tag(records(count), tagger=exact, relator=Patterns(), sink=made, output=output, **options)
            return list(itertools.islice(done, stop))

    return ran


def test_every_record_is_accounted_for(run: Callable[..., list[Tagging]], tmp_path: Path) -> None:
    last = run(40, batch=8)[-1]
    lines = [json.loads(line) for line in (tmp_path / "out").read_text().splitlines()]
    assert last.records == last.documents + last.passed + len(last.failed) == 40
    assert (last.documents, last.passed) == (len(lines), 3)
    assert last.mentions == sum(len(line["mentions"]) for line in lines) == 2 * len(lines)
    assert last.relations == sum(len(line["relations"]) for line in lines) == len(lines)
    assert [line["id"] for line in lines] == [r.name for r in records(40) if isinstance(r, Incoming)]


@pytest.mark.parametrize("sink", [JsonLines, PubTator, BiocXml, BiocJson])
@pytest.mark.parametrize("stop", [1, 2, 4])
def test_a_killed_run_goes_on_to_the_same_bytes(
    sink: Any, stop: int, run: Callable[..., list[Tagging]], exact: Exact, tmp_path: Path
) -> None:
    whole = run(40, sink=sink, out="whole")[-1]
    run(40, sink=sink, stop=stop, batch=5)
    assert not (tmp_path / "out").exists()
    exact.asked.clear()
    last = run(40, sink=sink, batch=7)[-1]
    assert sum(count for _, count in exact.asked) == whole.documents - 5 * stop
    assert replace(last, seconds=0.0) == replace(whole, seconds=0.0)
    assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()


def test_a_run_killed_before_its_name_was_given_goes_on(run: Callable[..., list[Tagging]], tmp_path: Path) -> None:
    run(20, batch=5, out="whole")
    count = len(run(20, batch=5, out="other"))
    run(20, batch=5, stop=count - 1)  # all is written, nothing is renamed
    assert not (tmp_path / "out").exists()
    run(20, batch=5)
    assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()


def test_a_limit_ends_the_job_after_so_many_records(run: Callable[..., list[Tagging]]) -> None:
    last = run(40, limit=10, batch=3)[-1]
    assert (last.records, last.documents, last.passed, len(last.failed)) == (10, 8, 1, 1)


def test_no_record_at_all_is_an_output_too(run: Callable[..., list[Tagging]], tmp_path: Path) -> None:
    assert run(0, sink=BiocXml)[-1].records == 0
    assert (tmp_path / "out").read_text().endswith("</collection>\n")


def test_a_batch_is_bounded_in_its_length(exact: Exact, tmp_path: Path) -> None:
    long = "gout " * 120_000
    items = [Incoming(number, document(long), "in") for number in range(3)]
    with File(tmp_path / "out", {}) as output:
        done = list(tag(items, tagger=exact, relator=Patterns(), sink=JsonLines(Ids("mesh")), output=output))
    assert exact.asked == [("en", 1)] * 3
    assert done[-1].documents == 3


def test_texts_go_to_the_tagger_by_language(exact: Exact) -> None:
    found = mentions([document(CALM), document(CHINESE), document(CALM)], exact)
    assert sorted(exact.asked) == [("en", 2), ("zh", 1)]
    assert [m.surface for m in found[0]] == ["metformin", "cough"]
    assert [m.surface for m in found[1]] == ["二甲双胍", "恶心", "咳嗽"]
    assert found[2] == found[0]
    mentions([document(CALM), document(CHINESE)], exact, language="zh")
    assert exact.asked[-1] == ("zh", 2)


def test_given_mentions_are_linked_anew(exact: Exact) -> None:
    given = (
        annotation(CALM, "metformin", "Drug", "MESH:D999999"),
        annotation(CALM, "cough", "Phenotype"),
        annotation(CALM, "patient", "Organism", "NCBITaxon:9606"),
    )
    (found,) = mentions([document(CALM, *given)], exact, given="mentions")
    assert [(m.surface, m.entity, m.label, m.polarity) for m in found] == [
        ("patient", None, "Species", "affirmed"),
        ("metformin", "MESH:D008687", "Chemical", "affirmed"),
        ("cough", "HP:0012735", "Disease", "negated"),
    ]


def test_given_entities_keep_their_ids_and_are_judged(exact: Exact) -> None:
    given = (
        annotation(CALM, "metformin", "Drug", "MESH:D999999"),
        annotation(CALM, "metformin", "Drug", "MESH:D999998"),
        annotation(CALM, "cough", "Phenotype"),
    )
    (found,) = mentions([document(CALM, *given)], exact, given="entities")
    assert [(m.surface, m.type, m.entity, m.polarity) for m in found] == [
        ("metformin", "Drug", "MESH:D999999", "affirmed"),
        ("metformin", "Drug", "MESH:D999998", "affirmed"),
        ("cough", "Phenotype", None, "negated"),
    ]


def test_a_document_without_given_mentions_has_none(exact: Exact) -> None:
    assert mentions([document(CALM)], exact, given="mentions") == [[]]
    assert exact.asked == []


class Plain:
    """Keeps `ingest.reading.tagger.Tagger` and no more: it finds nothing."""

    version = "plain/1"

    def entity(self, id: str) -> Entity | None:
        return None

    def tag(self, texts: Sequence[str], language: str) -> list[list[Mention]]:
        return [[] for _ in texts]


def test_a_tagger_that_takes_no_mentions_is_refused() -> None:
    assert mentions([document(CALM)], Plain()) == [[]]
    with pytest.raises(TypeError, match="takes no given mentions"):
        mentions([document(CALM)], Plain(), given="mentions")


def test_relations_are_found_between_given_entities(exact: Exact) -> None:
    text = "Drug one causes disease two."
    given = (
        annotation(text, "Drug one", "Drug", "MESH:D1000001"),
        annotation(text, "disease two", "Disease", "OMIM:1"),
    )
    (tagged,) = of([Incoming(1, document(text, *given), "in")], tagger=exact, relator=Patterns(), given="entities")
    assert [(f.subject, f.predicate, f.object) for f in tagged.findings] == [("MESH:D1000001", "causes", "OMIM:1")]


def test_firm_is_what_the_graph_would_keep(exact: Exact) -> None:
    text = "Drug one causes disease two. Drug one causes disease."
    given = (
        annotation(text, "Drug one", "Drug", "MESH:D1000001"),
        annotation(text, "disease two", "Disease", "OMIM:1"),
        replace(annotation(text, "disease", "Disease", "OMIM:2"), start=len(text) - 8, end=len(text) - 1),
        replace(annotation(text, "Drug one", "Drug", "MESH:D1000001"), start=29, end=37),
    )
    (tagged,) = of([Incoming(1, document(text, *given), "in")], tagger=exact, relator=Patterns(), given="entities")
    assert [(f.object, f.firm) for f in tagged.findings] == [("OMIM:1", True), ("OMIM:2", False)]


class Blank(Plain):
    """Keeps `Annotator` and knows nothing: what was given is linked to nothing."""

    def annotate(self, text: str, spans: Sequence[Span], language: str) -> list[Mention]:
        return [
            Mention(s.start, s.end, text[s.start : s.end], entity_type(s.label), None, 1.0, label=s.label)
            for s in spans
        ]


def lines_of(content: str) -> set[tuple[str, ...]]:
    """Texts, and mentions with their places, surfaces and ids, but for those of several ids or none."""
    found: set[tuple[str, ...]] = set()
    for line in content.split("\n"):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) == 1 and line:
            found.add((line,))
        elif len(cells) > 5 and cells[1].isdecimal() and not re.search("[|,;+]|^-|^$", cells[5]):
            found.add((*cells[:4], cells[5]))
    return found


@pytest.mark.data
@pytest.mark.parametrize(("corpus", "count"), [("bc5cdr", 9_000), ("ncbi_disease", 700), ("biored", 2_500)])
def test_a_corpus_comes_out_as_it_went_in(corpus: str, count: int, data: Path) -> None:
    path = data / "ner" / corpus / "dev.pubtator"
    items = [item for item in incoming(path) if isinstance(item, Incoming)]
    sink = PubTator(Ids("mesh"))
    tagged = of(items, tagger=Blank(), relator=Patterns(), given="entities", language="en")
    written = lines_of("".join(sink.document(one, first=True) for one in tagged))
    gold = lines_of(path.read_text(encoding="utf-8"))
    assert gold <= written
    # One composite mention of BC5CDR has an id for one of its two concepts.
    assert len(written - gold) <= 1
    assert len(gold) > count


ODD = [
    "", " ", "\n", "\x00\x07\x1b", "gout" * 250_000, "😀 fever 👩‍⚕️", "\u202efever\u202c cough", "<p>fever</p>&nbsp;",
    "FEVER AND COUGH", "fe\tver\tcough", "f e v e r", "发热,咳嗽", "\ufeffcough", "-" * 100_000,
    "cough\r\nfever\x85cough",
]  # fmt: skip


@pytest.mark.parametrize("sink", [JsonLines, PubTator, BiocXml, BiocJson])
def test_odd_texts_are_written_and_counted(sink: Any, exact: Exact, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(ODD)))
    with File(tmp_path / "out", {}) as output:
        made = sink(Ids("mesh"))
        last = list(tag(incoming(path), tagger=exact, relator=Patterns(), sink=made, output=output))[-1]
    assert (last.documents, last.failed) == (len(ODD), ())
    if sink is JsonLines:
        lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
        for text, line in zip(ODD, lines, strict=True):
            for mention in json.loads(line)["mentions"]:
                assert text[mention["start"] : mention["end"]] == mention["text"]
