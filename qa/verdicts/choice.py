"""Which of some choices the graph bears out: scored by the relation that the stem tells, then by looser ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.view import GraphView
from qa.verdicts.claim import relations_in
from qa.verdicts.codes import codes_in, codes_of, is_code, is_of
from qa.verdicts.relation import ANY, Relation
from qa.verdicts.stem import Stem
from qa.verdicts.texts import mentioned
from qa.verdicts.thing import Thing, things_of
from qa.verdicts.ties import NONE, Pair, Tie, Ties

APART = 0.02
"""So far apart at least two scores are, where the one is better."""
_ALL = re.compile(
    r"^(?:all|both) of (?:the )?(?:above|these|them)|^以上(?:都|皆|全|均)|^(?:全部|都)(?:正确|是)", re.IGNORECASE
)
_NONE = re.compile(r"^none of (?:the )?(?:above|these|them)|^以上(?:都|皆|均)(?:不|非)", re.IGNORECASE)
_PARTIAL = 0.5
"""What a choice is worth of which only a part is a name."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What speaks for one choice."""

    score: float
    edges: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices that fit, by their places, and what speaks for each of all; `relation` is by what they were told
    apart, None where by codes or by looser means, which `means` names."""

    places: tuple[int, ...]
    scored: tuple[Scored, ...]
    relation: Relation | None = None
    means: str = "graph"
    things: tuple[Thing, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(slots=True)
class Choosing:
    """One question with choices, as it is read against a view."""

    stem: Stem
    view: GraphView
    things: list[Thing] = field(init=False)
    choices: list[list[Thing]] = field(init=False)
    ties: Ties = field(init=False)

    def __post_init__(self) -> None:
        self.things, *self.choices = things_of((self.stem.text, *self.stem.choices), self.view)
        self.ties = Ties(self.view)

    def by_code(self) -> Chosen | None:
        """By the code asked for, or by whose code it is."""
        ill = [thing for thing in self.things if "ill" in thing.kinds]
        if all(map(is_code, self.stem.choices)) and ill:
            codes = codes_of(self.view, ill[0].ids(("ill",)))
            scores = [1.0 * is_of(choice.strip(), codes) for choice in self.stem.choices]
            return self._decided([Scored(score) for score in scores], None, "code", tuple(codes))
        if asked := codes_in(self.stem.text):
            own = [
                [code for thing in things for code in codes_of(self.view, thing.ids(("ill",)))]
                for things in self.choices
            ]
            scores = [1.0 * any(is_of(code, codes) for code in asked) for codes in own]
            return self._decided([Scored(score) for score in scores], None, "code", tuple(asked))
        return None

    def by_relation(self) -> Chosen | None:
        """By the relations that the words tell, then by those that the things suggest, then by any."""
        every = [thing for things in self.choices for thing in things]
        if not every or not self.things:
            return None
        told, rest = relations_in(self.stem.text, self.things, every)
        totals = [Scored(0.0)] * len(self.stem.choices)
        by: list[tuple[Relation, list[Scored]]] = []
        for relation in told:
            by.append((relation, self._scores(relation)))
            totals = _added(totals, by[-1][1], 1.0)
        if chosen := self._decided(totals, _telling(by), "graph"):
            return chosen
        for relation in rest:
            if relation.safety or relation.name == "adverse":
                # What is dangerous is no answer to a question that asks for nothing of the kind.
                continue
            totals = _added(totals, self._scores(relation), 0.4)
            if chosen := self._decided(totals, relation, "graph"):
                return chosen
        return self._decided(_added(totals, self._loose(), 0.3), None, "graph")

    def by_texts(self, phrases: Sequence[Sequence[str]]) -> Chosen | None:
        """By what the statements of the things in the stem say in words. `phrases` are the words of each choice."""
        scores = mentioned(self.view, self.things, self.stem.text, phrases)
        return self._decided([Scored(score, edges) for score, edges in scores], None, "words")

    def by_scores(self, scores: Sequence[float], means: str) -> Chosen | None:
        """By scores that are found elsewhere."""
        return self._decided([Scored(score) for score in scores], None, means)

    def phrases(self) -> list[list[str]]:
        """What each choice may be called in a text."""
        return [
            [choice, *(entity.name for thing in things for entity in thing.entities)]
            for choice, things in zip(self.stem.choices, self.choices, strict=True)
        ]

    def _scores(self, relation: Relation) -> list[Scored]:
        """Of each choice what ties it to the things of the stem, whichever way the relation reads."""
        rights = [thing for things in self.choices for thing in things]
        scored: list[Scored] = []
        forth = self._table(relation, self.things, rights)
        back = self._table(relation, rights, self.things)
        at = 0
        for choice, things in zip(self.stem.choices, self.choices, strict=True):
            total = 0.0
            edges: list[Pair] = []
            for place in range(len(self.things)):
                best = NONE
                for column in range(at, at + len(things)):
                    best = max(best, forth[place][column], back[column][place], key=lambda tie: tie.worth)
                total += best.worth
                edges += best.edges if best.worth else ()
            at += len(things)
            whole = things and sum(thing.end - thing.start for thing in things) >= _PARTIAL * len(choice)
            scored.append(Scored(total * (1.0 if whole else _PARTIAL), tuple(edges)))
        return scored

    def _table(self, relation: Relation, lefts: Sequence[Thing], rights: Sequence[Thing]) -> list[list[Tie]]:
        table = [[NONE] * len(rights) for _ in lefts]
        rows = [place for place, thing in enumerate(lefts) if self._may(thing, relation, relation.subjects)]
        columns = [place for place, thing in enumerate(rights) if self._may(thing, relation, relation.objects)]
        if rows and columns:
            found = self.ties.between(relation, [lefts[row] for row in rows], [rights[column] for column in columns])
            for row, ties in zip(rows, found, strict=True):
                for column, tie in zip(columns, ties, strict=True):
                    table[row][column] = tie
        return table

    def _may(self, thing: Thing, relation: Relation, kinds: Sequence[str]) -> bool:
        """Whether a thing may stand at an end. A class beside what is asked about restricts the choices alone:
        `which gout drug interacts with azathioprine`."""
        restricts = "class" in thing.kinds and thing in self.things and relation.name != "class"
        alone = not any(one.kinds & {"drug", "ill", "gene"} for one in self.things if one != thing)
        return bool(thing.kinds & {*kinds}) and (alone or not restricts)

    def _loose(self) -> list[Scored]:
        rights = [thing for things in self.choices for thing in things]
        table = self.ties.loose(self.things, rights, ANY)
        scored, at = [], 0
        for things in self.choices:
            ties = [max((row[at : at + len(things)]), key=lambda tie: tie.worth, default=NONE) for row in table]
            scored.append(Scored(sum(tie.worth for tie in ties), tuple(edge for tie in ties for edge in tie.edges[:1])))
            at += len(things)
        return scored

    def _decided(
        self, scored: Sequence[Scored], relation: Relation | None, means: str, codes: tuple[str, ...] = ()
    ) -> Chosen | None:
        """The one choice that is told apart from all others; None where none is."""
        real = [
            place for place, text in enumerate(self.stem.choices) if not _ALL.search(text) and not _NONE.search(text)
        ]
        every = next((place for place, text in enumerate(self.stem.choices) if _ALL.search(text)), None)
        if not real:
            return None
        good = [place for place in real if scored[place].score > 0.3]
        ordered = sorted(real, key=lambda place: scored[place].score, reverse=not self.stem.odd)
        if every is not None and len(good) == len(real) and not self.stem.odd:
            ordered = [every, *ordered]
        elif (
            len(ordered) < 2
            or abs(scored[ordered[0]].score - scored[ordered[1]].score) < APART
            or (not self.stem.odd and scored[ordered[0]].score <= 0)
        ):
            return None
        return Chosen(
            (ordered[0],), tuple(scored), relation, means, tuple(self.things), codes
        )  # fmt: skip


def _telling(by: Sequence[tuple[Relation, Sequence[Scored]]]) -> Relation | None:
    """The relation by which the scores are furthest apart."""
    spans = [(max(one.score for one in scored) - min(one.score for one in scored), relation) for relation, scored in by]
    return max(spans, key=lambda span: span[0])[1] if spans else None


def _added(totals: Sequence[Scored], more: Sequence[Scored], weight: float) -> list[Scored]:
    return [
        Scored(a.score + weight * b.score, (*a.edges, *(edge for edge in b.edges if edge not in a.edges)))
        for a, b in zip(totals, more, strict=True)
    ]
