"""What the names in a case mean: findings of the matrix, known conditions, or nothing.

A name is looked for as it is, as people say it, without words of degree or place, and at last by its end, which in both
languages says what it is about: `sandpaper rash` is a rash. What a wider reading gives is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.errors import UnknownEntity
from graph.model import Entity
from graph.namesakes import same_name_as
from graph.view import GraphView
from qa.asked.vocabulary import EVERYDAY, ORDINARY
from qa.differential.case.phrases import phrases, written_so
from qa.differential.case.typos import put_right
from qa.differential.case.variants import variants
from qa.differential.matrix import Matrix
from qa.differential.model import Finding, Unknown
from qa.evidence.wording import all_names
from text.names import is_chinese, normalise, tokens

Kind = Literal["finding", "condition", "drug", "factor", "text"]

NEAREST = 3
"""Names offered for one that is not understood."""
_LIKE = 60
"""Less alike than this, of 100, is not near."""
_COMMON = re.compile(
    r"\b(?:disease|disorder|syndrome|sign|symptom|abnormal|abnormality|of|the|a)\b|疾病|综合征|综合症|[病症征]$"
)
_ID = re.compile(r"\s*([A-Za-z][A-Za-z0-9.]*)[:_](\S+)\s*")
HPO = re.compile(r"(?<![A-Za-z0-9])HP[:_ ]*(\d{7})(?!\d)", re.IGNORECASE)
"""An id of HPO as people write it, also within an address or beside its name."""
_PREFIXES = {"hp": "HP", "mondo": "MONDO", "omim": "OMIM", "orpha": "ORPHA", "mesh": "MESH", "doid": "DOID"}
_DEGREE = re.compile(
    r"\b(?:very|quite|rather|slight(?:ly)?|mild(?:ly)?|moderate(?:ly)?|severe(?:ly)?|intense|bad|terrible|awful|"
    r"marked(?:ly)?|significant|profound|acute|chronic|sudden(?:[- ]onset)?|abrupt|new(?:[- ]onset)?|recent|"
    r"recurrent|"
    r"persistent|constant|continuous|intermittent|occasional|frequent|progressive|worsening|increasing|ongoing|"
    r"left(?:[- ]sided)?|right(?:[- ]sided)?|bilateral|unilateral|diffuse|generali[sz]ed|some|any|a bit of|a little|"
    r"positive|present|known|history of|episodes? of|attacks? of|bouts? of|feeling|a|an|the)\b[\s,-]*",
    re.IGNORECASE,
)
_DEGREE_CHINESE = re.compile(
    r"轻微|轻度|中度|重度|严重|剧烈|明显|显著|持续性?|间断性?|间歇性?|反复|阵发性|突发性?|突然|急性|慢性|进行性|"
    r"偶有|偶发|伴有?|有|出现|左侧?|右侧?|双侧?|单侧|弥漫性|广泛|轻|重|近期|新发|既往|很|特别|非常"
)
_NO_END = frozenset({"depression", "elevation", "dribbling", "紧张", "兴奋", "抑制"})
"""Words that are findings alone, and parts of other things at the end of a name (ST depression)."""
_TOGETHER = {"HP:0002017": (("HP:0002018", "Nausea"), ("HP:0002013", "Vomiting"))}
_TURNING = frozenset({"no", "not", "non", "without", "normal", "family", "mother", "father"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means: the ids of findings, else those of a known condition. `read` says how it was come by where
    that is not plain."""

    told: str
    findings: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    name: str = ""
    read: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """All that is meant."""
        return (*self.findings, *self.conditions)

    def finding(self) -> Finding:
        """The finding that is meant."""
        return Finding(self.told, self.findings, self.name, self.read)


def parted(finding: Finding) -> list[Finding]:
    """A finding that is two as both: nausea and vomiting."""
    parts = _TOGETHER.get(finding.ids[0] if finding.ids else "", ())
    return [replace(finding, ids=(id,), name=name) for id, name in parts] or [finding]


