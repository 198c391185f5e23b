"""The step that sets two things side by side: topic by topic, with what is stated of neither or of one alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Entity
from graph.view import GraphView
from qa.asked.elided import elided
from qa.asked.whether import asks_whether
from qa.drugs.model import CLASSES
from qa.drugs.page.conditions import turned
from qa.evidence.bundle import Part
from qa.evidence.interacting import names
from qa.evidence.kinds import ToldEvidence
from qa.evidence.records import Records
from qa.evidence.typed import Item, Typed
from qa.evidence.wording import Words
from qa.steps.asking import Asking
from qa.steps.members import item
from qa.steps.named import evidence, public
from qa.ways.known import WAYS
from qa.ways.reach import reach
from qa.ways.things import blanked, things
from qa.ways.topics import TOPICS
from qa.ways.way import Member, Reached, Way, fits
from qa.ways.words import filled

_COMPARES = re.compile(
    r"\bcompar(?:e|ed|es|ing|ison|isons)\b|\bversus\b|\bvs\b\.?|\bdiffer(?:s|ence|ences|ent|entiate)?\b|\bdistinguish\w*|"
    r"\bside by side\b|\bcontrast\b|比较|对比|区别|差异|不同|异同|相比|有何分别|差别|鉴别",
    re.IGNORECASE | re.ASCII,
)
_MAIN = {
    "Disease": ("genes", "inheritance", "onset", "findings", "caused_by", "treated_by"),
    "Drug": ("treats", "classes", "targets", "enzymes", "effects", "contraindications"),
    "Gene": ("diseases", "targeted_by", "expressed_in"),
}
"""What is set side by side where the question does not say what."""
SHOWN = 8
"""So much of each side is named of one topic."""
_BETWEEN = re.compile(r"[:：]|\b(?:in terms of|regarding|by|as to|with respect to)\b|方面|在.+上", re.IGNORECASE)
"""What parts the two that are compared from what they are compared in."""
_FIGURES = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}
_NOTHING = Words("nothing stated here", "此处无记载")


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two things, with all that its name means."""

    name: Words
    entities: tuple[Entity, ...]
    type: str

    def ids(self, way: Way) -> tuple[str, ...]:
        meant = [one.id for one in self.entities if fits(one, (self.type,)) and way.starts_from(one)]
        return tuple(meant or [one.id for one in self.entities if way.starts_from(one)])


_OF_A_STUDY = re.compile(r"\b(?:trial|study|studies|review|meta-analysis)\b|试验|研究|综述", re.IGNORECASE)


def compared(asking: Asking) -> Part:
    """Both things topic by topic; nothing where no two things of one type are compared."""
    text = asking.question.text
    if asking.patient or not _COMPARES.search(text) or asks_whether(text):
        return Part()
    if asking.understanding.intent == "study" and _OF_A_STUDY.search(text):
        # What one study set side by side it alone tells.
        return Part()
    sides, unknown = _sides(asking)
    if len(sides) + len(unknown) != 2 or not sides:
        return Part()
    view = public(asking.view.graph)
    ways = _ways(asking, sides[0].type)
    pieces: list[ToldEvidence] = []
    for way in ways:
        found = [_reached(view, way, side.ids(way), asking.records) for side in sides]
        if any(one.members for one in found):
            pieces.append(_row(asking, way, sides, found))
    if not pieces:
        return Part()
    items = tuple(Item(side.name, side.entities[0].id) for side in sides)
    lead = _alone(sides[0], unknown[0], pieces) if unknown else _lead(sides, pieces)
    return Part((lead, *pieces), typed=Typed("comparison", items=items, total=len(items)), closes=True)


def _reached(view: GraphView, way: Way, ids: Sequence[str], records: Records) -> Reached:
    """What is stated of the thing itself, else of what else stands for it: its kinds say less of what sets it apart."""
    found = reach(view, way, ids, opened=False, records=records)
    if found.members or not way.opens:
        return found
    return reach(view, way, ids, records=records)


def _sides(asking: Asking) -> tuple[list[_Side], list[str]]:
    """The two things of one type that are named, or spelt out of what is named once; of these what nothing bears."""
    spelt = _spelt(asking)
    if spelt[0]:
        return spelt
    text = asking.question.text
    sides: list[_Side] = []
    for thing in things(text, asking.understanding.entities):
        entities = tuple(asking.entities[e.id] for e in thing.entities if e.id in asking.entities)
        if (side := _side(entities)) is not None and all(not _same(side, other) for other in sides):
            sides.append(side)
    types = [side.type for side in sides]
    for type in _MAIN:
        if types.count(type) == 2 or (types.count(type) > 2 and types[:2] == [type, type] and _BETWEEN.search(text)):
            # What is named behind the two is what they are compared in.
            return [side for side in sides if side.type == type][:2], []
        if types.count(type) == 1 and len(types) == 1 and len(asking.understanding.unknown) == 1:
            return sides, [*asking.understanding.unknown]
    return [], []


