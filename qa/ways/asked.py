"""What list a question asks for: for each thing that it names the way that is meant, and how these are joined."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.model import AskedEntity
from qa.ways.known import WAYS
from qa.ways.things import Run, Thing, blanked, runs, things
from qa.ways.topics import COUNT, EITHER, LIST, NOT, NOUNS, SHARED, TOPICS, Topic
from qa.ways.way import Way

Joining = Literal["all", "any", "each"]
_ILL = ("Disease", "Phenotype")
_APART = frozenset((
    "treats", "effects", "contraindications", "cautions", "findings", "inheritance", "onset", "course", "targets",
    "enzymes", "classes", "kinds", "causes", "gene_findings", "populations", "genes", "diseases", "caused_by",
    "risk_factors", "inhibited", "activated", "induced", "ingredients", "places", "response_genes", "prevents",
    "pathways", "expressed_in",
))  # fmt: skip
"""Ways by which several things are asked about one by one, unless the question asks for what they share."""
_DEFAULTS: dict[tuple[str, str], str] = {
    ("Drug", "Disease"): "treated_by",
    ("Drug", "Phenotype"): "treated_by",
    ("Drug", "Gene"): "targeted_by",
    ("Gene", "Disease"): "genes",
    ("Gene", "Drug"): "targets",
    ("Disease", "Gene"): "diseases",
    ("Disease", "Phenotype"): "found_in",
    ("Phenotype", "Disease"): "findings",
}
"""By what is to be listed and what is named the way where no words say more."""
_NEAR = 25
"""So many characters at most between words and the class of drugs that they speak of."""
_WHICH = re.compile(
    r"\b(?:which|what|list|name|how many|number of|all|any|give me|show(?: me)?|count)\b|哪些|哪几|多少|什么|几种", re.I
)
_BEFORE_WHICH = re.compile(r"(?:都|会|主要|常见|通常|一般|共|总共)*(?:有|是|包括)?(?:哪些|哪几|多少|什么|几[种个])")


@dataclass(frozen=True, slots=True)
class Branch:
    """One clause: what a way leads to from one thing; `negated`, all but that."""

    way: Way
    thing: Thing
    negated: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """From which it starts."""
        return self.thing.meant(self.way)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The list that a question asks for: what its branches lead to, and what `behind` leads to from there."""

    branches: tuple[Branch, ...]
    joining: Joining
    """Whether members are of all branches, of any, or each branch is a list of its own."""
    behind: Way | None
    head: tuple[str, ...]
    """The types of what is to be listed, where the words have a noun for it."""
    counted: bool
    """Whether a number is asked for."""
    said: bool
    """Whether the words ask for a list or a number."""
    meant: bool
    """Whether words say by which way, and not the types of the things alone."""

    @property
    def composed(self) -> bool:
        """Whether it takes more than one way to the list."""
        return self.behind is not None or (len(self.branches) > 1 and self.joining != "each")


@dataclass(frozen=True, slots=True)
class _Found:
    """Words of a topic, or a noun for what is to be listed, and where they stand."""

    start: int
    end: int
    topic: Topic | None = None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pick:
    way: Way
    cue: _Found | None


