"""Spans to concepts: MeSH, and OMIM, NCBI Gene, NCBI Taxonomy and Cellosaurus where MeSH has none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.model import Entity
from ingest.errors import WeightsUnavailable
from ingest.reading.linking import composite, variants
from ingest.reading.linking.candidates import (
    ROOTED,
    SIGNATURE,
    STRICT,
    Candidate,
    Candidates,
    Question,
    elsewhere,
    plainly,
)
from ingest.reading.linking.choose import Choice, Facts, Model, features
from ingest.reading.linking.lexicon import GROUPS, Lexicon
from ingest.reading.linking.queries import Query, queries
from ingest.reading.recognition.recognizer import Span
from ingest.vocabulary import entity_type

_ANIMAL = re.compile(
    r"\b(?:mice|mouse|murine|rats?|rodents?|zebrafish|drosophila|yeast|xenopus|bovine|porcine|pigs?|dogs?|canine|chickens?|"
    r"rabbits?|hamsters?|elegans|arabidopsis|cerevisiae)\b",
    re.IGNORECASE,
)
_HUMAN = re.compile(
    r"\b(?:humans?|patients?|men|women|man|woman|child|children|infants?|probands?|famil(?:y|ies)|subjects?|individuals?|"
    r"volunteers?|cohorts?|HeLa|HEK293T?)\b",
    re.IGNORECASE,
)
_FOREIGN = 0.4
"""What is left of the probability of a human gene where a text speaks of animals and of no human."""
_REMEMBERED = 30_000
_LIKE = 0.5
"""How much of a name (Dice) a long form must share for its short form to be taken as it usually is."""
_POOR = 0.45
"""Below this an answer that only resembles the surface gives way to what is asked beside it."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a span means: `ids` are CURIEs, none where the linker abstains, several where the span is composite.

    `score` is the probability that the link is right, also of one that was not made; `reason` says by what.
    """

    ids: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The best candidate of one question; `sure` is the probability that it is right."""

    question: Question
    choice: Choice
    sure: float
    expanded: bool


