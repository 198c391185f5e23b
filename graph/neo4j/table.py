"""Assertions as the parameters of one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph.model import Assertion
from graph.neo4j.rows import PHRASES, SUFFIXES, Triple, labels, qualifier_list


class AssertionTable:
    """The parameters of `write_cypher.put_assertions`: what repeats is sent once and named by its place."""

    def __init__(self, assertions: Sequence[Assertion], triples: Mapping[str, Triple], *, in_passage: bool) -> None:
        """`assertions` as stated, `triples` by their ids what they are of."""
        self._places: dict[str, dict[Any, int]] = defaultdict(dict)
        # The order of entities is also the order in which their chains of edges are locked.
        for id in sorted({id for a in assertions for id in (triples[a.id][1], triples[a.id][3])}):
            self._place("entities", id)
        self._rows = [
            [
                self._place("sources", a.source),
                self._place("entities", triples[a.id][1]),
                self._place("entities", triples[a.id][3]),
                a.id,
                triples[a.id][0],
                *(self._place("words", word) for word in (
                    a.predicate, a.polarity, a.certainty, a.experiencer, a.extractor or None,
                    PHRASES[a.predicate], SUFFIXES[a.polarity],
                )),
                self._place("accesses", a.access),
                float(a.confidence),
                a.sentence,
                a.record or None,
                qualifier_list(a),
                a.start if a.start != -1 else None,
                a.end if a.end != -1 else None,
                self._place("passages", a.passage) if in_passage else (a.passage or None),
                a.subject if a.subject != triples[a.id][1] else None,
                a.object if a.object != triples[a.id][3] else None,
            ]
            for a in assertions
        ]  # fmt: skip

    def parameters(self) -> dict[str, object]:
        return {
            **{name: list(self._places[name]) for name in ("sources", "entities", "words", "passages")},
            "accesses": [labels(access) for access in self._places["accesses"]],
            "rows": self._rows,
        }

    def _place(self, table: str, value: object) -> int:
        places = self._places[table]
        return places.setdefault(value, len(places))
