"""How many of the facts that texts state are read, and how many of those read are stated.

    python benchmarks/facts.py GOLD.jsonl … [--abstracts pubmed_abstracts.jsonl.gz] [--wrong FILE] [--given]

over the graph of MEDGRAPH_HOME. GOLD has a line an item: `text`, or `pmid` with `start` and `end` in the title, a line
break and the abstract; `facts` with the places of subject and object in the text (or `topic`), predicate, polarity and
certainty; `topic`. Prints figures end to end (recognised, linked, related, what can be no fact left out) for our reader
and, in the same run over the same mentions, for the patterns and the network of BC5CDR alone, which it was before.
`--given` has the mentions from gold, so that only relations are measured. `--wrong` lists what was read and is not
stated, and what was not read.

A fact is read where subject and object overlap in the text, polarity is right and the predicate is the same, or one of
those that annotators take for one another (`ALIKE`). What is only asked (hypothetical) is neither demanded nor wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from report import figure

from api.settings import Settings
from api.wiring import Parts, open_tagger
from graph.model import Assertion
from ingest.jobs.relate import relate
from ingest.jobs.split import split
from ingest.jobs.steps import mentions as mentions_of
from ingest.jobs.steps import topics
from ingest.model import Document, Mention, Section
from ingest.reading.relations.model import Relator
from ingest.reading.relations.onnx_relator import OnnxRelator
from ingest.reading.relations.patterns import Patterns
from ingest.reading.relations.several import Several

ALIKE = (
    frozenset(("causes", "has_adverse_effect", "contributes_to")),
    frozenset(("contraindicated_in", "cautioned_in")),
    frozenset(("binds", "inhibits", "activates")),
    frozenset(("activates", "upregulates")),
    frozenset(("inhibits", "downregulates")),
    frozenset(("gene_associated_with", "causes")),
    frozenset(("treats", "palliates")),
    frozenset(("has_phenotype", "causes")),
)
"""What the guide of the annotators, by their own word, does not tell apart in every sentence."""
SYMMETRIC = frozenset(("interacts_with", "associated_with"))
TOPIC = (-1, -1)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    subjects: frozenset[Span]
    predicate: str
    objects: frozenset[Span]
    polarity: str
    certainty: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--abstracts", type=Path)
    parser.add_argument("--wrong", type=Path)
    parser.add_argument("--given", action="store_true")
    given = parser.parse_args()
    abstracts = _abstracts(given.abstracts) if given.abstracts else {}
    with Parts(Settings.read()) as parts:
        tagger = open_tagger(parts.settings, parts.graph(), parts.models, parts.context())
        before = Several(OnnxRelator(parts.settings.models / "relations-en"), Patterns())
        for path in given.gold:
            items = [item for item in _items(path) if "pmid" not in item or item["pmid"] in abstracts]
            documents = [_document(item, abstracts) for item in items]
            if given.given:
                rows = [_given(item, document) for item, document in zip(items, documents, strict=True)]
            else:
                rows = mentions_of(documents, tagger)
            about = topics(documents, rows, tagger)
            if given.given:
                about = [_topic(item, one) for item, one in zip(items, about, strict=True)]
            gold = [_gold(item) for item in items]
            for name, relator in (("before", before), ("ours", parts.relator())):
                read = [
                    _read(document, row, topic, relator)
                    for document, row, topic in zip(documents, rows, about, strict=True)
                ]
                _figures(name, path.name, items, gold, read, mentions="of gold" if given.given else "found")
                if given.wrong and name == "ours":
                    _list(given.wrong, documents, gold, read)


def _abstracts(path: Path) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return {str(row["pmid"]): f"{row['title']}\n{row['abstract']}" for row in rows}


def _items(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _document(item: dict[str, Any], abstracts: dict[str, str]) -> Document:
    text = item["text"] if "text" in item else abstracts[item["pmid"]][item["start"] : item["end"]]
    return Document(f"local:{item['id']}", item.get("topic") or "", (Section("text", text),), language=item["language"])


def _given(item: dict[str, Any], document: Document) -> list[Mention]:
    places = {
        (*fact[side], fact[f"{side}_type"]): None
        for fact in item["facts"]
        for side in ("subject", "object")
        if fact[side] != "topic"
    }
    return [
        Mention(start, end, document.text[start:end], type, f"gold:{document.text[start:end].casefold()}", 1.0)
        for start, end, type in sorted(places)
    ]


def _topic(item: dict[str, Any], found: Mention | None) -> Mention | None:
    types = [f["subject_type"] for f in item["facts"] if f["subject"] == "topic"]
    if not item.get("topic"):
        return None
    type = types[0] if types else found.type if found else "Drug"
    return Mention(0, len(item["topic"]), item["topic"], type, "gold:topic", 1.0)


def _gold(item: dict[str, Any]) -> list[Fact]:
    def spans(place: Any) -> frozenset[Span]:
        return frozenset([TOPIC if place == "topic" else (place[0], place[1])])

    return [
        Fact(spans(f["subject"]), f["predicate"], spans(f["object"]), f["polarity"], f["certainty"])
        for f in item["facts"]
    ]


def _read(document: Document, row: Sequence[Mention], topic: Mention | None, relator: Relator) -> list[Fact]:
    def spans(entity: str, stated: Assertion) -> frozenset[Span]:
        own = {(m.start, m.end) for m in row if m.entity == entity and stated.start <= m.start and m.end <= stated.end}
        return frozenset(own | ({TOPIC} if topic is not None and topic.entity == entity else set()))

    return [
        Fact(spans(a.subject, a), a.predicate, spans(a.object, a), a.polarity, a.certainty)
        for a in relate(document, row, split(document), relator, topic)
    ]


def _meet(one: frozenset[Span], other: frozenset[Span]) -> bool:
    return any(a == b or (a[0] < b[1] and b[0] < a[1]) for a in one for b in other)


def same(gold: Fact, read: Fact, *, alike: bool = True) -> bool:
    """Whether what was read is what is stated, certainty left aside."""
    if gold.polarity != read.polarity:
        return False
    near = alike and any({gold.predicate, read.predicate} <= kind for kind in ALIKE)
    if gold.predicate != read.predicate and not near:
        return False
    straight = _meet(gold.subjects, read.subjects) and _meet(gold.objects, read.objects)
    turned = _meet(gold.subjects, read.objects) and _meet(gold.objects, read.subjects)
    return straight or (turned and gold.predicate in SYMMETRIC)


def _figures(
    name: str, data: str, items: Sequence[Any], gold: Sequence[list[Fact]], read: Sequence[list[Fact]], mentions: str
) -> None:
    for word, alike in (("", True), (", predicate to the letter", False)):
        hits, told, wanted = Counter[str](), Counter[str](), Counter[str]()
        for item, own, ours in zip(items, gold, read, strict=True):
            demanded = [fact for fact in own if fact.certainty != "hypothetical"]
            for fact in demanded:
                wanted[fact.predicate] += 1
                wanted[f"kind {item['kind']}"] += 1
                if any(same(fact, one, alike=alike) for one in ours):
                    hits[fact.predicate] += 1
                    hits[f"kind {item['kind']}"] += 1
            for one in ours:
                asked = any(same(replace(f, polarity=one.polarity), one) for f in own if f.certainty == "hypothetical")
                if one.certainty == "hypothetical" or asked:
                    continue
                told["read"] += 1
                told["right"] += any(same(fact, one, alike=alike) for fact in own)
        found = sum(count for key, count in hits.items() if not key.startswith("kind"))
        every = sum(count for key, count in wanted.items() if not key.startswith("kind"))
        about = {"reader": name, "data": data, "items": len(items), "mentions": mentions}
        figure(f"facts read{word}", 100 * found / max(1, every), "%", facts=every, **about)
        figure(
            f"of what is read, right{word}", 100 * told["right"] / max(1, told["read"]), "%", read=told["read"], **about
        )
        if alike:
            rows = {key: f"{hits[key]}/{count}" for key, count in sorted(wanted.items(), key=lambda kc: -kc[1])}
            figure("facts read by predicate and kind", found, "facts", rows=rows, **about)


def _list(path: Path, documents: Sequence[Document], gold: Sequence[list[Fact]], read: Sequence[list[Fact]]) -> None:
    def words(text: str, spans: frozenset[Span]) -> str:
        return "/".join(sorted(text[a:b] if (a, b) != TOPIC else "TOPIC" for a, b in spans))

    with path.open("a", encoding="utf-8") as file:
        for document, own, ours in zip(documents, gold, read, strict=True):
            text = document.text
            rows = [("+", one) for one in ours if not any(same(fact, one) for fact in own)]
            rows += [("-", fact) for fact in own if not any(same(fact, one) for one in ours)]
            if rows:
                file.write(f"{document.id} {text}\n")
            for sign, fact in rows:
                ends = words(text, fact.subjects), words(text, fact.objects)
                file.write(f"   {sign} {ends[0]} {fact.predicate} {ends[1]} {fact.polarity} {fact.certainty}\n")


if __name__ == "__main__":
    main()