def wanted(text: str, entities: Sequence[AskedEntity]) -> Wanted | None:
    """The list that is asked for; None where the words name no way, or leave a thing that they name without one."""
    named = things(text, entities)
    blank = blanked(text, named)
    reading = _Reading(blank, runs(text, named), tuple(_cues(blank)), tuple(_nouns(blank)))
    chosen = reading.chosen()
    if not chosen:
        return None
    branches = [
        Branch(pick.way, thing, reading.denies(place, pick))
        for place, (run, pick) in enumerate(zip(reading.runs, chosen, strict=True))
        for thing in run
    ]
    branches, behind = _chained(branches, reading, chosen)
    if all(branch.negated for branch in branches) or not _one_kind(branches) or reading.left(chosen, behind):
        return None
    counted = COUNT.search(blank) is not None
    more = [] if behind or len(reading.runs) > 1 else reading.besides(chosen[0])
    branches += [Branch(way, thing) for way in more for thing in reading.runs[0]]
    return Wanted(
        branches=tuple(branches),
        joining=_joining(reading, branches, apart=bool(more)),
        behind=behind,
        head=reading.head,
        counted=counted,
        said=counted or LIST.search(blank) is not None,
        meant=any(pick.cue and pick.cue.topic and not pick.cue.topic.weak for pick in chosen),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question in pieces: its text without names, the names in runs, and the words around them."""

    blank: str
    runs: Sequence[Run]
    cues: tuple[_Found, ...]
    nouns: tuple[_Found, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The types of what is to be listed, by its noun; empty where there is none."""
        return self._noun.types if self._noun else ()

    @property
    def _noun(self) -> _Found | None:
        for asks in _WHICH.finditer(self.blank):
            if after := next((noun for noun in self.nouns if 0 <= noun.start - asks.end() <= _NEAR), None):
                between = self.blank[asks.end() : after.start]
                if "□" not in between or between.strip(" □") == "":
                    return after
        for asks in _BEFORE_WHICH.finditer(self.blank):
            if before := next((noun for noun in self.nouns if 0 <= asks.start() - noun.end <= 1), None):
                return before
        chinese = not self.blank.isascii() and re.search(r"[\u4e00-\u9fff]", self.blank) is not None
        return (self.nouns[-1] if chinese else self.nouns[0]) if self.nouns else None

    def chosen(self) -> list[_Pick]:
        """The way of each run; none at all where a run has none."""
        picks = self.picks()
        return [] if None in picks else [pick for pick in picks if pick is not None]

    def picks(self) -> list[_Pick | None]:
        """By run the way that is meant, those of single things before those of classes, which restrict what is left."""
        picks: dict[int, _Pick | None] = {}
        order = sorted(range(len(self.runs)), key=lambda place: (self.runs[place][0].is_class, place))
        for place in order:
            taken = [pick.cue for pick in picks.values() if pick is not None and pick.cue is not None]
            picks[place] = self._pick(place, taken, [pick for pick in picks.values() if pick is not None])
        return [picks[place] for place in range(len(self.runs))]

    def _pick(self, place: int, taken: Collection[_Found], others: Sequence[_Pick]) -> _Pick | None:
        run = self.runs[place]
        first, last = run[0], run[-1]
        if first.is_one_of(*_ILL) and not first.is_class and self._followed_by_drugs(last):
            uses = (cue for cue in reversed(self.cues) if cue.end <= first.start and self._treats(cue))
            return _Pick(WAYS["treated_by"], next(uses, None))
        offers = [
            (self._score(way, cue, place), -index, _Pick(way, cue))
            for index, cue in enumerate(self.cues)
            if cue not in taken
            and cue.topic is not None
            and not self._of_a_noun(cue, run)
            and self._reaches(cue, first)
            for way in cue.topic.ways
            if all(thing.fitting(way) for thing in run)
        ]
        return min(offers, key=lambda offer: offer[:2])[2] if offers else self._unasked(run, others)

    def _reaches(self, cue: _Found, thing: Thing) -> bool:
        """Whether words may speak of a thing: of a class of drugs beside others only right in front of it."""
        return len(self.runs) == 1 or not thing.is_class or 0 <= thing.start - cue.end <= _NEAR

    def _unasked(self, run: Run, others: Sequence[_Pick]) -> _Pick | None:
        """The way where no words speak of the things: a class restricts drugs; else by what is to be listed."""
        if run[0].is_class and ("Drug" in self.head or any("Drug" in pick.way.members for pick in others)):
            return _Pick(WAYS["class_members"], None)
        kinds = ((head, entity.type) for head in self.head for entity in run[0].entities)
        name = next((_DEFAULTS[pair] for pair in kinds if pair in _DEFAULTS), "")
        return _Pick(WAYS[name], None) if name and all(thing.fitting(WAYS[name]) for thing in run) else None

    def _score(self, way: Way, cue: _Found, place: int) -> tuple[object, ...]:
        """What fits the noun first, then strong words, then those in front, then the nearest."""
        start, end = self.runs[place][0].start, self.runs[place][-1].end
        before = self.runs[place - 1][-1].end if place else 0
        after = self.runs[place + 1][0].start if place + 1 < len(self.runs) else len(self.blank)
        region = 0 if before <= cue.start < start else 1 if end <= cue.start < after else 2
        fits = not self.head or not way.members or bool({*self.head} & {*way.members})
        ways = cue.topic.ways if cue.topic else ()
        distance = start - cue.end if cue.end <= start else cue.start - end
        # `drugs for gout` within `genes that drugs for gout act on`
        of = [noun for noun in self.nouns if noun.end <= cue.start < start and cue.start - noun.end <= _NEAR]
        bound = bool(of and {*of[-1].types} & {*way.members}) and self._is_between(of[-1], cue)
        return not bound, not fits, bool(cue.topic and cue.topic.weak), region, distance, ways.index(way)

    def _is_between(self, noun: _Found, cue: _Found) -> bool:
        """Whether the cue follows its noun with nothing that is asked for between them."""
        between = [other for other in self.cues if noun.end <= other.start and other.end <= cue.start]
        return "□" not in self.blank[noun.end : cue.start] and all(o.topic and o.topic.weak for o in between)

    def _of_a_noun(self, cue: _Found, run: Run) -> bool:
        """Whether words speak of a noun between them and the things: `side effects of drugs for gout`."""
        givens = {type for way in (cue.topic.ways if cue.topic else ()) for type in way.given}
        start, end = run[0].start, run[-1].end
        if cue.end <= start:
            between = [noun for noun in self.nouns if cue.end <= noun.start and noun.end <= start]
            return any({*noun.types} & givens and self._asked_behind(noun, start) for noun in between)
        between = [noun for noun in self.nouns if end <= noun.start and noun.end <= cue.start]
        return any({*noun.types} & givens and not {*noun.types} & {*self.head} for noun in between)

    def _asked_behind(self, noun: _Found, start: int) -> bool:
        return any(noun.end <= cue.start and cue.end <= start for cue in self.cues)

    def _treats(self, cue: _Found) -> bool:
        return cue.topic is not None and WAYS["treated_by"] in cue.topic.ways

    def _followed_by_drugs(self, thing: Thing) -> bool:
        return any("Drug" in noun.types and 0 <= noun.start - thing.end <= 1 for noun in self.nouns)

    def denies(self, place: int, pick: _Pick) -> bool:
        """Whether a clause is denied by the words in front of its thing, or between that and its cue."""
        start, end = self.runs[place][0].start, self.runs[place][-1].end
        before = self.runs[place - 1][-1].end if place else 0
        zone = self.blank[before:start]
        if pick.cue is not None and pick.cue.start >= end:
            zone += self.blank[end : pick.cue.start]
        for cue in self.cues:
            # `不良反应` and `contraindicated` deny nothing.
            zone = zone.replace(self.blank[cue.start : cue.end], "，") if cue.topic and not cue.topic.weak else zone
        return NOT.search(zone) is not None

    def behind(self, types: Collection[str], chosen: Sequence[_Pick]) -> Way | None:
        """The way from what the branches lead to, to what is to be listed: `side effects of drugs for gout`."""
        taken = [pick.cue for pick in chosen]
        if {*types} & {*self.head} or not any({*noun.types} & {*types} for noun in self.nouns):
            return None
        for cue in self.cues:
            if cue in taken or cue.topic is None or cue.topic.weak:
                continue
            for way in cue.topic.ways:
                meant = not self.head or not way.members or bool({*way.members} & {*self.head})
                if {*way.given} & {*types} and meant and not {*way.members} & {*types}:
                    return way
        return None

    def left(self, chosen: Sequence[_Pick], behind: Way | None) -> bool:
        """Whether words ask for something that no clause answers: a list without it would be another one."""
        ways = {pick.way for pick in chosen} | ({behind} if behind else set())
        told = {cue for pick in chosen if (cue := pick.cue) is not None}
        for cue in self.cues:
            if cue.topic is None or cue.topic.weak or cue in told or cue.topic.loose or self._is_head(cue):
                continue
            if not ways & {*cue.topic.ways} and not (len(self.runs) == 1 and self.besides(chosen[0])):
                return True
        return False

    def _is_head(self, cue: _Found) -> bool:
        """Whether it is the noun for what is to be listed."""
        noun = self._noun
        return noun is not None and noun.start < cue.end and cue.start < noun.end

    def besides(self, pick: _Pick) -> list[Way]:
        """What else is asked of the same things: `gene and inheritance of Marfan syndrome`."""
        (run,) = self.runs
        ways: list[Way] = []
        for cue in self.cues:
            if cue is pick.cue or cue.topic is None or cue.topic.weak or pick.cue is None:
                continue
            between = self.blank[min(cue.end, pick.cue.end) : max(cue.start, pick.cue.start)]
            way = next((way for way in cue.topic.ways if all(thing.fitting(way) for thing in run)), None)
            joined = re.search(r"\band\b|[,&，、]|和|及|与", between)
            if way is not None and way is not pick.way and joined and cue.topic is not pick.cue.topic:
                ways.append(way)
        return list(dict.fromkeys(ways))


def _cues(blank: str) -> Iterator[_Found]:
    """The words of topics from left to right; of two that overlap what says more."""
    kept: list[_Found] = []
    for topic in TOPICS:
        for match in topic.pattern.finditer(blank):
            if match[0] and all(match.end() <= cue.start or cue.end <= match.start() for cue in kept):
                kept.append(_Found(match.start(), match.end(), topic))
    return iter(sorted(kept, key=lambda cue: cue.start))


def _nouns(blank: str) -> Iterator[_Found]:
    found = [_Found(match.start(), match.end(), types=types) for noun, types in NOUNS for match in noun.finditer(blank)]
    return iter(sorted(found, key=lambda noun: noun.start))


def _chained(branches: list[Branch], reading: _Reading, chosen: Sequence[_Pick]) -> tuple[list[Branch], Way | None]:
    """The branches that lead to one kind of things, and the way behind them where one leads on from these."""
    drugs = [branch for branch in branches if "Drug" in branch.way.members]
    if drugs and len(drugs) < len(branches):
        # `side effects of beta blockers used for heart failure`: the class restricts what the effects are of.
        others = [branch for branch in branches if branch not in drugs]
        ways = {branch.way.name for branch in others}
        if len(ways) == 1 and all(branch.thing.is_class for branch in others) and "Drug" in others[0].way.given:
            return [*(replace(one, way=WAYS["class_members"]) for one in others), *drugs], others[0].way
        return branches, None
    types = {type for branch in branches for type in branch.way.members}
    return branches, reading.behind(types, chosen)


def _one_kind(branches: Sequence[Branch]) -> bool:
    """Whether what the branches lead to may be the same."""
    ways = {branch.way for branch in branches}
    if any(one.predicates == other.predicates and one.end != other.end for one in ways for other in ways):
        # What one thing has, and what has another: no member can be of both.
        return False
    kinds = [{*branch.way.members} for branch in branches if branch.way.members]
    return not kinds or bool(set.intersection(*kinds))


def _joining(reading: _Reading, branches: Sequence[Branch], *, apart: bool) -> Joining:
    if apart:
        return "each"
    if len(branches) < 2 or len({branch.way.name for branch in branches}) > 1:
        return "all"
    if EITHER.search(reading.blank):
        return "any"
    return "each" if branches[0].way.name in _APART and not SHARED.search(reading.blank) else "all"
