"""What annotated documents say of surfaces, and the weights of the linker's choice learned from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.model import Document
from ingest.reading.linking import names
from ingest.reading.linking.candidates import Candidates, Question, elsewhere, plainly
from ingest.reading.linking.choose import FEATURES, Facts, Model, certainty, features
from ingest.reading.linking.lexicon import GROUPS, Lexicon, rooted_key, strict_key
from ingest.reading.linking.queries import queries
from ingest.reading.recognition.recognizer import Span
from ingest.sources.annotated import pubtator

_LABELS = {
    "Drug": "Chemical", "Disease": "Disease", "Gene": "Gene", "Organism": "Species", "CellLine": "CellLine",
}  # fmt: skip
THRESHOLD, STRICT_THRESHOLD = 0.35, 0.8
"""Chosen on half of the development sets: the first for 95 % precision on BC5CDR, the second for as much on NCBI
Disease."""
_LEAST_EXAMPLES = 20
"""A group with fewer is not linked."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A document with its spans and what each means; no ids where the annotators found none."""

    id: str
    text: str
    spans: tuple[Span, ...]
    ids: tuple[tuple[str, ...], ...]


def gold(path: Path) -> list[Gold]:
    """The documents of a PubTator file as the linker's trainer and benchmark take them."""
    documents = []
    for record in pubtator.read(path):
        if isinstance(record, Document):
            spans: dict[tuple[int, int, str], list[str]] = {}
            for a in record.annotations:
                if label := _LABELS.get(a.type):
                    ids = spans.setdefault((a.start, a.end, label), [])
                    if a.id:
                        ids.append(a.id)
            documents.append(
                Gold(
                    record.id,
                    record.text,
                    tuple(Span(start, end, label, 1.0) for start, end, label in spans),
                    tuple(tuple(sorted(set(ids))) for ids in spans.values()),
                )
            )
    return documents


@dataclass(frozen=True, slots=True)
class Taught:
    """What annotated documents say: by key of a surface, by concept, how often; in all, and by document."""

    counts: dict[int, Counter[int]]
    own: dict[str, dict[int, Counter[int]]]
    uses: Counter[int]
    own_uses: dict[str, set[int]]


def teach(documents: Sequence[Gold], order: Mapping[str, int]) -> Taught:
    """Count what each surface means, and which documents use a concept; `order` has the concept of an id."""
    taught = Taught({}, {}, Counter(), {})
    for document in documents:
        own = taught.own.setdefault(document.id, {})
        uses = taught.own_uses.setdefault(document.id, set())
        for span, ids in zip(document.spans, document.ids, strict=True):
            if not ids:
                continue
            concept = order["|".join(ids)]
            uses.add(concept)
            words = names.words(document.text[span.start : span.end])
            group = GROUPS[span.label]
            for key in {strict_key(group, words), rooted_key(group, words)}:
                own.setdefault(key, Counter())[concept] += 1
    for own in taught.own.values():
        for key, counted in own.items():
            taught.counts.setdefault(key, Counter()).update(counted)
    for uses in taught.own_uses.values():
        taught.uses.update(uses)
    return taught


@dataclass(frozen=True, slots=True)
class Example:
    """A question of the training documents; `right` is the position of the right candidate, -1 where it is none."""

    document: str
    group: str
    question: Question
    rows: npt.NDArray[np.float64]
    right: int
    expanded: bool


def examples(lexicon: Lexicon, documents: Sequence[Gold], taught: Taught) -> list[Example]:
    """Every query of every span, each document's own teaching taken away."""
    facts = Facts.of(lexicon)
    concept = {id: at for at, id in enumerate(facts.ids)}
    now = dict(lexicon.present.tolist())
    ask = lru_cache(200_000)(Candidates(lexicon).ask)
    made = []
    for document in documents:
        asked = queries(document.text, document.spans)
        groups = [GROUPS[span.label] for span in document.spans]
        plain = plainly(asked, groups, ask)
        own, uses = taught.own[document.id], taught.own_uses[document.id]
        seen_facts = _Without(facts, uses)
        for group, these, ids in zip(groups, asked, document.ids, strict=True):
            wanted = concept["|".join(ids)] if ids else -1
            for query in (one for one in these if not one.apposed):
                question = _without(ask(query.surface, group), own)
                if not question.candidates:
                    continue
                rows = features(question, seen_facts.facts(), elsewhere(question, plain))
                at = [c.concept for c in question.candidates]
                # A withdrawn id and the one in its place are the same concept; the linker gives either.
                right = next((at.index(id) for id in (wanted, now.get(wanted, -1)) if id in at), -1)
                made.append(Example(document.id, group, question, rows, right, query.expanded))
    return made


