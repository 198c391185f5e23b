"""Which drugs a list of names means. A name that no drug bears is said to be unknown, with the nearest: never guessed.

A name may be an id, a generic or brand name in either language, a preparation with its strength and directions, a
class, or several ingredients. An abbreviation that means several drugs is taken for the likeliest that bears it, and
what it may mean besides is shown beside it; one that nothing bears stays unknown. One drug may stand in the graph under
several ids that no mapping joins: what prefers the same name is looked at together, so that nothing stated of it is
missed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from graph.errors import UnknownEntity
from graph.model import Entity
from graph.schema import CURIE
from graph.view import GraphView
from qa.drugs.model import CLASSES, FOODS, Drug, Unknown
from qa.drugs.nearest import Nearest
from qa.drugs.shorthand import shorthand
from qa.drugs.substances import Substances
from text.drug_names import ingredients
from text.names import is_chinese, normalise
from text.prescription import drug_in, drugs_in

_DRUGBANK = re.compile(r"DB\d{5}", re.IGNORECASE)
_MESH = re.compile(r"[DC]\d{6,9}", re.IGNORECASE)
_ATC = re.compile(r"[A-DGHJ-NPRSV]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?", re.IGNORECASE)
_SUBSTANCE = re.compile(r"(?:ATC:)?([A-DGHJ-NPRSV]\d\d[A-Z]{2}\d\d)", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(.*[^\W\d_]{3}) (?:[125-9]|\d{2,4}|\d+\.\d+|\d+(?:\.\d+)?(?:[/-]\d+(?:\.\d+)?)+)")
"""A strength without its unit: `aspirin 81`, `Percocet 5/325`; not `Tylenol 3`, which is another drug."""
_CLASS_WORDS = ("类抗菌药物", "类抗生素", "类降糖药", "类降压药", "类药物", "类药", "药物", "药", "类", "")
"""What Chinese puts behind the name of a class, the longest first."""
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""Normalised, Chinese characters stand apart."""
_HOW_AHEAD = re.compile(
    r"^(?:(?:(?:low|high|full)[- ]dose|baby|generic|brand|iv|intravenous|im|intramuscular|sc|sq|subcutaneous|po|oral|"
    r"topical|inhaled|nasal|intranasal|ophthalmic|vaginal|rectal|transdermal|sublingual|liquid|extra[- ]strength|otc|"
    r"(?:child(?:ren)?|infant)(?:['’]?s)?|小剂量|低剂量|大剂量|高剂量|外用|口服|静脉|吸入|儿童|小儿)\s*(?<![a-z]))+(?=\S{2})",
    re.IGNORECASE,
)
_HOW_BEHIND = re.compile(
    r"\s+(?:eye|ear|nose|nasal|shampoo|mouthwash|rinse|wash|scalp|flush|lock|drip|infusion|bolus|enema|sachets?|granules|"
    r"elixir|wafers?|supplements?|pills?|shots?|jabs?|therapy|cough|prn)\b.*$",
    re.IGNORECASE,
)
"""How a drug is taken, around its name: `IV vancomycin`, `timolol eye drops`."""
_JOINED = re.compile(r"(?<=[A-Za-z]{3})-(?=[A-Za-z]{3})")
"""What may join two drugs, or stand within the name of one: `losartan-HCTZ`."""
_SEVERAL = re.compile(r"[A-Z\d]{2,}s")
"""An abbreviation of a class, of several: `ARBs`."""
_OF_DRUGS = ("DRUGBANK:", "RXNORM:", "ATC:", "DDINTER:", "DRUGCENTRAL:", "MEDGRAPH:")
_RXCUI = re.compile(r"(?:rx(?:norm|cui)[: ]*)(\d+)", re.IGNORECASE)


def resolve(view: GraphView, asked: Sequence[str], nearest: Nearest) -> tuple[list[Drug], list[Unknown]]:
    """The drugs that these names mean, in their order, and the names that mean none. Raises what the graph raises."""
    if not asked:
        return [], []
    readings = [_readings(text) for text in asked]
    norms = {norm for ways in readings for reading in ways for norm in reading.norms}
    norms |= {meant for norm in norms for meant in shorthand().get(norm, ())}
    bearers = _bearers(view, norms.union(*map(_class_norms, asked)))
    by_id = by_ids(view, asked)
    taken: dict[int, list[_Taken]] = {}
    unknown: list[Unknown] = []
    for place, (text, way) in enumerate(zip(asked, readings, strict=True)):
        if parts := by_id.get(text) or _taken(way, bearers) or _class(text, bearers):
            taken[place] = [part if isinstance(part, _Taken) else _Taken(part, "") for part in parts]
        else:
            # Letters of an id are near to nothing.
            near = () if _as_id(text) else nearest.names(view, drug_in(text))
            unknown.append(Unknown(text, _short_for(text, bearers) or near))
    meant = [entity for parts in taken.values() for part in parts for entity in (part.entity, *part.also)]
    substances = Substances(view, meant)
    return [_drug(asked[place], parts, substances) for place, parts in taken.items()], unknown


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a name was taken for, the normalised name that it bears, and what else bears that."""

    entity: Entity
    norm: str
    also: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a text: normalised names of each drug in it, the fullest first; those in brackets may be none."""

    drugs: tuple[tuple[str, ...], ...]
    inside: tuple[tuple[str, ...], ...] = ()

    @property
    def norms(self) -> Iterator[str]:
        return (norm for norms in (*self.drugs, *self.inside) for norm in norms)


