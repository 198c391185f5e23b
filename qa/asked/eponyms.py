"""Names of diseases without their last word, or with a Chinese one: von Hippel-Lindau, Canavan病, Behçet syndrome."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from graph.model import Entity
from qa.asked.misspelling import is_common
from qa.asked.vocabulary import SMALL
from text.names import is_chinese, normalise
from text.words import folded

_LAST = ("disease", "syndrome", "disorder", "deficiency")
_MOST = 4
"""Words of the longest such name."""
_SHORTEST = 5
"""Letters of the shortest that stands alone."""
_CHINESE = {
    "病": ("disease", "syndrome", "disorder"),
    "综合征": ("syndrome", "disease"),
    "综合症": ("syndrome", "disease"),
    "症候群": ("syndrome", "disease"),
    "征": ("syndrome",),
    "症": ("disease", "syndrome"),
    "缺乏症": ("deficiency",),
    "缺陷症": ("deficiency",),
    "贫血": ("anemia",),
    "肌病": ("myopathy",),
    "脑病": ("encephalopathy",),
    "淋巴瘤": ("lymphoma",),
    "肉瘤": ("sarcoma",),
    "瘤": ("tumor",),
    "肌营养不良": ("muscular dystrophy",),
    "白血病": ("leukemia",),
    "共济失调": ("ataxia",),
    "舞蹈病": ("disease", "chorea"),
    "甲状腺炎": ("thyroiditis",),
    "食管": ("esophagus",),
    "麻痹": ("palsy",),
    "瘫": ("palsy",),
    "肺炎": ("pneumonia",),
    "热": ("fever",),
}
_ENDS = {" ".join(end): lasts for end, lasts in _CHINESE.items()}
_MIXED = re.compile(
    rf"([a-z][a-z0-9 ]*?) (?:氏 )?({'|'.join(sorted(map(re.escape, _ENDS), key=len, reverse=True))})", re.ASCII
)
# People whose names are ordinary words, too.
_PEOPLE = folded(
    "wilson graves parkinson huntington addison turner hunter edwards gilbert lynch bell paget hodgkin kawasaki barth "
    "fabry wolf cowden gardner hurler leigh norrie stickler noonan williams angelman rett usher alport carney gordon "
    "liddle lowe menkes milroy potter reiter turcot"
)


def full_names(name: str, surface: str) -> tuple[str, ...]:
    """The normalised names of which `name`, written as `surface`, may be what people leave: the likeliest first."""
    if mixed := _MIXED.fullmatch(name):
        return tuple(f"{mixed[1]} {last}" for last in _ENDS[mixed[2]])
    words = name.split()
    if len(words) > _MOST or is_chinese(surface):
        return ()
    if words[-1] in _LAST[:3] and len(words) > 1:
        before = words[:-1]
        return tuple(
            f"{' '.join(before)} {last}" for last in _LAST[:3] if last != words[-1] and _is_a_name(before, surface)
        )
    return tuple(f"{name} {last}" for last in _LAST) if len(name) >= _SHORTEST and _is_a_name(words, surface) else ()


def _is_a_name(words: Sequence[str], surface: str) -> bool:
    """Whether they are no ordinary words: one that is needs a capital and to be known for a disease."""
    if surface.isupper() or not all(re.fullmatch(r"[^\W\d_]+", word) for word in words):
        return False
    odd = [word for word in words if word not in SMALL and not is_common(word)]
    known = surface[0].isupper() and len(words) == 1 and words[0] in _PEOPLE
    return known or (bool(odd) and not {words[0], words[-1]} & SMALL - {"von"})


def one_meant(names: Sequence[str], bearers: Mapping[str, Collection[Entity]]) -> str:
    """The only one of `names` that diseases bear; empty where two of them are of different ones."""
    held = {name: _diseases(bearers.get(name, ())) for name in names}
    first = next((name for name in names if held[name]), "")
    for name in names:
        if held[name] and not _share(held[name], held[first]):
            return ""
    return first


def _diseases(entities: Collection[Entity]) -> list[Entity]:
    return [entity for entity in entities if entity.type in ("Disease", "Phenotype")]


def _share(some: Collection[Entity], others: Collection[Entity]) -> bool:
    """Whether the same thing is among both, by its id or by one of its names."""
    names = [{entity.id, *_names(entity)} for entity in some]
    return any(not own.isdisjoint({other.id, *_names(other)}) for own in names for other in others)


def _names(entity: Entity) -> set[str]:
    return {normalise(name) for name in (entity.name, *(one.text for one in entity.synonyms))}