@dataclass(slots=True)
class _Without:
    base: Facts
    uses: set[int]

    def facts(self) -> Facts:
        return replace(self.base, taught_uses=_Less(self.base.taught_uses, self.uses))  # type: ignore[arg-type]  # a list but for one


class _Less:
    """Counts, one less for some."""

    def __init__(self, counts: list[int], less: set[int]) -> None:
        self._counts, self._less = counts, less

    def __getitem__(self, at: int) -> int:
        return max(0, self._counts[at] - (at in self._less))


def _without(question: Question, own: Mapping[int, Counter[int]]) -> Question:
    strict = own.get(strict_key(question.group, question.words), Counter())
    root = own.get(rooted_key(question.group, question.words), Counter())
    if not strict and not root:
        return question
    kept = []
    for c in question.candidates:
        less = replace(
            c, taught=max(0, c.taught - strict[c.concept]), taught_root=max(0, c.taught_root - root[c.concept])
        )
        if less.keys or less.dice or less.taught or less.taught_root or less.short:
            kept.append(less)
    return replace(question, candidates=tuple(kept))


def train_model(lexicon: Lexicon, documents: Sequence[Gold], taught: Taught) -> tuple[Model, dict[str, object]]:
    """The weights, and what was seen: the share of questions whose right candidate is there, and is chosen."""
    made = examples(lexicon, documents, taught)
    ranking: dict[str, npt.NDArray[np.float64]] = {}
    sure: dict[str, npt.NDArray[np.float64]] = {}
    report: dict[str, object] = {}
    for group in GROUPS.values():
        mine = [example for example in made if example.group == group]
        if sum(example.right >= 0 for example in mine) < _LEAST_EXAMPLES:
            continue
        ranking[group] = _conditional([e for e in mine if e.right >= 0 and len(e.rows) > 1])
        model = Model(ranking, {}, 0.0, 0.0)
        rows, right = [], []
        for example in mine:
            choice = model.choose(example.question, example.rows)
            if choice is not None:
                rows.append(certainty(example.question, choice, example.expanded))
                right.append(
                    example.right >= 0 and example.question.candidates[example.right].concept == choice.concept
                )
        sure[group] = _logistic(np.array(rows), np.array(right, np.float64))
        report[f"questions {group}"] = len(mine)
        report[f"reachable {group}"] = round(sum(e.right >= 0 for e in mine) / len(mine), 4)
        report[f"chosen {group}"] = round(float(np.mean(right)), 4)
    return Model(ranking, sure, THRESHOLD, STRICT_THRESHOLD), report


def _conditional(made: Sequence[Example], penalty: float = 1.0) -> npt.NDArray[np.float64]:
    """Weights of a conditional logit by Newton's method, with a Gaussian prior of precision `penalty`."""
    if not made:
        return np.zeros(len(FEATURES))
    rows = np.concatenate([example.rows for example in made])
    sizes = [len(example.rows) for example in made]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    owner = np.repeat(np.arange(len(made)), sizes)
    right = starts + np.array([example.right for example in made])
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts)[owner]
        shares = np.exp(scores)
        shares /= np.add.reduceat(shares, starts)[owner]
        mean = np.add.reduceat(rows * shares[:, None], starts)
        gradient = rows[right].sum(0) - mean.sum(0) - penalty * weights
        curve = (rows * shares[:, None]).T @ rows - mean.T @ mean + penalty * np.eye(len(weights))
        step = np.linalg.solve(curve, gradient)
        weights += step * min(1.0, 5.0 / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-5:
            break
    return weights


def _logistic(
    rows: npt.NDArray[np.float64], right: npt.NDArray[np.float64], penalty: float = 1.0
) -> npt.NDArray[np.float64]:
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        shares = 1 / (1 + np.exp(-rows @ weights))
        curve = (rows * (shares * (1 - shares))[:, None]).T @ rows + penalty * np.eye(len(weights))
        step = np.linalg.solve(curve, rows.T @ (right - shares) - penalty * weights)
        weights += step * min(1.0, 5.0 / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-6:
            break
    return weights
