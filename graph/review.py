"""What texts state beside what curated sources state of the same two entities: the same, the contrary, or nothing yet.

A reader of texts errs, and so do curated sources: what is contrary is listed for somebody to look at, and decides
nothing. Statements of only possible things are compared; aims and questions (hypothetical) are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from graph.model import Assertion
from graph.schema import PREDICATES
from graph.store import Access, GraphStore

Verdict = Literal["agrees", "contradicts", "other", "new"]
"""`other`: curated sources relate the two, but in a way that says nothing of this; `new`: they do not relate them."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

_HELPS = frozenset(("treats", "palliates", "prevents"))
_FORBIDS = frozenset(("contraindicated_in", "cautioned_in"))
_HARMS = frozenset(("causes", "has_adverse_effect", "contributes_to"))
_ALIKE = (
    _HELPS,
    _FORBIDS,
    _HARMS | {"associated_with", "gene_associated_with"},
    frozenset(("has_phenotype", "causes", "associated_with")),
    frozenset(("binds", "inhibits")),
    frozenset(("binds", "activates")),
    frozenset(("activates", "upregulates", "induces")),
    frozenset(("inhibits", "downregulates")),
)
"""Predicates by which sources tell the same of two entities."""
_CONTRARY = (
    (_HELPS, frozenset(("contraindicated_in",))),
    (_HELPS, _HARMS),
    (frozenset(("inhibits", "downregulates")), frozenset(("activates", "upregulates", "induces"))),
)
_READ = frozenset(("interacts_with", "diagnoses", "monitored_by", "substrate_of", "affects_response_to")).union(*_ALIKE)
"""What readers of texts state."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A statement of a text, and the curated one that decides the verdict; None where there is none."""

    statement: Assertion
    verdict: Verdict
    beside: Assertion | None = None


def review(store: GraphStore, *, access: Access) -> Iterator[Reviewed]:
    """What documents state, by subject, object, predicate and document. Reads every statement of the graph twice; what
    is held is that of documents and what curated sources state of the same pairs."""
    documents = {source.id for source in store.sources(kind="document")}
    told = [
        statement
        for statement in store.stated(_READ, access=access)
        if statement.source in documents and statement.certainty != "hypothetical"
    ]
    pairs = {_pair(statement) for statement in told}
    known: dict[Pair, list[Assertion]] = defaultdict(list)
    for statement in store.stated(_READ, access=access):
        if statement.source not in documents and _pair(statement) in pairs:
            known[_pair(statement)].append(statement)
    for statement in sorted(told, key=lambda a: (a.subject, a.object, a.predicate, a.source, a.id)):
        yield judged(statement, known)


def judged(statement: Assertion, known: Mapping[Pair, list[Assertion]]) -> Reviewed:
    """A statement beside the curated ones of its pair. Where curated sources themselves disagree, it agrees."""
    beside = known.get(_pair(statement), [])
    for other in beside:
        if _same(statement, other) and statement.polarity == other.polarity:
            return Reviewed(statement, "agrees", other)
    for other in beside:
        if _contrary(statement, other):
            return Reviewed(statement, "contradicts", other)
    return Reviewed(statement, "other", beside[0]) if beside else Reviewed(statement, "new")


def _pair(statement: Assertion) -> Pair:
    one, other = sorted((statement.subject, statement.object))
    return one, other


def _same(one: Assertion, other: Assertion) -> bool:
    """Whether both relate the two in the same way, and from the same end where their predicates have one."""
    turned = one.subject != other.subject
    if turned and not (PREDICATES[one.predicate].symmetric or PREDICATES[other.predicate].symmetric):
        return False
    return one.predicate == other.predicate or any({one.predicate, other.predicate} <= kind for kind in _ALIKE)


def _contrary(one: Assertion, other: Assertion) -> bool:
    """Whether one of two affirms what the other denies, or the contrary of what it affirms."""
    if one.polarity != other.polarity:
        return _same(one, other)
    if one.polarity == "negated" or one.subject != other.subject:
        return False
    return any(
        (one.predicate in this and other.predicate in that) or (one.predicate in that and other.predicate in this)
        for this, that in _CONTRARY
    )
