"""Codes of patients join the graph: what a record names becomes the curated entity that it means, with the reason.

A code joins by an exact match that a mapping states, then by a name of the record (for drugs also by the ingredients of
a preparation, without salt, strength and form), last by a cross-reference that one curated entity alone declares. A
name with two meanings joins nothing. What joins depends on curated sources alone, never on the order of documents, and
who may see a statement stays as it was: nothing of one patient's record is looked at to read another's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from graph.model import Assertion, Entity
from graph.store import GraphStore
from ingest.model import Document
from ingest.reading.dictionary.link import Candidate, unambiguous
from ingest.reading.tagger import Naming, Tagger
from text.drug_names import ingredients

VERSION = "joining/1"
SOURCE = "fhir"
"""The collection of the documents whose codes are joined."""

Joined = tuple[tuple[str, str], ...]
"""What an entity is in the graph, with the reason for each: several for a preparation of several ingredients, with
`_REST` among them where not all are known."""
_REST = ("", "")

_BARE = re.compile(r"sodium|potassium|calcium|magnesium|zinc|iron|ammonium|aluminum|aluminium", re.IGNORECASE)
"""What is left of a salt without its acid is not the drug: sodium chloride is no sodium."""
_UNTOLD = re.compile(
    r"^(?:unspecified|idiopathic \(primary\)) |[,;]? (?:nos|unspecified|uncomplicated|without complications?)$"
    r"| \(primary\)(?= )",
    re.IGNORECASE,
)
"""What a classification says of a disease without changing which one it is: `Hyperlipidemia, unspecified`."""
_ALLERGY = re.compile(
    r"^(?:allergy|allergic|hypersensitivity|intolerance) to | (?:allergy|hypersensitivity|intolerance)$", re.IGNORECASE
)


class Joiner:
    """Joins documents to the names and codes of `tagger` and the mappings of `graph`, as they stand now."""

    def __init__(self, graph: GraphStore, tagger: Tagger) -> None:
        self._graph = graph
        self._names: Naming | None = tagger if isinstance(tagger, Naming) else None

    @cached_property
    def version(self) -> str:
        """A word that changes when something may join otherwise; the names themselves are in the tagger's version."""
        codes = self._names.codes if self._names is not None else {}
        rows = sorted(self._mappings.items()), sorted(codes.items())
        return f"{VERSION}-{hashlib.blake2b(repr(rows).encode(), digest_size=8).hexdigest()}"

    def joined(self, document: Document) -> Document:
        """The document with its statements about curated entities; each keeps the record's own name as `recorded`, its
        code as `code`, and why it joined as `joined`. Its text stays, and so does what joins nothing."""
        if document.source != SOURCE or not document.statements or self._names is None:
            return document
        declared = {entity.id: entity for entity in document.entities}
        meanings = {id: self.meaning(entity) for id, entity in declared.items()}
        statements = tuple(
            row
            for statement in document.statements
            for row in _restated(statement, declared.get(statement.object), meanings.get(statement.object, ()))
        )
        used = {id for row in statements for id in (row.subject, row.object)}
        kept = tuple(entity for entity in document.entities if entity.id in used or not meanings[entity.id])
        return replace(document, statements=statements, entities=kept)

    def meaning(self, entity: Entity) -> Joined:
        """The curated entities that an entity of a record is; empty where that is not known for sure."""
        if entity.type == "Patient" or self._names is None:
            return ()
        return self._by_mapping(entity) or self._by_name(entity) or self._by_reference(entity)

    def _by_mapping(self, entity: Entity) -> Joined:
        if self._knows(entity.id):
            return ((entity.id, "the code is the graph's own"),)
        ids = [entity.id] if self._canonical(entity.id) else [id for id in entity.xrefs if self._canonical(id)]
        targets = {self._canonical(id) for id in ids}
        return ((targets.pop(), f"{ids[0]} is mapped to it as an exact match"),) if len(targets) == 1 else ()

    def _by_name(self, entity: Entity) -> Joined:
        for name in dict.fromkeys((entity.name, *(synonym.text for synonym in entity.synonyms))):
            if meaning := self._drug(name) if entity.type in ("Drug", "Concept") else self._other(name, entity.type):
                return meaning
        return ()

    def _by_reference(self, entity: Entity) -> Joined:
        if self._names is None:
            return ()
        # What a record says beside its first code is often broader than it.
        bearers = self._names.codes.get(entity.id, ())
        return ((bearers[0], f"it alone has the cross-reference {entity.id}"),) if len(bearers) == 1 else ()

    def _drug(self, name: str) -> Joined:
        name = _ALLERGY.sub("", name)
        if whole := self._named(name, "Drug"):
            return (whole,)
        parts: list[tuple[str, str]] = []
        for forms in ingredients(name):
            fitting = (self._named(form, "Drug") for form in forms if not (form != forms[0] and _BARE.fullmatch(form)))
            part = next(filter(None, fitting), None)
            parts.append((part[0], f"ingredient: {part[1]}") if part else _REST)
        return () if set(parts) <= {_REST} else tuple(dict(parts).items())

    def _other(self, name: str, type: str) -> Joined:
        for form in dict.fromkeys((name, _UNTOLD.sub("", name))):
            if bearer := self._named(form, type):
                return (bearer,)
        return ()

    def _named(self, name: str, type: str) -> tuple[str, str] | None:
        candidates: Sequence[Candidate] = self._names.meanings(name) if self._names is not None else ()
        return unambiguous(candidates, name, type)

    def _knows(self, id: str) -> bool:
        return self._names is not None and self._names.knows(id)

    def _canonical(self, id: str) -> str:
        """The curated entity that a mapping gives for an id, or an empty string."""
        target = self._mappings.get(id, "")
        return target if self._knows(target) else ""

    @cached_property
    def _mappings(self) -> Mapping[str, str]:
        return self._graph.mappings()


def _restated(statement: Assertion, entity: Entity | None, meaning: Joined) -> Iterator[Assertion]:
    """The statement about each of what its object means. Who is allergic to a preparation of several ingredients, or
    does not take it, may well bear or take one of them: there it stays about the preparation."""
    whole = statement.predicate == "takes" and statement.polarity == "affirmed"
    if entity is None or not meaning or (len(meaning) > 1 and not whole):
        yield statement
        return
    if _REST in meaning:
        yield statement
    for object, reason in (one for one in meaning if one != _REST):
        told = {**dict(statement.qualifiers), "recorded": entity.name, "code": entity.id, "joined": reason}
        yield Assertion.new(
            statement.subject,
            statement.predicate,
            object,
            source=statement.source,
            sentence=statement.sentence,
            polarity=statement.polarity,
            certainty=statement.certainty,
            experiencer=statement.experiencer,
            qualifiers=told,
            passage=statement.passage,
            start=statement.start,
            end=statement.end,
            record=statement.record,
            extractor=statement.extractor,
            confidence=statement.confidence,
            access=statement.access,
        )
