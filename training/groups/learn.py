"""The weights of `models/disease-groups`, from the shipped tables of conditions, vocabularies and texts."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from qa.differential.group_names import GROUPS
from qa.differential.groups import Groups, write
from training.groups.assign import Assigned
from training.groups.fit import figures, fit, held_out, majority, nearest, numbers, small, temperature
from training.groups.names import Condition, Names, conditions, names
from training.groups.simulate import Text, patients, rare
from training.groups.written import cmdd, medquad, said

PATIENTS = 10
"""Texts of a condition in each language."""
RARE = 2500
"""Diseases of HPO that texts are made of."""
RARE_WEIGHT = 0.3
_ABNORMAL = "HP:0000118"
_HOUSE = Path(__file__).resolve().parents[2]


def learn(folder: Path, out: Path, *, seed: int = 1, count: int = PATIENTS) -> dict[str, Any]:
    """Write `weights.npz` to `out`, and return what was learnt from with figures on diseases held out. `folder` holds
    `graph` (hpo, mondo, mesh), `literature/medquad` and `dialogue/CMDD`. Raises OSError."""
    assigned = Assigned(folder / "graph")
    of_tables = conditions(_HOUSE / "ingest" / "conditions")
    texts = list(corpus(folder, assigned, of_tables, seed=seed, count=count))
    columns = tuple(GROUPS)
    learnt = numbers(texts, columns)
    logits = held_out(learnt, len(columns))
    heat = temperature(logits, learnt.labels, learnt.weights)
    weights, intercepts = fit(learnt, np.ones(len(texts), bool), len(columns))
    quantised, steps = small(weights)
    counts = np.bincount(learnt.labels, learnt.weights, minlength=len(columns)) + 0.5
    members = _members(folder, assigned, of_tables)
    model = Groups(
        columns=columns,
        weights=quantised,
        scales=steps,
        intercepts=intercepts,
        temperature=heat,
        shares=np.asarray(counts / counts.sum(), np.float32),
        members={id: columns.index(group) for id, group in members.items()},
    )
    out.mkdir(parents=True, exist_ok=True)
    write(model, out / "weights.npz")
    told: dict[str, Any] = {
        "texts": len(texts),
        "diseases": len({text.disease for text in texts}),
        "members": len(members),
        "temperature": heat,
    }
    for kind in sorted({kind_of(text) for text in texts}):
        rows = np.array([kind_of(text) == kind for text in texts])
        labels = learnt.labels[rows]
        told[kind] = {
            "before": figures(logits[rows], labels),
            "after": figures(logits[rows] / np.float32(heat), labels),
            "nearest": figures(20 * nearest(learnt, len(columns))[rows], labels),
            "majority": figures(majority(learnt, len(columns))[rows], labels),
        }
    return told


def kind_of(text: Text) -> str:
    """By what a text is judged: its language, and whether somebody wrote it or it was simulated."""
    return f"{text.language} {'simulated' if text.weight == 1 else 'rare' if text.weight == RARE_WEIGHT else 'written'}"


def corpus(folder: Path, assigned: Assigned, of_tables: list[Condition], *, seed: int, count: int) -> Iterator[Text]:
    """Every text that is learnt from, in the same order for the same seed."""
    called = _called(folder, assigned, of_tables)
    common: dict[str, tuple[str, str]] = {}
    by_name: dict[str, tuple[str, str]] = {}
    for condition in of_tables:
        group, disease = assigned.group(condition.id), assigned.same(condition.id)
        if group:
            common[disease] = group, disease
            by_name.update((name, (group, disease)) for name in condition.names if name)
            yield from patients(condition, group, disease, called, count, str(seed))

    def group_of(id: str) -> str:
        return common[id][0] if id in common else assigned.group(id, inherited=True)

    terms = _annotated(folder / "graph" / "hpo")
    some = [id for id in sorted(terms) if len(terms[id]) > 3]
    random = Random(seed)  # noqa: S311 not for secrets
    for id in random.sample(some, min(RARE, len(some))):
        if group := group_of(assigned.same(id)):
            yield from rare(sorted(terms[id]), group, assigned.same(id), called, str(seed), RARE_WEIGHT)
    yield from medquad(folder / "literature" / "medquad" / "medquad.tar.gz", assigned.same, group_of)
    for path in _dialogues(folder):
        yield from cmdd(path, by_name)


def _called(folder: Path, assigned: Assigned, of_tables: list[Condition]) -> Names:
    """The names of findings, with what CMDD's patients call those that bear the same name."""
    hpo = folder / "graph" / "hpo"
    called = names(_HOUSE / "ingest", _HOUSE / "qa" / "differential" / "case" / "phrases.tsv", hpo)
    by_name: dict[str, str] = {}
    for id, chinese in called.zh.items():
        for name in chinese:
            by_name.setdefault(name, id)
    more: dict[str, dict[str, None]] = defaultdict(dict)
    for surface, name in said(_dialogues(folder)):
        if name in by_name and len(surface) > 1:
            more[by_name[name]][surface] = None
    wider = dict(called.zh)
    for id, surfaces in more.items():
        wider[id] = tuple(dict.fromkeys((*wider[id], *list(surfaces)[:12])))
    return replace(called, zh=wider)


def _dialogues(folder: Path) -> list[Path]:
    return sorted((folder / "dialogue" / "CMDD").glob("*.jsonl.gz"))


def _members(folder: Path, assigned: Assigned, of_tables: list[Condition]) -> dict[str, str]:
    """The groups of the diseases of HPO and of the tables, by their own ids and those of Mondo."""
    members = {id: group for each in of_tables if (group := assigned.group(each.id)) for id in _ids(assigned, each.id)}
    for disease in sorted(_annotated(folder / "graph" / "hpo")):
        group = members.get(assigned.same(disease)) or assigned.group(disease, inherited=True)
        if group:
            members.update((id, members.get(id, group)) for id in _ids(assigned, disease))
    return members


def _ids(assigned: Assigned, id: str) -> tuple[str, str]:
    return id, assigned.same(id)


def _annotated(folder: Path) -> dict[str, set[str]]:
    """The phenotypic abnormalities of each disease of HPO: not how it is inherited or when it begins."""
    above: dict[str, set[str]] = defaultdict(set)
    with gzip.open(folder / "hpo_is_a.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            term, _, parent = line.rstrip("\n").partition("\t")
            above[parent].add(term)
    abnormal, left = {_ABNORMAL}, [_ABNORMAL]
    while left:
        below = above[left.pop()] - abnormal
        abnormal |= below
        left += below
    terms: dict[str, set[str]] = defaultdict(set)
    for name in ("omim", "orpha"):
        with gzip.open(folder / f"{name}_disease_to_phenotype.tsv.gz", "rt", encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                disease, _, term = line.rstrip("\n").split("\t")[:3]
                if term in abnormal:
                    terms[disease].add(term)
    return terms
