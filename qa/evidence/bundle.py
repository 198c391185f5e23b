"""The pieces that the steps of a plan found, put in one order, numbered, and cut to what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Entity
from qa.evidence.chart import Standing
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import DerivedEvidence, Evidence, FactEvidence, SearchedEvidence, ToldEvidence
from qa.evidence.material import Material
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Interacts
from qa.evidence.typed import Typed
from qa.model import Candidate, Listed

Piece = FactEvidence | DefinitionEvidence | DerivedEvidence | SearchedEvidence | ToldEvidence | PassageEvidence
"""What a step finds."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one step found, most to the point first; `candidates` know their evidence only once it is numbered."""

    evidence: tuple[Piece, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    totals: Mapping[Listed, int] = field(default_factory=dict)
    """How many relations there are in all, of those of which the evidence shows the best."""

    unread: tuple[ToldEvidence, ...] = ()
    """What of the question was not understood, where the step found nothing: it answers nothing by itself."""

    typed: Typed | None = None
    """What the evidence comes to for a program, where the step answers in a form of its own."""

    closes: bool = False
    """Whether the answer is whole: no later step is asked, and no passage is quoted beside it."""


def bundle(
    patient: Sequence[FactEvidence],
    parts: Sequence[Part],
    passages: Sequence[PassageEvidence],
    *,
    limit: int,
    entities: Mapping[str, Entity],
    related: bool,
    left_out: Mapping[tuple[str, Standing], int] | None = None,
    texts_first: bool = False,
) -> Material:
    """At most `limit` different pieces with the ids E1, E2, …: the facts of a patient, those of the steps, passages;
    passages before those of the steps where `texts_first` says so.

    `left_out` counts the facts of the patient that are not among `patient`.
    """
    stated = _without_repeats([piece for part in parts for piece in part.evidence])
    unread = [piece for part in parts for piece in part.unread]
    pieces = _mixed(patient, stated, passages, limit, texts_first)
    evidence = numbered([*unread, *pieces] if pieces else [], limit)
    candidates = tuple(
        replace(candidate, evidence=_of_candidate(candidate, evidence))
        for part in parts
        for candidate in part.candidates
    )
    return Material(
        evidence=evidence,
        candidates=candidates,
        entities=entities,
        related=related,
        left_out=left_out or {},
        totals={listed: total for part in parts for listed, total in part.totals.items()},
        unread=tuple(piece.clauses for piece in unread),
        typed=next((part.typed for part in parts if part.typed is not None), None),
    )


def _without_repeats(stated: Sequence[Evidence]) -> list[Evidence]:
    """Without what is stated plainly of interactions, where drugs were checked together, and what is told together."""
    told = [link for piece in stated if isinstance(piece, ToldEvidence) for link in piece.chain]
    ids = {link.assertion.id for link in told}
    predicates = {link.predicate for link in told if link.kind == "curated"}
    checked = any(
        isinstance(piece, DerivedEvidence | SearchedEvidence)
        or (isinstance(piece, FactEvidence) and isinstance(piece.because, Interacts))
        for piece in stated
    )

    def repeats(piece: Evidence) -> bool:
        if not isinstance(piece, FactEvidence) or piece.because is not None:
            return False
        if piece.predicate == "interacts_with" and checked:
            return True
        return piece.assertion.id in ids or (piece.kind == "curated" and piece.predicate in predicates)

    return [piece for piece in stated if not repeats(piece)]


def numbered(pieces: Iterable[Evidence], limit: int) -> tuple[Evidence, ...]:
    """At most `limit` different pieces in their order, with the ids E1, E2, …"""
    kept: dict[tuple[object, ...], Evidence] = {}
    for piece in pieces:
        kept.setdefault(piece.place, piece)
    return tuple(
        replace(piece, id=f"E{number}") for number, piece in enumerate(list(kept.values())[: max(limit, 0)], 1)
    )


def _mixed(
    patient: Sequence[Evidence],
    stated: Sequence[Evidence],
    passages: Sequence[Evidence],
    limit: int,
    texts_first: bool,
) -> list[Evidence]:
    """The patient's facts first, then statements, and passages so that at least a quarter of what is shown is text,
    where there is any and the patient's facts leave room."""
    texts = min(len(passages), max(1, limit // 4))
    shown = stated[: max(0, limit - len(patient) - texts)]
    return [*patient, *passages, *shown] if texts_first else [*patient, *shown, *passages]


def _of_candidate(candidate: Candidate, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The ids of what states a finding of a candidate, or an effect of a drug, alone or together with others."""

    def states(fact: FactEvidence) -> bool:
        return fact.predicate in ("has_phenotype", "has_adverse_effect") and fact.assertion.subject == candidate.entity

    return tuple(
        e.id
        for e in evidence
        if (isinstance(e, FactEvidence) and states(e)) or (isinstance(e, ToldEvidence) and any(map(states, e.chain)))
    )