def _readings(text: str) -> list[_Reading]:
    """How a text may be read, the best first: as one drug, or as several ingredients, of which none is left out."""
    bare = drug_in(text)
    names, brackets = drugs_in(text)
    whole = (text, bare) if len(names) < 2 or all(name in bare for name in names) else (text,)
    inside = tuple(_norms((name, *_forms(name))) for name in brackets)
    readings = [_Reading((_norms((*whole, *(_forms(bare) if len(names) < 2 else ()))),))]
    if len(joined := _JOINED.split(bare)) > 1:
        readings.append(_Reading(tuple(_norms((name, *_forms(name))) for name in joined)))
    if names:
        readings.append(_Reading(tuple(_norms((name, *_forms(name))) for name in names), inside))
    return readings


def _forms(name: str) -> tuple[str, ...]:
    """One ingredient with and without its salt, strength and form; none of what names several."""
    parts = ingredients(name)
    forms = parts[0] if len(parts) == 1 else ()
    if (bare := _HOW_BEHIND.sub("", _HOW_AHEAD.sub("", name))) != name:
        forms = (*forms, bare, *_forms(bare))
    return (*forms, *(match[1] for form in forms if (match := _BARE_NUMBER.fullmatch(form))))


def _taken(readings: Sequence[_Reading], bearers: Mapping[str, Sequence[Entity]]) -> list[_Taken]:
    """What the first reading means in which every drug is borne by something; empty where there is none."""
    for reading in readings:
        borne = [next((norm for norm in norms if norm in bearers), "") for norms in reading.drugs]
        if all(borne):
            borne += [norm for norms in reading.inside for norm in norms if norm in bearers]
            taken = [_best(norm, bearers) for norm in borne]
            return list({one.entity.id: one for one in reversed(taken)}.values())[::-1]
    return []


def _short_for(text: str, bearers: Mapping[str, Sequence[Entity]]) -> tuple[str, ...]:
    """The drugs that an abbreviation which nothing bears may mean."""
    return tuple(bearers[norm][0].name for norm in shorthand().get(normalise(text), ()) if norm in bearers)


def _class(text: str, bearers: Mapping[str, Sequence[Entity]]) -> list[_Taken]:
    """The class that a Chinese text names in other words: 头孢菌素, where it is known as 头孢菌素类抗生素."""
    for norm in _class_norms(text):
        if kinds := [entity for entity in bearers.get(norm, ()) if entity.id.startswith(CLASSES)]:
            return [_Taken(kinds[0], norm, tuple(kinds[1:]))]
    return []


def _class_norms(text: str) -> list[str]:
    bare = text.strip()
    if not is_chinese(bare):
        return []
    stem = next(bare.removesuffix(word) for word in _CLASS_WORDS if bare.endswith(word))
    return [normalise(stem + word) for word in reversed(_CLASS_WORDS)] if len(stem) > 1 else []


def _best(norm: str, bearers: Mapping[str, Sequence[Entity]]) -> _Taken:
    """What prefers the name before what only goes by it, too; what goes by it without preferring it is another drug,
    and so is what an abbreviation may mean besides."""
    first, *others = bearers[norm]
    name = normalise(first.name)
    twins = [one for one in others if (one.type, first.type) == ("Drug", "Drug") and normalise(one.name) == name]
    also = [other for other in others if other not in twins]
    also += [bearers[meant][0] for meant in shorthand().get(norm, ()) if meant in bearers]
    return _Taken(first, norm, tuple(other for other in dict.fromkeys(also) if other.id != first.id))


def _drug(asked: str, parts: Sequence[_Taken], substances: Substances) -> Drug:
    held = tuple(dict.fromkeys(one for part in parts for one in substances.ingredients(part.entity)))
    sets = _sets(parts, held, substances)
    ids = frozenset(id for one in sets for id in one)
    entity = parts[0].entity if len(parts) == 1 else _combination([part.entity for part in parts])
    read = " + ".join(_BLANK.sub("", part.norm) for part in parts if part.norm)
    also = tuple(other for part in parts for other in part.also if other.id not in ids)
    return Drug(
        asked=asked,
        entity=entity,
        ids=ids,
        parts=tuple(dict.fromkeys(sets)),
        ingredients=held,
        also=also,
        food=any(one.id.startswith(FOODS) for part in parts for one in (part.entity, *part.also)),
        others=frozenset(id for other in also for id in substances.ids(other.id)) - ids,
        note=read if read and normalise(read) != normalise(asked) else "",
    )