def meanings(
    view: GraphView, matrix: Matrix, told: Sequence[str], labels: Mapping[str, str] | None = None
) -> dict[str, Meaning]:
    """What each of these names or ids means as a finding, by the name as told. One look-up for all at each step.

    An id that the graph lacks is read by its name in `labels`, where it has one.
    """
    ids = {name: id for name in told if (id := curie(name))}
    meant = _by_id(view, ids)
    lacking = {name: (labels or {}).get(name, "") for name, meaning in meant.items() if not meaning.ids}
    tried = {name: list(_spellings(name)) for name in told if name not in meant}
    tried |= {name: list(_spellings(label)) for name, label in lacking.items() if label}
    bearers = lookup(view, {spelling for spellings in tried.values() for spelling, _ in spellings})
    for name, spellings in tried.items():
        meant[name] = _first(name, spellings, bearers)
        if name in lacking and meant[name].ids:
            meant[name] = replace(meant[name], read=lacking[name])
    return _annotated(view, matrix, meant)


def _by_id(view: GraphView, ids: Mapping[str, str]) -> dict[str, Meaning]:
    """What ids mean, also those whose place another has taken, which is told."""
    held = view.entities(sorted(set(ids.values()))) if ids else {}
    meant = {}
    for name, id in ids.items():
        entity = held.get(id) or entity_of(view, id)
        followed = entity.id if entity is not None and entity.id != id else ""
        meant[name] = replace(_of_entities(name, [entity] if entity else []), read=followed)
    return meant


def curie(name: str) -> str:
    """The CURIE that a name is, in the usual spelling of its prefix (`hp_0001945` is HP:0001945), or nothing.

    An id of HPO may stand beside its name, `Fever (HP:0001945)`, or at the end of an address.
    """
    name = unicodedata.normalize("NFKC", name)
    if len(ids := HPO.findall(name)) == 1:
        return f"HP:{ids[0]}"
    match = _ID.fullmatch(name)
    if match is None:
        return ""
    prefix, local = match[1], match[2]
    if prefix.casefold() not in _PREFIXES and (prefix != prefix.upper() or ":" not in name):
        return ""
    return f"{_PREFIXES.get(prefix.casefold(), prefix)}:{local}"


def lookup(view: GraphView, names: Collection[str]) -> dict[str, list[Entity]]:
    """Who bears each of these normalised names: in the graph, or by the table of phrases, whose ids come first."""
    table = phrases()
    ways = {name: (name, *variants(name)) for name in names}
    said = {name: next((table[way] for way in several if way in table), ()) for name, several in ways.items()}
    everyday = {EVERYDAY[name] for name in names if name in EVERYDAY}
    bearers = view.named({way for several in ways.values() for way in several} | everyday)
    held = view.entities(sorted({id for ids in said.values() for id in ids}))
    joined: dict[str, list[Entity]] = {}
    for name in names:
        entities = [held[id] for id in said[name] if id in held]
        borne = (bearers.get(way) for way in (name, EVERYDAY.get(name, ""), *ways[name][1:]))
        entities += next((several for several in borne if several), [])
        if entities:
            joined[name] = list({entity.id: entity for entity in entities}.values())
    return joined


def _spellings(name: str) -> Iterable[tuple[str, str]]:
    """The names to try, the best first, with what the name is thereby read as; none twice."""
    seen: set[str] = set()
    bare = plain(name)
    for spelling, told in (
        (name, ""),
        (bare, ""),
        *((end, end) for end in _ends(bare)),
    ):
        key = normalise(spelling)
        if key and key not in seen and (spelling is name or key not in ORDINARY) and written_so(spelling):
            seen.add(key)
            yield key, told


def plain(name: str) -> str:
    """The name without words of degree, side or time."""
    stripped = _DEGREE_CHINESE.sub("", name) if is_chinese(name) else _DEGREE.sub("", name)
    return stripped.strip(" ,，、-") or name


def _ends(name: str) -> Iterable[str]:
    """The ends of a name, the longest first: words in English, in Chinese at least two characters.

    None where what stands before turns it into something else: `非经期腹痛` is no `经期腹痛`.
    """
    if is_chinese(name):
        return [
            name[at:] for at in range(1, len(name) - 1) if name[at:] not in _NO_END and name[at - 1] not in "非无不未"
        ]
    name = re.split(r"\b(?:with|when|on|after|during|relieved|worse|radiating|that|which|and|for|since)\b", name)[
        0
    ].strip()
    words = name.split()
    ends = [" ".join(words[at:]) for at in range(1, len(words)) if words[at - 1].casefold() not in _TURNING]
    return [name, *(end for end in ends if normalise(end) not in _NO_END)]


