"""For whom drugs are checked: what is told of somebody in words, and what of the graph that is.

A condition counts under every id that bears its name, and an allergy under all that a drug of the name stands for: what
speaks against a drug is not to be missed for the choice of an id. A word that nothing bears is said to be unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graph.schema import CURIE
from graph.view import GraphView
from qa.drugs.genotypes import by_gene
from qa.drugs.implied import implied
from qa.drugs.model import CLASSES, Circumstances, Drug, Unknown
from qa.drugs.names import exactly, resolve
from qa.drugs.nearest import Nearest
from qa.evidence.wording import Words
from text.names import normalise

NEAR = 3
_PREGNANT = ("pregnancy", "pregnant")
_LACTATING = ("lactation", "breast feeding", "breastfeeding")
_LIVER = ("liver disease", "liver diseases", "hepatic impairment", "liver dysfunction")
_LIVER_SEVERE = ("hepatic failure", "liver failure", "severe hepatic impairment")
_KIDNEY = ("renal impairment", "renal insufficiency", "kidney disease")
_KIDNEY_SEVERE = ("renal failure", "kidney failure", "severe renal impairment")
_BORNE = re.compile(r"^\s*(?:allerg(?:y|ic) to|对)\s*|\s*(?:(?:drug )?allergy|allergies|过敏史?)\s*$", re.IGNORECASE)
"""What stands around the name of an allergen."""
_ADULT, _OLD = 18, 65
"""Years between which sources say nothing of age."""
_IMPAIRED, _FAILING = 60, 30
"""eGFR below which a kidney is impaired, and severely so (KDIGO 2012, G3a and G4), in mL/min per 1.73 m²."""


@dataclass(frozen=True, slots=True)
class Person:
    """What is told of somebody. Conditions and allergies are names or ids; the rest is as in `Circumstances`."""

    conditions: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    age: float | None = None
    pregnant: bool = False
    lactating: bool = False
    egfr: float | None = None
    liver: Literal["", "impaired", "severe"] = ""
    genotypes: Mapping[str, str] = field(default_factory=dict)
    age_within: float = 0.0
    """By so many years the age may be off: of a record only the year of birth is kept."""
    told: tuple[Words, ...] = ()
    """What of this is from a record, and how it came from there."""

    def joined(self, record: Person) -> Person:
        """With what a record says; what is told goes before it, but no condition of either is left out."""
        aged = self if self.age is not None or record.age is None else record
        return Person(
            conditions=tuple(dict.fromkeys((*self.conditions, *record.conditions))),
            allergies=tuple(dict.fromkeys((*self.allergies, *record.allergies))),
            age=aged.age,
            age_within=aged.age_within,
            pregnant=self.pregnant or record.pregnant,
            lactating=self.lactating or record.lactating,
            egfr=record.egfr if self.egfr is None else self.egfr,
            liver=self.liver or record.liver,
            genotypes={**record.genotypes, **self.genotypes},
            told=(*self.told, *record.told),
        )


def circumstances(view: GraphView, nearest: Nearest, person: Person) -> tuple[Circumstances, tuple[Unknown, ...]]:
    """What of the graph is told, and the words that mean nothing there. Raises what the graph raises."""
    conditions, unknown = _conditions(view, person.conditions)
    allergies, strange = _allergies(view, nearest, person.allergies)
    genotypes = {told: frozenset({told}) for told, _, _ in by_gene(person.genotypes)}
    says = implied(person.conditions)
    person = person.joined(Person(pregnant=says.pregnant, lactating=says.lactating, liver=says.liver, egfr=says.egfr))
    # What says something of circumstances is not unknown, though nothing may bear the name.
    unknown = [one for one in unknown if one.asked not in says.by]
    diseases = {word: ids for word, ids in conditions.items() if word not in says.by}
    # What a name says besides, such as cirrhosis of the liver, is answered by what is stated of the name, too.
    also = frozenset[str]().union(*(ids for word, ids in conditions.items() if word in says.by))
    meant = {id: _named(view, names) | also for id, (_, names) in _meant(person).items()}
    words = {id: words for id, (words, _) in _meant(person).items()}
    return Circumstances(
        conditions=frozenset().union(*conditions.values(), *meant.values()),
        diseases=frozenset().union(*diseases.values()),
        allergies=frozenset().union(*allergies.values()),
        age=person.age,
        age_within=person.age_within,
        pregnant=person.pregnant,
        lactating=person.lactating,
        egfr=person.egfr,
        liver=person.liver,
        genotypes=person.genotypes,
        told=(
            *((Words(word, word), ids) for word, ids in (diseases | allergies | genotypes).items()),
            *((words[id], ids | {id}) for id, ids in meant.items()),
        ),
    ), (*unknown, *strange)


def _meant(person: Person) -> dict[str, tuple[Words, tuple[str, ...]]]:
    """The circumstances that are no disease, by the id that a caution is about: in words, and as sources name them."""
    egfr = _FAILING + _IMPAIRED if person.egfr is None else person.egfr
    age = _ADULT if person.age is None else person.age
    listed = (
        (person.pregnant, "MEDGRAPH:pregnancy", Words("pregnancy", "妊娠"), _PREGNANT),
        (person.lactating, "MEDGRAPH:lactation", Words("breastfeeding", "哺乳"), _LACTATING),
        (
            person.liver == "impaired",
            "MEDGRAPH:liver-impairment",
            Words("liver function impaired", "肝功能不全"),
            _LIVER,
        ),
        (
            person.liver == "severe",
            "MEDGRAPH:liver-impairment",
            Words("liver function severely impaired", "重度肝功能不全"),
            (*_LIVER, *_LIVER_SEVERE),
        ),
        (
            egfr < _IMPAIRED,
            "MEDGRAPH:egfr",
            Words(f"eGFR {egfr:g}", f"eGFR {egfr:g}"),
            (*_KIDNEY, *_KIDNEY_SEVERE) if egfr < _FAILING else _KIDNEY,
        ),
        (not _ADULT <= age < _OLD, "MEDGRAPH:age", Words(f"age {age:.3g}", f"{age:.3g}岁"), ()),
    )
    return {id: (words, names) for holds, id, words, names in listed if holds}


def _named(view: GraphView, names: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*_conditions(view, names)[0].values())


def _conditions(view: GraphView, words: Sequence[str]) -> tuple[dict[str, frozenset[str]], list[Unknown]]:
    """By word the conditions that it may mean, and the words that mean none."""
    ids = exactly(view, [word.strip() for word in words if CURIE.fullmatch(word.strip())])
    bearers = view.named({normalise(word) for word in words})
    meant: dict[str, frozenset[str]] = {}
    unknown = []
    for word in words:
        by_name = [one.id for one in bearers.get(normalise(word), ()) if one.type not in ("Drug", "Gene", "Patient")]
        if word.strip() in ids:
            meant[word] = frozenset({ids[word.strip()].id})
        elif by_name:
            meant[word] = frozenset(by_name)
        else:
            near = [match.name for match in view.find_entities(word, limit=2 * NEAR) if match.entity.type != "Drug"]
            unknown.append(Unknown(word, tuple(dict.fromkeys(near))[:NEAR]))
    return meant, unknown


def _allergies(
    view: GraphView, nearest: Nearest, words: Sequence[str]
) -> tuple[dict[str, frozenset[str]], list[Unknown]]:
    bare = {_BORNE.sub("", word).strip() or word: word for word in words}
    drugs, others = resolve(view, list(bare), nearest)
    meant = {bare[drug.asked]: frozenset(_allergens(drug)) for drug in drugs}
    bearers = view.named({normalise(one.asked) for one in others})
    unknown = []
    for one in others:
        ids = [entity.id for entity in bearers.get(normalise(one.asked), ()) if entity.type not in ("Gene", "Patient")]
        if ids:
            meant[bare[one.asked]] = frozenset(ids)
        else:
            unknown.append(Unknown(bare[one.asked], one.nearest))
    return meant, unknown


def _allergens(drug: Drug) -> Iterable[str]:
    """All that it stands for; of a class the class alone, to which its drugs come by themselves."""
    classes = [id for id in sorted(drug.ids) if id.startswith(CLASSES)]
    return classes or (*drug.ids, *drug.others)
