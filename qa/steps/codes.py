"""The step that tells the codes of what a question names, exact ones first, and what the codes that it names are of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Entity
from graph.view import GraphView
from qa.asked.codes import SYSTEMS, System, asks_code, codes_in, systems_asked
from qa.drugs.model import CLASSES
from qa.drugs.names import exactly
from qa.evidence.bundle import Part
from qa.evidence.interacting import names
from qa.evidence.kinds import ToldEvidence
from qa.evidence.typed import Item, Typed
from qa.evidence.wording import Words
from qa.steps.asking import Asking

_ATC = "ATC"
_CURIES = ("HP", "MONDO", "DOID", "ORPHA", "HGNC")
"""The vocabularies that write their codes with their name."""
FEW = 10
"""So many codes of one vocabulary are named at most."""


@dataclass(frozen=True, slots=True)
class _Code:
    """One code of a thing: `exact` where a mapping or the thing's own id says so, with who says it."""

    system: System
    code: str
    exact: bool
    by: str
    own: bool = False
    """Whether it is the id by which the thing goes."""


def codes(asking: Asking) -> Part:
    """The codes that are asked for; what a code that is named stands for; nothing where neither is asked."""
    text = asking.question.text
    written = codes_in(text)
    if written and (part := _decoded(asking, written)).evidence:
        return part
    if not asks_code(text) or asking.patient:
        return Part()
    return _coded(asking, systems_asked(text))


def _coded(asking: Asking, systems: Sequence[System]) -> Part:
    pieces: list[ToldEvidence] = []
    found: list[_Code] = []
    for surface in dict.fromkeys(one.surface for one in asking.understanding.entities):
        meant = [one.id for one in asking.understanding.entities if one.surface == surface]
        entities = _best_first((asking.entities[id] for id in meant if id in asking.entities), systems)
        for entity in entities:
            own = [code for code in _codes(asking, entity) if not systems or code.system in systems]
            if own and entity.type == entities[0].type:
                pieces += _told(asking, entity, own)
                found += own
            if found and not systems:
                break
    if not pieces:
        return Part()
    first = found[0]
    items = tuple(Item(Words(f"{one.system.name} {one.code}", f"{one.system.name} {one.code}")) for one in found)
    return Part(tuple(pieces), typed=Typed("code", value=first.code, items=items, total=len(items)), closes=True)


def _best_first(entities: Iterable[Entity], systems: Sequence[System]) -> list[Entity]:
    """What the vocabularies asked for are about, before the rest."""
    types = {type for system in systems for type in system.types[:1]}
    return sorted(entities, key=lambda one: (one.type not in (types or {"Disease", "Drug", "Gene"}), -len(one.xrefs)))


def _codes(asking: Asking, entity: Entity) -> list[_Code]:
    """By vocabulary, exact ones first: what a mapping says, the ids of the thing itself, and cross-references."""
    view = asking.view.graph
    exact: dict[str, str] = {entity.id: ""}
    for match in view.of_seen(view.merged(entity.id)):
        if not match.refused:
            exact.setdefault(match.other, match.source)
            exact.setdefault(match.canonical, match.source)
    every = {**exact, **{xref: "" for xref in entity.xrefs if xref not in exact}}
    found = [
        _Code(system, _written(id), id in exact, by, id == entity.id)
        for id, by in every.items()
        for system in SYSTEMS
        if id.partition(":")[0] in system.prefixes
    ]
    found += _atc(view, entity)
    order = [*SYSTEMS]
    unique: dict[tuple[str, str], _Code] = {}
    for code in sorted(
        found, key=lambda one: (order.index(one.system), not one.own, not one.exact, len(one.code), one.code)
    ):
        unique.setdefault((code.system.name, code.code), code)
    return list(unique.values())


def _atc(view: GraphView, entity: Entity) -> list[_Code]:
    """A substance's codes of the fifth level, which stand with its classes."""
    if entity.type != "Drug" and not entity.id.startswith(CLASSES):
        return []
    rows = view.statements(subjects=[entity.id], predicates=["subclass_of"])
    system = next(one for one in SYSTEMS if one.name == _ATC)
    coded = {code: row.source for row in rows if (code := dict(row.qualifiers).get("code", ""))}
    return [_Code(system, code, True, source) for code, source in sorted(coded.items())]


def _told(asking: Asking, entity: Entity, found: Sequence[_Code]) -> list[ToldEvidence]:
    what = names(entity)
    pieces = []
    for system in dict.fromkeys(code.system for code in found):
        own = [code for code in found if code.system is system]
        exact = [code for code in own if code.exact] or own
        others = [code for code in own if code not in exact]
        sources = [source for code in exact if code.by and (source := asking.records.source(code.by)) is not None]
        titles = list(dict.fromkeys(f"{source.title or source.id} {source.version}".strip() for source in sources))
        said, more = _listed(exact), _listed(others)
        english = f"{system.name} code of {what.of('en')}: {said.en}"
        chinese = f"{what.of('zh')}的{system.name}编码：{said.zh}"
        if others:
            english += f"; cross-references, which may be narrower or broader: {more.en}"
            chinese += f"；交叉引用（范围可能更窄或更宽）：{more.zh}"
        if titles:
            english += f" (source: {', '.join(titles)})"
            chinese += f"（来源：{'、'.join(titles)}）"
        pieces.append(ToldEvidence("", (), (english, chinese)))
    return pieces


def _written(id: str) -> str:
    """The code as its vocabulary writes it."""
    return id if id.partition(":")[0] in _CURIES else id.partition(":")[2]


def _listed(found: Sequence[_Code]) -> Words:
    shown, more = [code.code for code in found[:FEW]], len(found[FEW:])
    return Words(
        ", ".join(shown) + (f" and {more} more" if more else ""),
        "、".join(shown) + (f"等，另有{more}个" if more else ""),
    )


def _decoded(asking: Asking, written: dict[str, tuple[str, ...]]) -> Part:
    """What each code that is named stands for, with what it is."""
    view = asking.view.graph
    known = exactly(view, {id for ids in written.values() for id in ids})
    pieces: list[ToldEvidence] = []
    items: list[Item] = []
    for code, ids in written.items():
        entity = next((known[id] for id in ids if id in known), None)
        if entity is None or entity.type == "Patient":
            continue
        id = next(one for one in ids if one in known)
        system = next(one.name for one in SYSTEMS if id.partition(":")[0] in one.prefixes)
        what = names(entity)
        english, chinese = f"{system} {code} is {what.of('en')}", f"{system} {code}是{what.of('zh')}"
        if what.of("zh") != what.of("en"):
            chinese += f"（{what.of('en')}）"
        if entity.definition:
            english, chinese = f"{english}: {entity.definition}", f"{chinese}：{entity.definition}"
        pieces.append(ToldEvidence("", (), (english.rstrip("."), chinese.rstrip("。."))))
        items.append(Item(what, entity.id))
    if not pieces:
        return Part()
    return Part(tuple(pieces), typed=Typed("code", value=items[0].name.of("en"), items=tuple(items), total=len(items)),
                closes=True)  # fmt: skip