class Linker:
    """Links spans of a text. The links of a text depend on the text and its spans alone; safe in several threads.

    `threshold` is the probability below which it abstains, that of the model where None; `strict` takes the model's
    second one, for a precision of at least 95 % on the development sets. With `withdrawn`, ids are given as the
    corpora of 2012 to 2015 have them, also those that MeSH has withdrawn since; else what took their place.
    """

    def __init__(
        self, folder: Path, *, threshold: float | None = None, strict: bool = False, withdrawn: bool = False
    ) -> None:
        """Raises WeightsUnavailable where `folder` holds no linker of this version."""
        try:
            settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._model = Model.load(folder / "model.json")
            self._lexicon = Lexicon.load(folder / "lexicon.npz")
            self.version: str = settings["version"]
        except (OSError, ValueError, KeyError) as error:
            raise WeightsUnavailable(f"{folder} holds no linker: {error}") from error
        self._threshold = threshold
        if threshold is None:
            self._threshold = self._model.strict_threshold if strict else self._model.threshold
        self._facts = Facts.of(self._lexicon)
        self._candidates = Candidates(self._lexicon)
        self._concept = {id: at for at, id in enumerate(self._facts.ids)}
        present = self._lexicon.present.tolist()
        self._edition = {new: old for old, new in present} if withdrawn else dict(present)
        self._omim = {self._facts.ids[mesh]: self._facts.ids[omim] for mesh, omim in self._lexicon.same.tolist()}
        # What is remembered is a pure function of its arguments: it makes links faster and never other ones.
        self._ask = lru_cache(_REMEMBERED)(self._candidates.ask)
        self._answer = lru_cache(_REMEMBERED)(self._answered)

    def link(self, text: str, spans: Sequence[Span]) -> list[Link]:
        """One link a span, in their order."""
        asked = queries(text, spans)
        groups = [GROUPS.get(span.label, "") for span in spans]
        plain = plainly(asked, groups, self._ask)
        foreign = "g" in groups and bool(_ANIMAL.search(text)) and not _HUMAN.search(text)
        links = []
        for span, group, these in zip(spans, groups, asked, strict=True):
            if span.label == "Variant":
                ids = variants.identify(text[span.start : span.end])
                links.append(Link(ids, 0.9 if ids else 0.0, "the form of the variant" if ids else "no known form"))
            elif not group:
                links.append(Link((), 0.0, f"nothing is known of the label {span.label}"))
            else:
                links.append(self._linked(these, group, plain, _FOREIGN if foreign and group == "g" else 1.0))
        return links

    def entity(self, id: str) -> Entity:
        """The concept of an id as `link` gives it, to be declared in a graph. Raises KeyError for any other id."""
        if id not in self._concept:
            if id.startswith(("tmVar:", "DBSNP:")):
                return Entity(id, "Variant", id.partition(":")[2])
            raise KeyError(id)
        concept = self._concept[id]
        trees = self._facts.trees[concept]
        other = self._omim.get(id)
        return Entity(id, _type(trees), self._lexicon.names[concept] or id, xrefs=(other,) if other else ())

    def mesh_to_omim(self, id: str) -> str | None:
        """The one disease of OMIM that means the same as a MeSH id, by the cross references of Mondo and DO."""
        return self._omim.get(id)

    def answers(self, asked: Sequence[Query], group: str, plain: dict[int, set[str]]) -> list[Answer]:
        """The best candidate of each query. `plain` has the surfaces that plainly name a concept in the text."""
        answers = []
        for query in asked:
            question = self._ask(query.surface, group)
            if answer := self._answer(query, group, elsewhere(question, plain)):
                answers.append(answer)
        return answers

    def _answered(self, query: Query, group: str, elsewhere: frozenset[int]) -> Answer | None:
        question = self._ask(query.surface, group)
        if group not in self._model.ranking:
            return None
        choice = self._model.choose(question, features(question, self._facts, elsewhere))
        if choice is None:
            return None
        return Answer(question, choice, self._model.sure(question, choice, query.expanded), query.expanded)

    def _linked(self, asked: tuple[Query, ...], group: str, plain: dict[int, set[str]], trust: float) -> Link:
        best = self._best(asked, group, plain)
        if group in "cd" and (best is None or not _known(best)):
            whole = best.sure if best else 0.0
            if parts := self._parts(asked, group, plain, whole):
                return parts
        if best is None:
            return Link((), 0.0, "no candidate")
        # A gene that corpora teach may be one of an animal; the vocabulary of names is human.
        sure = best.sure if best.choice.candidate.taught else best.sure * trust
        if sure < (self._threshold or 0.0):
            return Link((), sure, f"unsure: {self._reason(best)}")
        return Link(self._ids(best.choice.concept), sure, self._reason(best))

    def _best(self, asked: Sequence[Query], group: str, plain: dict[int, set[str]]) -> Answer | None:
        own = self.answers([query for query in asked if not query.apposed], group, plain)
        best = max(own, key=lambda answer: answer.sure, default=None)
        if best is None or (best.sure < _POOR and not _known(best)):
            beside = [query for query in asked if query.apposed]
            other = [
                answer
                for query in beside
                for answer in self.answers([query], group, plain)
                if query.expanded or self._agrees(answer, asked, group)
            ]
            best = max((*own, *(answer for answer in other if _known(answer))), key=lambda a: a.sure, default=None)
        return best

    def _agrees(self, answer: Answer, asked: Sequence[Query], group: str) -> bool:
        """Whether what a short form means by itself resembles what the text says that it means."""
        return any(
            candidate.concept == answer.choice.concept
            and (candidate.keys or candidate.taught or candidate.dice >= _LIKE)
            for query in asked
            if query.expanded
            for candidate in self._ask(query.surface, group).candidates
        )

    def _parts(self, asked: tuple[Query, ...], group: str, plain: dict[int, set[str]], whole: float) -> Link | None:
        best: tuple[float, tuple[Answer, ...]] | None = None
        for query in asked:
            if query.apposed:
                continue
            for way in composite.parts(query.surface):
                answers = [self.answers((Query(part, query.expanded),), group, plain) for part in way]
                if not all(answers):
                    continue
                one = tuple(max(several, key=lambda answer: answer.sure) for several in answers)
                least = min(answer.sure for answer in one)
                if best is None or least > best[0]:
                    best = (least, one)
        if best is None or best[0] < max(whole, self._threshold or 0.0):
            return None
        ids = tuple(dict.fromkeys(id for answer in best[1] for id in self._ids(answer.choice.concept)))
        return Link(ids, best[0], "; ".join(self._reason(answer) for answer in best[1]))

    def _ids(self, concept: int) -> tuple[str, ...]:
        parts = self._facts.ids[concept].split("|")
        ats = [self._concept[part] for part in parts]
        return tuple(self._facts.ids[self._edition.get(at, at)] for at in ats)

    def _reason(self, answer: Answer) -> str:
        name = self._lexicon.names[answer.choice.concept] or self._facts.ids[answer.choice.concept]
        source = f"{answer.question.surface!r} put in full, " if answer.expanded else ""
        return f"{source}{_evidence(answer.choice.candidate)} {name!r}"


def _known(answer: Answer) -> bool:
    return bool(answer.choice.candidate.keys & STRICT or answer.choice.candidate.taught)


def _evidence(candidate: Candidate) -> str:
    if candidate.keys & STRICT:
        return "a name of"
    if candidate.taught:
        return "used for"
    if candidate.keys & (SIGNATURE | ROOTED):
        return "the words of"
    if candidate.short:
        return "a short form of"
    return "resembles"


def _type(trees: str) -> str:
    for letters, label in (("dD", "Chemical"), ("cCP", "Disease"), ("g", "Gene"), ("TB", "Species"), ("l", "CellLine")):
        if set(letters) & set(trees):
            return entity_type(label)
    return "Concept"