def _sets(parts: Sequence[_Taken], held: Sequence[Entity], substances: Substances) -> list[frozenset[str]]:
    """The ids of each substance: of what is held, of the drugs of a class, and of the preparations themselves."""
    classes = [one.id for part in parts for one in (part.entity, *part.also) if one.id.startswith(CLASSES)]
    sets = [substances.ids(one.id) for one in held]
    sets += [substances.ids(id) for one in classes for id in (one, *substances.members.get(one, ()))]
    # A preparation has no substance of its own but those that it holds; a statement may name it all the same.
    wholes = [substances.ids(part.entity.id) for part in parts]
    return sets + [whole for whole in wholes if not any(whole & one for one in sets)]


def _combination(entities: Sequence[Entity]) -> Entity:
    """Several ingredients that were asked for as one."""
    return Entity("+".join(entity.id for entity in entities), "Drug", " + ".join(entity.name for entity in entities))


def _norms(names: Collection[str]) -> tuple[str, ...]:
    """Normalised, of several one (ARBs), as other languages end them (metformine, spironolacton), and what an
    abbreviation stands for."""
    several = [name[:-1] for name in names if _SEVERAL.fullmatch(name)]
    plain = list(dict.fromkeys(norm for name in (*names, *several) if (norm := normalise(name))))
    ended = [norm[:-1] if norm.endswith("e") else f"{norm}e" for norm in plain if norm.isascii() and len(norm) > 6]
    meant = [full[0] for norm in plain if len(full := shorthand().get(norm, ())) == 1]
    return tuple(dict.fromkeys(plain + ended + meant))


def by_ids(view: GraphView, asked: Sequence[str]) -> dict[str, list[Entity]]:
    """By what was asked for the drug or class of that id; what is no id, or of nothing that is a drug, is left out."""
    ids = {text: _as_id(text) for text in asked}
    entities = exactly(view, {id for each in ids.values() for id in each})
    shown = {
        text: [entity]
        for text, each in ids.items()
        if (entity := next((entities[id] for id in each if id in entities and is_drug(entities[id])), None))
    }
    return shown | _of_codes(view, {text: code[1] for text in asked if (code := _SUBSTANCE.fullmatch(text.strip()))})


def exactly(view: GraphView, ids: Iterable[str]) -> dict[str, Entity]:
    """Entities by the ids given, which may be mapped ones; unknown ids are left out."""
    wanted = set(ids)
    entities = view.entities(wanted) if wanted else {}
    for id in sorted(wanted - entities.keys()):
        with suppress(UnknownEntity):
            entities[id] = view.entity(id)
    return {id: entities[id] for id in wanted if id in entities}


def _of_codes(view: GraphView, codes: Mapping[str, str]) -> dict[str, list[Entity]]:
    """The substances of codes of the fifth level of ATC, which are no entities of their own."""
    classes = {text: f"ATC:{code.upper()[:5]}" for text, code in codes.items()}
    if not classes:
        return {}
    above = set(classes.values())
    members = {row.subject for row in view.relations(objects=above, predicates=["subclass_of"])}
    rows = view.statements(subjects=members, predicates=["subclass_of"], objects=above) if members else []
    coded: dict[str, str] = {}
    for row in rows:
        coded.setdefault(dict(row.qualifiers).get("code", ""), row.subject)
    entities = view.entities(set(coded.values()))
    return {
        text: [entities[id]] for text, code in codes.items() if (id := coded.get(code.upper(), "")) and id in entities
    }


def is_drug(entity: Entity) -> bool:
    """Whether it is a drug or a class of drugs."""
    return entity.type == "Drug" or entity.id.startswith(CLASSES)


def _as_id(text: str) -> list[str]:
    text = text.strip()
    if _DRUGBANK.fullmatch(text):
        return [f"DRUGBANK:{text.upper()}"]
    if _MESH.fullmatch(text):
        return [f"MESH:{text.upper()}"]
    if _ATC.fullmatch(text):
        return [f"ATC:{text.upper()}"]
    if rxcui := _RXCUI.fullmatch(text):
        return [f"RXNORM:{rxcui[1]}"]
    if CURIE.fullmatch(text):
        prefix, _, local = text.partition(":")
        return [text, f"{prefix.upper()}:{local}"]
    return []


def _bearers(view: GraphView, norms: Iterable[str]) -> dict[str, list[Entity]]:
    """By name the drugs and classes of drugs that bear it, what prefers it first."""
    return {
        norm: sorted(drugs, key=lambda entity: _standing(norm, entity))
        for norm, entities in view.named(set(norms)).items()
        if (drugs := [entity for entity in entities if is_drug(entity)])
    }


def _standing(norm: str, entity: Entity) -> tuple[bool, bool, bool, str]:
    """How much a name is a drug's own. `Alcohols`, which is normalised to `alcohol`, is a kind of chemicals, and has
    no more right to it than what goes by `alcohol`."""
    prefers = normalise(entity.name) == norm
    kind = prefers and entity.name.casefold() == f"{norm}s" and not _is_substance(entity)
    return not prefers or kind, entity.type != "Drug", kind, entity.id


def _is_substance(entity: Entity) -> bool:
    """Whether a vocabulary of drugs has it."""
    return any(id.startswith(_OF_DRUGS) for id in (entity.id, *entity.xrefs))
