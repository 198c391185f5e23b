"""The things that a text names, in their order: each with all entities that it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Entity
from graph.view import GraphView
from qa.asked.names import names_in, with_namesakes
from qa.drugs.model import CLASSES
from qa.verdicts.aliases import aliases_in
from qa.verdicts.relation import Kind
from text.names import normalise, tokens

_MIXED = re.compile(
    r"([A-Za-z][A-Za-z'’.\-]*(?:[ \-][A-Za-z][A-Za-z'’.\-]*)*)\s*(综合征|综合症|氏?病|瘤|"
    r"贫血|现象|征)"
)
_ENGLISH = {
    "综合征": " syndrome",
    "综合症": " syndrome",
    "病": " disease",
    "氏病": " disease",
    "瘤": " tumor",
    "贫血": " anemia",
    "现象": " phenomenon",
    "征": " sign",
}
_KINDS: Mapping[str, Kind] = {
    "Disease": "ill",
    "Phenotype": "ill",
    "Drug": "drug",
    "Gene": "gene",
    "Variant": "gene",
    "Anatomy": "place",
}


def kind_of(entity: Entity) -> Kind:
    """What an entity counts as."""
    if entity.id.startswith(CLASSES):
        return "class"
    if entity.type == "Concept" and entity.name.casefold().endswith("inheritance"):
        return "mode"
    return _KINDS.get(entity.type, "other")


@dataclass(frozen=True, slots=True)
class Thing:
    """A stretch of a text, from `start` to `end`, that names entities."""

    surface: str
    start: int
    end: int
    entities: tuple[Entity, ...]

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(kind_of(entity) for entity in self.entities)

    def ids(self, kinds: Iterable[Kind] | None = None) -> frozenset[str]:
        """Of the entities that count as one of these, of all where None is given."""
        wanted = None if kinds is None else frozenset(kinds)
        return frozenset(one.id for one in self.entities if wanted is None or kind_of(one) in wanted)


def things_in(text: str, view: GraphView) -> list[Thing]:
    """In the order of the text; one that is named twice is there once. Raises what the graph raises."""
    return things_of((text,), view)[0]


def things_of(texts: Sequence[str], view: GraphView) -> list[list[Thing]]:
    """The same of several texts, whose names are looked up together."""
    text = "\n".join(texts)
    spans = with_namesakes(names_in(text, tokens(text), view), view)
    named = [Thing(text[span.start : span.end], span.start, span.end, span.entities) for span in spans]
    every = [one for one in _with_others(texts, text, named, view) if not _is_torn(text, one)]
    found: list[list[Thing]] = []
    at = 0
    for one in texts:
        own = [thing for thing in every if at <= thing.start and thing.end <= at + len(one)]
        found.append(_once([replace(thing, start=thing.start - at, end=thing.end - at) for thing in own]))
        at += len(one) + 1
    return found


def _is_torn(text: str, thing: Thing) -> bool:
    """Whether a name is a part of a longer one that the graph does not have: 尼曼-匹克病 is not 匹克病."""
    before = text[thing.start - 1 : thing.start]
    return before == "-" and thing.kinds == {"ill"} and not text[thing.start].isascii()


def _with_others(texts: Sequence[str], text: str, named: Sequence[Thing], view: GraphView) -> list[Thing]:
    """And what is named in other words; the longer of two that overlap, both where they are as long."""
    places: list[tuple[int, int, tuple[str, ...]]] = []
    at = 0
    for one in texts:
        places += [(at + start, at + end, names) for start, end, names in (*aliases_in(one), *_mixed(one))]
        at += len(one) + 1
    bearers = view.named({normalise(name) for _, _, names in places for name in names}) if places else {}
    things = list(named)
    for start, end, names in sorted(places, key=lambda place: place[0] - place[1]):
        found = {entity.id: entity for name in names for entity in bearers.get(normalise(name), ())}
        entities = tuple(entity for entity in found.values() if entity.type != "Patient")
        if entities:
            things = _beside(things, Thing(text[start:end], start, end, entities))
    return sorted(things, key=lambda one: one.start)


def _beside(things: Sequence[Thing], new: Thing) -> list[Thing]:
    """The things with one more; where another holds most of it, that may mean it as well."""
    covering = next((one for one in things if one.start <= new.start and new.end <= one.end), None)
    if covering is None:
        return [*(one for one in things if one.end <= new.start or new.end <= one.start), new]
    if new.end - new.start <= (covering.end - covering.start) / 2:
        return list(things)
    more = tuple(entity for entity in new.entities if entity.id not in covering.ids())
    both = replace(covering, entities=(*covering.entities, *more))
    return [both if one is covering else one for one in things]


def _mixed(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    return [
        (found.start(), found.end(), (f"{found[1]}{_ENGLISH[found[2]]}", found[1])) for found in _MIXED.finditer(text)
    ]


def _once(things: Sequence[Thing]) -> list[Thing]:
    kept: list[Thing] = []
    for thing in things:
        same = next((one for one in kept if {*thing.ids()} & {*one.ids()} and thing.kinds & one.kinds), None)
        if same is None:
            kept.append(thing)
        else:
            more = tuple(entity for entity in thing.entities if entity.id not in same.ids())
            kept[kept.index(same)] = replace(same, entities=(*same.entities, *more))
    return kept
