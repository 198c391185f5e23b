"""Examples of what sentences state: written ones with marks, sentences of documents labelled by place, PHEE, BC5CDR
and BioRED.

PHEE tells of drugs and their effects alone, and the pairs that BC5CDR and BioRED do not relate are stated by none of
their sentences; whatever a corpus does not tell is neither right nor wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import MalformedFile
from ingest.reading.statements import labels
from ingest.reading.statements.marking import Place
from text.sentences import sentences
from training.relations.corpora import Example as Document

_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Za-z]+)\]")
_FACT = re.compile(r"(\d+) ([a-z_]+) (\d+)\s*([-?~]*)")
FLAG = {"-": "denied", "?": "hedged", "~": "asked"}
_NEAR: Mapping[str, frozenset[str]] = {
    "causes": frozenset(("has_adverse_effect", "contributes_to", "associated_with", "has_phenotype")),
    "has_adverse_effect": frozenset(("causes", "contributes_to")),
    "contributes_to": frozenset(("associated_with", "causes")),
    "gene_associated_with": frozenset(("causes", "contributes_to", "diagnoses")),
    "contraindicated_in": frozenset(("cautioned_in",)),
    "cautioned_in": frozenset(("contraindicated_in",)),
    "has_phenotype": frozenset(("causes",)),
    "treats": frozenset(("prevents",)),
    "binds": frozenset(("inhibits", "activates")),
    "inhibits": frozenset(("binds", "downregulates")),
    "activates": frozenset(("binds", "upregulates")),
    "downregulates": frozenset(("inhibits",)),
    "upregulates": frozenset(("activates",)),
}
"""Predicates that may well be said of a pair of which another is: where they are not labelled, nobody knows."""


@dataclass(frozen=True, slots=True)
class Example:
    """A unit of text with its mentions and what it states of them: (subject, predicate, object, flags).

    Subjects and objects are places in `types`; the topic, where there is one, is the first of them. `known` are the
    predicates that the corpus tells of, `only_unrelated` where it tells of a pair just that it is not related.
    """

    id: str
    corpus: str
    language: str
    text: str
    mentions: tuple[Place, ...]
    facts: tuple[tuple[int, str, int, str], ...]
    topic: tuple[str, str] | None = None
    known: frozenset[str] = frozenset(labels.PREDICATES)
    open_pairs: frozenset[tuple[int, int]] = frozenset()
    """Pairs of which the corpus does not tell."""

    @property
    def types(self) -> list[str]:
        return [*([self.topic[1]] if self.topic else []), *(place.type for place in self.mentions)]

    @property
    def names(self) -> list[str]:
        own = [self.text[place.start : place.end].casefold() for place in self.mentions]
        return [*([self.topic[0].casefold()] if self.topic else []), *own]


def written(path: Path, language: str) -> list[Example]:
    """The examples of a table KIND, TOPIC (`Type:name`), TEXT with `[name|Type]` marks, FACTS (`1 treats 2 -; …`).

    Mentions are numbered from 1, the topic is 0. Raises MalformedFile.
    """
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        try:
            kind, topic, text, facts = cells
            examples.append(_written(f"{path.stem}:{number}", language, kind, topic, text, facts))
        except (ValueError, IndexError) as error:
            raise MalformedFile(str(path), f"line {number}", str(error)) from None
    return examples


def _written(id: str, language: str, kind: str, topic: str, text: str, facts: str) -> Example:
    plain, places, at = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        if match[2] not in labels.TYPES:
            raise ValueError(f"no type {match[2]}")
        places.append(Place(len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        at = match.end()
    plain += text[at:]
    type, _, name = topic.partition(":")
    about = (name, type) if name else None
    return Example(
        id=id,
        corpus=f"written {kind}",
        language=language,
        text=plain,
        mentions=tuple(places),
        facts=_facts(facts, len(places), topic=about is not None),
        topic=about,
    )


def _facts(told: str, count: int, *, topic: bool) -> tuple[tuple[int, str, int, str], ...]:
    """What `1 treats 2 -; 0 causes 3` says, by places in `Example.types`."""
    if told.strip() == "none":
        return ()
    facts = []
    for part in told.split(";"):
        match = _FACT.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"no fact: {part.strip()!r}")
        subject, object = (int(match[k]) - (0 if topic else 1) for k in (1, 3))
        if not all(0 <= at < count + topic for at in (subject, object)) or match[2] not in labels.PREDICATES:
            raise ValueError(f"no fact of these mentions: {part.strip()!r}")
        facts.append((subject, match[2], object, match[4]))
    return tuple(facts)


def placed(path: Path, texts: Mapping[str, str]) -> list[Example]:
    """The examples of a table of places: a JSON object a line with `document`, `start`, `end`, `mentions` (start, end,
    type; offsets into the text of the document), `facts` as in `written`, and `topic` (name, type) if there is one.

    Those whose document is not among `texts` are left out.
    """
    examples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        whole = texts.get(row["document"])
        if whole is None:
            continue
        start, end = row["start"], row["end"]
        places = tuple(Place(a - start, b - start, type) for a, b, type in row["mentions"])
        topic = (row["topic"][0], row["topic"][1]) if row.get("topic") else None
        facts = _facts(row["facts"], len(places), topic=topic is not None)
        id = f"{row['document']}:{start}"
        examples.append(Example(id, "placed", "en", whole[start:end], places, facts, topic))
    return examples


def of_documents(documents: Iterable[Document]) -> Iterator[Example]:
    """The sentences of annotated corpora (`training.relations.corpora`) with two mentions or more."""
    for document in documents:
        spans: dict[tuple[int, int], set[str]] = {}
        kinds: dict[tuple[int, int], str] = {}
        for m in document.mentions:
            if m.type in labels.TYPES and m.entity is not None:
                spans.setdefault((m.start, m.end), set()).add(m.entity)
                kinds[m.start, m.end] = m.type
        related = {frozenset((first, second)): label for first, second, label in document.gold}
        for start, end in sentences(document.text):
            inside: list[tuple[int, int]] = []
            for span in sorted(spans):
                if span[0] >= start and span[1] <= end and (not inside or span[0] >= inside[-1][1]):
                    inside.append(span)
            if len(inside) > 1:
                yield _of_document(document, (start, end), inside, spans, kinds, related)


def _of_document(
    document: Document,
    sentence: tuple[int, int],
    inside: Sequence[tuple[int, int]],
    spans: Mapping[tuple[int, int], set[str]],
    kinds: Mapping[tuple[int, int], str],
    related: Mapping[frozenset[str], str],
) -> Example:
    facts, unsaid = [], set()
    for i, one in enumerate(inside):
        for j, other in enumerate(inside):
            told = {related.get(frozenset((a, b)), "") for a in spans[one] for b in spans[other]} - {""}
            if i == j or not told:
                continue
            if document.corpus == "phee" and kinds[one] == "Drug":
                facts += [(i, {"ADE": "has_adverse_effect"}.get(label, label), j, "") for label in sorted(told)]
            elif document.corpus != "phee":
                unsaid.add((i, j))
    known = {
        "phee": frozenset(("has_adverse_effect", "treats")),
        "bc5cdr": frozenset(("has_adverse_effect", "causes")),
    }.get(document.corpus, frozenset(labels.PREDICATES))
    return Example(
        id=f"{document.id}:{sentence[0]}",
        corpus=document.corpus,
        language="en",
        text=document.text[sentence[0] : sentence[1]],
        mentions=tuple(Place(a - sentence[0], b - sentence[0], kinds[a, b]) for a, b in inside),
        facts=tuple(facts),
        known=known,
        open_pairs=frozenset(unsaid),
    )


def target(example: Example, asked: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """What is right of each pair of `asked`: (pairs, OUTPUTS), -1 where nobody knows or nothing can be."""
    types, names = example.types, example.names
    answers = np.full((len(asked), len(labels.OUTPUTS)), -1, np.float32)
    told = np.array([name in example.known for name in labels.PREDICATES])
    for row, (i, j) in enumerate(asked):
        if (i, j) in example.open_pairs:
            continue
        can = labels.allowed(types[i], types[j], turned=j < i) & told
        answers[row, : len(can)][can] = 0
        for subject, predicate, object, flags in example.facts:
            at = labels.PREDICATES.index(predicate)
            own = (subject, object) == (i, j) or (predicate in labels.SYMMETRIC and (object, subject) == (i, j))
            if own and can[at]:
                answers[row, at] = 1
                if example.corpus != "phee":
                    answers[row, len(can) :] = [any(FLAG[f] == flag for f in flags) for flag in labels.FLAGS]
                for near in _NEAR.get(predicate, ()):
                    if answers[row, labels.PREDICATES.index(near)] == 0:
                        answers[row, labels.PREDICATES.index(near)] = -1
            elif (names[subject], names[object]) == (names[i], names[j]) and answers[row, at] == 0:
                answers[row, at] = -1  # said of another place of the same names
    return answers


def as_disease(example: Example, generator: np.random.Generator, share: float) -> Example:
    """The example with some of its phenotypes typed as diseases, as a recogniser of diseases types them."""
    turned = tuple(
        replace(place, type="Disease") if place.type == "Phenotype" and generator.random() < share else place
        for place in example.mentions
    )
    return replace(example, mentions=turned)


def renamed(
    example: Example, names: Mapping[tuple[str, str], Sequence[str]], generator: np.random.Generator, share: float
) -> Example:
    """The example with some names put in the place of others of their type, so that words around them have to tell."""
    text, places, at = "", [], 0
    for place in example.mentions:
        text += example.text[at : place.start]
        name = example.text[place.start : place.end]
        others = names.get((example.language, place.type), ())
        if others and generator.random() < share:
            name = others[int(generator.integers(len(others)))]
        places.append(Place(len(text), len(text) + len(name), place.type))
        text += name
        at = place.end
    return replace(example, text=text + example.text[at:], mentions=tuple(places))
