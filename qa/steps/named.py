"""The drugs, conditions and allergens that a question names, as the drug engine takes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from graph.model import Assertion, Source
from graph.view import GraphView
from qa.drugs.model import CLASSES, FOODS, Drug
from qa.evidence.interacting import search
from qa.evidence.kinds import FactEvidence, SearchedEvidence
from qa.evidence.records import Records
from qa.evidence.wording import Words, all_names
from qa.model import AskedEntity
from qa.steps.asking import Asking
from text.names import normalise


def public(view: GraphView) -> GraphView:
    """The same without any patient: what a record calls a drug is no drug of the graph's."""
    return view if view.access is None else replace(view, access=_without_patients(view.access))


def _without_patients(access: frozenset[str]) -> frozenset[str]:
    return frozenset(label for label in access if not label.startswith("patient:"))


def drugs_asked(entities: Sequence[AskedEntity]) -> dict[str, str]:
    """The drugs, classes of drugs and foods that a question names: by the words of the question the id meant."""
    named: dict[str, str] = {}
    for entity in entities:
        if entity.type == "Drug" or entity.id.startswith((*CLASSES, *FOODS)):
            named.setdefault(entity.surface, entity.id)
    return named


def without_glosses(text: str, named: Mapping[str, str]) -> dict[str, str]:
    """Without a second name of a drug that stands in brackets behind its first: it is not taken twice."""
    glosses = {
        other
        for name, id in named.items()
        for other, same in named.items()
        if other != name and same == id and re.search(rf"{re.escape(name)}\s*[(（]\s*{re.escape(other)}", text)
    }
    return {name: id for name, id in named.items() if name not in glosses}


def resolved(asking: Asking, view: GraphView, without: Collection[str] = ()) -> list[Drug]:
    """The drugs that a question names, but for those `without`."""
    asked = {name: id for name, id in drugs_asked(asking.understanding.entities).items() if name not in without}
    drugs, unknown = asking.drugs.resolve(view, list(asked))
    others, _ = asking.drugs.resolve(view, [asked[one.asked] for one in unknown])
    return list({drug.entity.id: drug for drug in (*drugs, *others)}.values())


def findings_asked(entities: Sequence[AskedEntity]) -> Mapping[str, list[AskedEntity]]:
    """The diseases and findings that a question names, by its words."""
    named: dict[str, list[AskedEntity]] = {}
    for entity in entities:
        if entity.type in ("Disease", "Phenotype"):
            named.setdefault(entity.surface, []).append(entity)
    return named


def meant(asking: Asking, asked: Sequence[AskedEntity]) -> tuple[frozenset[str], frozenset[str]]:
    """Under which ids and under which names, as words in one order, something asked about may stand."""
    entities = [asking.entities[one.id] for one in asked if one.id in asking.entities]
    names = {one.surface for one in asked} | {name for entity in entities for name in all_names(entity)}
    return frozenset(one.id for one in asked), frozenset(in_order(name) for name in names)


def in_order(name: str) -> str:
    """The words of a name in one order: `rupture of tendon` and `tendon rupture` are one."""
    return " ".join(sorted(word for word in normalise(name).split() if word not in ("of", "the", "nos")))


def evidence(records: Records, rows: Sequence[Assertion]) -> tuple[FactEvidence, ...]:
    """The statements as evidence."""
    return records.evidence((row, None) for row in rows)


def unfound(sources: Sequence[Source], closed: Sequence[Source], drug: Words, what: Words) -> list[SearchedEvidence]:
    """That these sources have nothing of a drug and something else, and which were not searched."""
    absent = ((drug, what),)
    return [
        SearchedEvidence("", one, absent, (), kept, search(one, absent, (), closed=kept))
        for kept, several in ((False, sources), (True, closed))
        for one in several
    ]