def _first(name: str, spellings: Sequence[tuple[str, str]], bearers: Mapping[str, Sequence[Entity]]) -> Meaning:
    for place, (spelling, told) in enumerate(spellings):
        entities = [
            entity for entity in bearers.get(spelling, ()) if entity.type in ("Phenotype", "Disease", "Concept")
        ]
        if place and not any(is_finding(entity) for entity in entities):
            continue  # only a finding is taken by its end: `heart disease` is no known disease
        entities.sort(key=lambda entity: not is_finding(entity))
        meaning = _of_entities(name, entities)
        if meaning.findings or meaning.conditions:
            return replace(meaning, read=told)
    return Meaning(name)


def is_finding(entity: Entity) -> bool:
    """Whether it is a finding, or a circumstance of one that the ontology of findings has, such as where pain goes."""
    return entity.type == "Phenotype" or (entity.type == "Concept" and entity.id.startswith("HP:"))


def _of_entities(told: str, entities: Sequence[Entity]) -> Meaning:
    findings = [entity for entity in entities if is_finding(entity)]
    diseases = [entity for entity in entities if not is_finding(entity)]
    return Meaning(
        told=told,
        findings=tuple(entity.id for entity in findings),
        conditions=tuple(entity.id for entity in diseases),
        name=next((entity.name for entity in (*findings, *diseases)), ""),
    )


def _annotated(view: GraphView, matrix: Matrix, meant: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """With the namesakes of what is no finding of the matrix: a disease that is a finding under the same name."""
    lacking = {
        id
        for meaning in meant.values()
        if not any(id in matrix.term_number for id in meaning.findings)
        for id in (*meaning.findings, *meaning.conditions)
    }
    held = view.entities(sorted(lacking)) if lacking else {}
    kin = same_name_as(view, held.values()) if held else {}
    completed = {}
    for name, meaning in meant.items():
        others = [other for id in (*meaning.findings, *meaning.conditions) for other in kin.get(id, ())]
        others = [other for other in others if other.id in matrix.term_number]
        known = [id for id in meaning.findings if id in matrix.term_number]
        if not known and others:
            meaning = replace(meaning, findings=tuple(dict.fromkeys(other.id for other in others)), name=others[0].name)
        elif known:
            meaning = replace(meaning, findings=_special(matrix, known))
        completed[name] = meaning
    return completed


def _special(matrix: Matrix, ids: Sequence[str]) -> tuple[str, ...]:
    """Those of these findings that are not only a more general form of another."""
    numbers = {id: matrix.term_number[id] for id in ids}
    above = {over for number in numbers.values() for over in matrix.ancestors(number).tolist() if over != number}
    return tuple(id for id in ids if numbers[id] not in above) or tuple(ids)


def unknown(view: GraphView, told: str, kind: Kind, type: str | None = None) -> Unknown:
    """What is not understood, with the names nearest to it."""
    matches = view.find_entities(told, type=type, limit=NEAREST) if normalise(told) else []
    near = [match.entity for match in matches if _alike(told, match.entity)] or _put_right(view, told)
    return Unknown(told, kind, tuple(dict.fromkeys(_called(entity, told) for entity in near)))


def _put_right(view: GraphView, told: str) -> Sequence[Entity]:
    """What is meant where a word or two are misspelt."""
    right = " ".join(word.norm for word in put_right(tokens(told), ()))
    return list(view.entities(phrases().get(right, ())).values()) or view.named({right}).get(right, [])


def _alike(told: str, entity: Entity) -> bool:
    """Whether one of its names is like what was told, without the words that many names have."""
    from rapidfuzz import fuzz

    told = _COMMON.sub("", normalise(told)).strip()
    names = (_COMMON.sub("", normalise(name)).strip() for name in all_names(entity))
    return any(fuzz.token_set_ratio(told, name) >= _LIKE for name in names)


def _called(entity: Entity, told: str) -> str:
    """Its name in the language of what was told."""
    chinese = (name.text for name in entity.synonyms if name.language == "zh") if is_chinese(told) else iter(())
    return next(chinese, entity.name)


def entity_of(view: GraphView, id: str) -> Entity | None:
    """The entity with this id, or what took its place."""
    try:
        return view.entity(id)
    except UnknownEntity:
        return None