def _spelt(asking: Asking) -> tuple[list[_Side], list[str]]:
    pairs = elided(asking.question.text)
    known = asking.view.graph.named({norm for pair in pairs for name in pair for norm in _norms(name)}) if pairs else {}
    best: tuple[list[_Side], list[str]] = ([], [])
    for pair in pairs:
        meant = _bearers(pair, known)
        sides = [side for side in meant if side is not None]
        if len(sides) > len(best[0]):
            best = sides, [name for name, side in zip(pair, meant, strict=True) if side is None]
    asking.records.entities(entity.id for side in best[0] for entity in side.entities)
    return best


def _bearers(pair: Sequence[str], known: Mapping[str, Sequence[Entity]]) -> list[_Side | None]:
    """What each of two names means; what goes by both is the group of the two."""
    bearers = [{one.id: one for norm in _norms(name) for one in known.get(norm, ())} for name in pair]
    both = set.intersection(*(set(several) for several in bearers))
    return [_side(tuple(one for id, one in several.items() if id not in both)) for several in bearers]


def _norms(name: str) -> tuple[str, ...]:
    """The normalised name with its number in either kind of figures, and its words turned."""
    ways = [name]
    for arabic, roman in _FIGURES.items():
        ways += [re.sub(rf"\b{arabic}\b", roman, name), re.sub(rf"\b{roman}\b", arabic, name)]
    return tuple(dict.fromkeys(norm for way in ways for norm in turned(way)))


def _side(entities: tuple[Entity, ...]) -> _Side | None:
    for type in _MAIN:
        own = tuple(one for one in entities if fits(one, (type,)))
        if own:
            # A class of drugs says less than a drug of that name.
            first = min(own, key=lambda one: (one.id.startswith(CLASSES), -len(one.synonyms)))
            return _Side(names(first), (first, *(one for one in entities if one is not first)), type)
    return None


def _same(one: _Side, other: _Side) -> bool:
    return bool({entity.id for entity in one.entities} & {entity.id for entity in other.entities})


def _ways(asking: Asking, type: str) -> list[Way]:
    """The topics that the question names; the main ones where it names none."""
    blank = blanked(asking.question.text, things(asking.question.text, asking.understanding.entities))
    blank = _COMPARES.sub(" ", blank)
    named = [
        next((way for way in topic.ways if type in way.given), None)
        for topic in TOPICS
        if not topic.weak and topic.pattern.search(blank)
    ]
    main = [WAYS[name] for name in _MAIN[type]]
    asked = list(dict.fromkeys(way for way in named if way is not None))
    return asked or main


def _row(asking: Asking, way: Way, sides: Sequence[_Side], found: Sequence[Reached]) -> ToldEvidence:
    """One topic of both, and what they share of it."""
    said = [_half(way, side, one) for side, one in zip(sides, found, strict=True)]
    others = {one.key for one in found[-1].members} if len(found) > 1 else set()
    shared = [one for one in found[0].members if one.key in others]
    if shared and len(shared) < max(len(one.members) for one in found):
        said.append(_named(Words("in both", "两者共有"), shared, len(shared), lambda one: names(one.entity)))
    chain = evidence(asking.records, [member.best for one in found for member in one.members[:SHOWN]])
    english = "; ".join(words.en for words in said)
    return ToldEvidence("", chain, (english[:1].upper() + english[1:], "；".join(words.zh for words in said)))


def _half(way: Way, side: _Side, found: Reached) -> Words:
    head = filled(way.many, side.name)
    return _named(head, found.members, found.total, lambda one: Words(item(one, "en"), item(one, "zh")))


def _named(head: Words, members: Sequence[Member], total: int, words: Callable[[Member], Words]) -> Words:
    if not members:
        return Words(f"{head.en}: {_NOTHING.en}", f"{head.zh}：{_NOTHING.zh}")
    shown = [words(one) for one in members[:SHOWN]]
    more = total - len(shown)
    return Words(
        f"{head.en}: {', '.join(one.of('en') for one in shown)}" + (f" and {more} more" if more > 0 else ""),
        f"{head.zh}：{'、'.join(one.of('zh') for one in shown)}" + (f"等，另有{more}项" if more > 0 else ""),
    )


def _alone(side: _Side, unknown: str, pieces: Sequence[ToldEvidence]) -> ToldEvidence:
    return ToldEvidence(
        "",
        pieces[0].chain[:2],
        (
            f"Nothing here goes by the name “{unknown}”; only {side.name.of('en')} can be told of",
            f"这里没有名为“{unknown}”的条目，只能给出{side.name.of('zh')}的内容",
        ),
    )


def _lead(sides: Sequence[_Side], pieces: Sequence[ToldEvidence]) -> ToldEvidence:
    one, other = (side.name for side in sides)
    return ToldEvidence(
        "",
        pieces[0].chain[:2],
        (
            f"{one.of('en')} and {other.of('en')} side by side, by what is stated of each",
            f"{one.of('zh')}与{other.of('zh')}对照（依据各自的记载）",
        ),
    )
