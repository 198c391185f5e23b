"""Spans to concepts: MeSH, and OMIM, NCBI Gene, NCBI Taxonomy and Cellosaurus where MeSH has none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from graph.model import Entity
from ingest.errors import WeightsUnavailable
from ingest.reading.linking import composite, symbols, variants
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
from ingest.reading.linking.rewording import reworded
from ingest.reading.linking.species import HUMAN, Spoken
from ingest.reading.recognition.recognizer import Span
from ingest.vocabulary import entity_type

_FOREIGN = 0.4
"""What is left of the probability of a human gene where a text speaks of a species in which it is not known."""
_MIXED = 0.85
"""What is left of that of a gene where a text speaks of several species, or of one that is not man."""
_BY_HEART = 0.95
"""How surely a symbol that everybody knows means its gene, in a text of people."""
_REMEMBERED = 30_000
_LIKE = 0.5
"""How much of a name (Dice) a long form must share for its short form to be taken as it usually is."""
_POOR = 0.45
"""Below this an answer that only resembles the surface gives way to what is asked beside it."""


_REWORDED = 0.9
"""What is left of the probability of an answer to other words than those of the text."""


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
            self.mesh: str = settings.get("mesh", "")
            """The year of the MeSH whose ids are given."""
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
        self._older: dict[str, list[str]] = {}
        for old, new in present:
            self._older.setdefault(self._facts.ids[new], []).append(self._facts.ids[old])
        self._present: dict[str, str] = {self._facts.ids[old]: self._facts.ids[new] for old, new in present}
        self._omim: dict[str, str] = {
            self._facts.ids[mesh]: self._facts.ids[omim] for mesh, omim in self._lexicon.same.tolist()
        }
        # What is remembered is a pure function of its arguments: it makes links faster and never other ones.
        self._ask = lru_cache(_REMEMBERED)(self._candidates.ask)
        self._answer = lru_cache(_REMEMBERED)(self._answered)

    def link(self, text: str, spans: Sequence[Span]) -> list[Link]:
        """One link a span, in their order."""
        asked = queries(text, spans)
        groups = [GROUPS.get(span.label, "") for span in spans]
        plain = plainly(asked, groups, self._ask)
        spoken = Spoken.of(text) if "g" in groups else None
        links = []
        for span, group, these in zip(spans, groups, asked, strict=True):
            if span.label == "Variant":
                ids = variants.identify(text[span.start : span.end])
                links.append(Link(ids, 0.9 if ids else 0.0, "the form of the variant" if ids else "no known form"))
            elif not group:
                links.append(Link((), 0.0, f"nothing is known of the label {span.label}"))
            else:
                taxon = spoken.at(span.start) if spoken and group == "g" else HUMAN
                link = self._linked(these, group, plain, taxon, several=bool(spoken and spoken.several))
                links.append(link)
        return links

    def entity(self, id: str) -> Entity:
        """The concept of an id as `link` gives it, to be declared in a graph. Raises KeyError for any other id."""
        if id not in self._concept:
            if id.startswith(("tmVar:", "DBSNP:")):
                return Entity(id, "Variant", id.partition(":")[2])
            if symbol := self._lexicon.orthologs.symbol(id):
                return Entity(id, entity_type("Gene"), symbol)
            raise KeyError(id)
        concept = self._concept[id]
        trees = self._facts.trees[concept]
        return Entity(id, _type(trees), self._lexicon.names[concept] or id, xrefs=self.same(id))

    def mesh_to_omim(self, id: str) -> str | None:
        """The one disease of OMIM that means the same as a MeSH id, by the cross references of Mondo and DO."""
        return self._omim.get(id)

    def knows(self, id: str) -> bool:
        """Whether it is an id of the linker's concepts, one that MeSH has withdrawn included."""
        return id in self._concept

    def canonical(self, id: str) -> str:
        """One id for all that mean the same: OMIM's where that is one disease, else the present one of MeSH."""
        now = self._present.get(id, id)
        return self._omim.get(now, now)

    def same(self, id: str) -> tuple[str, ...]:
        """The other ids of what `id` means: what MeSH calls it in another year, OMIM's where that is one disease."""
        now = self._present.get(id, id)
        omim = self._omim.get(now)
        others = (now, *self._older.get(now, ()), *((omim,) if omim else ()))
        return tuple(other for other in others if other != id)

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

    def _linked(
        self, asked: tuple[Query, ...], group: str, plain: dict[int, set[str]], taxon: int, *, several: bool
    ) -> Link:
        if group == "g" and any(symbols.is_family(query.surface) for query in asked):
            return Link((), 0.0, "a family of genes, or what several make up")
        if group == "g" and (known := self._by_heart(asked)) is not None:
            sure = _BY_HEART * self._trust(known, taxon, several=several)
            return Link(self._ids(known, taxon), sure, "a symbol that is known by heart")
        best = self._best(asked, group, plain)
        unknown = group in "cdg" and (best is None or not _known(best))
        if unknown and (parts := self._parts(asked, group, plain, best, taxon)):
            return parts
        if best is None:
            return Link((), 0.0, "no candidate")
        ids = self._ids(best.choice.concept, taxon)
        sure = best.sure * self._trust(best.choice.concept, taxon, several=several) if group == "g" else best.sure
        if sure < (self._threshold or 0.0) or (group in "cd" and self._far(best)):
            return Link((), sure, f"unsure: {self._reason(best)}")
        return Link(ids, sure, self._reason(best))

    def _far(self, answer: Answer) -> bool:
        """Whether a surface only resembles some other name of a concept, and in no word the one that it goes by: a
        brand that is one letter off, or a startle for a syndrome of startling."""
        name = self._lexicon.names[answer.choice.concept]
        if not name or _evidence(answer.choice.candidate) != _RESEMBLES:
            return False
        return not self._candidates.akin(answer.question.surface, name)

    def _by_heart(self, asked: Sequence[Query]) -> int | None:
        """The gene of which a query is a symbol that everybody knows."""
        known = (symbols.gene(query.surface) for query in asked)
        return next((self._concept[id] for id in known if id in self._concept), None)

    def _trust(self, concept: int, taxon: int, *, several: bool) -> float:
        if taxon == HUMAN:
            return _MIXED if several else 1.0
        return _MIXED if self._ids(concept, taxon) != self._ids(concept) else _FOREIGN

    def _best(self, asked: Sequence[Query], group: str, plain: dict[int, set[str]]) -> Answer | None:
        own = self.answers([query for query in asked if not query.apposed], group, plain)
        best = max(own, key=lambda answer: answer.sure, default=None)
        if best is None or (best.sure < _POOR and not _known(best)):
            beside = [query for query in asked if query.apposed]
            other = [
                answer
                for query in beside
                for answer in self.answers([query], group, plain)
                if query.expanded or group == "g" or self._agrees(answer, asked, group)
            ]
            other += self._reworded(asked, group, plain)
            best = max((*own, *(answer for answer in other if _known(answer))), key=lambda a: a.sure, default=None)
        return best

    def _reworded(self, asked: Sequence[Query], group: str, plain: dict[int, set[str]]) -> list[Answer]:
        """What the queries mean in other words; a little less sure than what they say."""
        others = (
            Query(other, True) for query in asked if not query.apposed for other in reworded(query.surface, group)
        )
        answers = (answer for other in others for answer in self.answers([other], group, plain) if _known(answer))
        return [replace(answer, sure=answer.sure * _REWORDED) for answer in answers]

    def _agrees(self, answer: Answer, asked: Sequence[Query], group: str) -> bool:
        """Whether what a short form means by itself resembles what the text says that it means."""
        return any(
            candidate.concept == answer.choice.concept
            and (candidate.keys or candidate.taught or candidate.dice >= _LIKE)
            for query in asked
            if query.expanded
            for candidate in self._ask(query.surface, group).candidates
        )

    def _parts(
        self, asked: tuple[Query, ...], group: str, plain: dict[int, set[str]], whole: Answer | None, taxon: int
    ) -> Link | None:
        """The links of the parts of a composite, where they are surer than `whole` or it is but one of them."""
        best = max(self._ways(asked, group, plain), key=lambda way: way[0], default=None)
        if best is None:
            return None
        meant = {answer.choice.concept for answer in best[1]}
        one_of_them = whole is not None and len(meant) > 1 and whole.choice.concept in meant
        if best[0] < max(whole.sure if whole and not one_of_them else 0.0, self._threshold or 0.0):
            return None
        ids = tuple(dict.fromkeys(id for answer in best[1] for id in self._ids(answer.choice.concept, taxon)))
        return Link(ids, best[0], "; ".join(self._reason(answer) for answer in best[1]))

    def _ways(
        self, asked: tuple[Query, ...], group: str, plain: dict[int, set[str]]
    ) -> Iterator[tuple[float, tuple[Answer, ...]]]:
        """The ways to read the queries as lists of which every part has an answer, with the least sure of these."""
        for query in asked:
            for way in composite.parts(query.surface) if not query.apposed or group == "g" else ():
                answers = [self.answers((Query(part, query.expanded),), group, plain) for part in way]
                if all(answers):
                    one = tuple(max(several, key=lambda answer: answer.sure) for several in answers)
                    yield min(answer.sure for answer in one), one

    def _ids(self, concept: int, taxon: int = HUMAN) -> tuple[str, ...]:
        """The ids of a concept; of genes those in the species `taxon`, man's where it is not known to have them."""
        parts = self._facts.ids[concept].split("|")
        ats = [self._concept[part] for part in parts]
        if taxon != HUMAN:
            return tuple(self._lexicon.orthologs.of_species(at, taxon) or self._facts.ids[at] for at in ats)
        return tuple(self._facts.ids[self._edition.get(at, at)] for at in ats)

    def _reason(self, answer: Answer) -> str:
        name = self._lexicon.names[answer.choice.concept] or self._facts.ids[answer.choice.concept]
        source = f"{answer.question.surface!r} put in full, " if answer.expanded else ""
        return f"{source}{_evidence(answer.choice.candidate)} {name!r}"


_RESEMBLES = "resembles"


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
    return _RESEMBLES


def _type(trees: str) -> str:
    for letters, label in (("dD", "Chemical"), ("cCP", "Disease"), ("g", "Gene"), ("TB", "Species"), ("l", "CellLine")):
        if set(letters) & set(trees):
            return entity_type(label)
    return "Concept"
