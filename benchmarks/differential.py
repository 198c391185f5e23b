"""The differential: published cases in three columns beside its peers, simulated patients, vignettes, calibration,
speed.

python benchmarks/differential.py --home HOME [--data DIR] [--apart] [--only
cases|hpo3|simulated|vignettes|speed|names]

HOME is a MEDGRAPH_HOME in which HPO (`hp.obo`, `phenotype.hpoa`, its Chinese names), Mondo and `conditions` are
loaded. Cases are `diagnosis/phenopackets_dev` of DIR with three and more findings, and a diagnosis that is annotated.
Three columns: *as it is*; *clean*, where no paper of the case is among the references of the diagnosis' annotations;
*left out*, where what the case's paper states of any disease is taken out for that case. Equal scores count as the
mean of their ranks. Vignettes are those beside this file, of common and dangerous pictures, half of which (`--apart`)
was measured once before anybody read it, and mended after."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from differential_cases import cases, hpo3, published, rank
from differential_peers import Content, Lirical, Peer, Reference
from differential_vignettes import vignettes
from report import figure, median_ms, peak_memory

from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.case.understand import understood
from qa.differential.engine import Differential
from qa.differential.kept import Kept
from qa.differential.model import Case, Finding, Told
from qa.differential.score import profile

SEED = 7
SIMULATED = 2_000


def simulated(view: GraphView, engine: Differential) -> None:
    """Patients drawn from the annotations: findings by their frequency, of which some are left out, made more general,
    and some are of nobody."""
    matrix = engine.matrix(view)
    drawing = np.random.default_rng(SEED)
    annotated = np.unique(matrix.profiles.disease[~matrix.described[matrix.profiles.disease]])
    likely = matrix.usual / matrix.usual.sum()
    parents: dict[int, list[int]] = {}
    for child, parent in zip(matrix.profiles.child.tolist(), matrix.profiles.parent.tolist(), strict=True):
        parents.setdefault(child, []).append(parent)
    peers: list[Peer] = [Reference(matrix), Lirical(matrix), Content(matrix)]
    ranks: dict[str, list[float]] = {name: [] for name in ("medgraph", *(peer.name for peer in peers))}
    while len(ranks["medgraph"]) < SIMULATED:
        disease = int(drawing.choice(annotated))
        stated = {term: share for term, share in profile(matrix, disease).stated.items() if share > 0}
        seen = [term for term, share in stated.items() if drawing.random() < share and drawing.random() < 0.6][:20]
        told = [
            int(drawing.choice(parents[term])) if term in parents and drawing.random() < 0.3 else term for term in seen
        ]
        told += drawing.choice(len(likely), drawing.binomial(max(len(told), 2), 0.25), p=likely).tolist()
        observed = list(dict.fromkeys(told))
        if len(seen) < 3:
            continue
        case = Case(tuple(Finding("", (matrix.profiles.terms[term],)) for term in observed))
        ranks["medgraph"].append(rank(engine.weigh(view, case)[:-1].astype(np.float64), disease))
        for peer in peers:
            ranks[peer.name].append(rank(peer(observed, ()), disease))
    for name, places in ranks.items():
        for top in (1, 10):
            share = float(np.mean(np.array(places) <= top))
            figure(
                f"differential, simulated patients, top {top}", 100 * share, "%", method=name, cases=SIMULATED,
                data="drawn from HPOA: 60 % told, 30 % more general, 25 % noise",
            )  # fmt: skip


def other_names(view: GraphView, engine: Differential, folder: Path) -> None:
    """The published cases told by names: in English, in Chinese, and as prose in both."""
    matrix = engine.matrix(view)
    all_cases = list(published(folder, view, matrix))
    ids = {id for one in all_cases for finding in (*one.case.observed, *one.case.excluded) for id in finding.ids}
    entities = view.entities(ids)

    def name(finding: Finding, language: str) -> str:
        entity = entities.get(finding.ids[0])
        if entity is None:
            return finding.told
        chinese = next((name.text for name in entity.synonyms if name.language == "zh"), entity.name)
        return chinese if language == "zh" else entity.name

    ways: dict[str, Callable[[Case, str], Told]] = {
        "names": lambda case, language: Told(
            tuple(name(one, language) for one in case.observed), tuple(name(one, language) for one in case.excluded)
        ),
        "prose": lambda case, language: Told(
            text=_prose(
                [name(one, language) for one in case.observed], [name(one, language) for one in case.excluded], language
            )
        ),
    }
    plain = [_place(engine, view, replace(one.case, papers=frozenset()), one.disease) for one in all_cases]
    for way, told in ways.items():
        for language in ("en", "zh"):
            places = [
                _place(engine, view, understood(view, matrix, told(one.case, language)), one.disease)
                for one in all_cases
            ]
            for top in (1, 10):
                share = float(np.mean(np.array(places) <= top))
                figure(
                    f"differential, told by {way} ({language}), top {top}", 100 * share, "%", cases=len(places),
                    by_ids=round(100 * float(np.mean(np.array(plain) <= top)), 1), data="phenopackets_dev",
                )  # fmt: skip


def _prose(observed: Sequence[str], excluded: Sequence[str], language: str) -> str:
    if language == "zh":
        text = f"患者有{'、'.join(observed)}。"
        return text + (f"无{'、无'.join(excluded)}。" if excluded else "")
    text = f"The patient has {', '.join(observed)}."
    return text + (f" There is no {', no '.join(excluded)}." if excluded else "")


def _place(engine: Differential, view: GraphView, case: Case, disease: int) -> int:
    number = engine.matrix(view).disease_number
    ranked = engine.rank(view, case, 50, why=False).candidates
    return next((place for place, one in enumerate(ranked, 1) if number[one.id] == disease), 10**6)


def speed(view: GraphView, folder: Path, home: Path) -> None:
    matrix_begun = process_time()
    matrix = Kept().matrix(view)
    figure("differential, matrix read from the graph and built", process_time() - matrix_begun, "s of processor")
    kept = Kept(home / "differential")
    kept.matrix(view)
    begun = process_time()
    Kept(home / "differential").matrix(view)
    figure("differential, matrix opened from disk", process_time() - begun, "s of processor")
    size = sum(
        getattr(matrix, name).nbytes
        for name in (
            "start",
            "who",
            "often",
            "itself",
            "usual",
            "above_start",
            "above",
            "stated",
            "row_order",
            "length",
        )
    )
    arrays = [getattr(matrix.profiles, name) for name in matrix.profiles.__slots__]
    size += sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
    figure("differential, matrix in memory", size / 2**20, "MiB", peak=peak_memory())
    all_cases = list(published(folder, view, matrix))[:200]
    engine = Differential(kept)
    begun = perf_counter()
    for one in all_cases:
        engine.rank(view, replace(one.case, papers=frozenset()), 50, why=False)
    context = {"diseases": len(matrix.profiles.diseases), "cases": len(all_cases)}
    figure("differential, a case, findings new", (perf_counter() - begun) / len(all_cases) * 1000, "ms", **context)
    begun = perf_counter()
    for one in all_cases:
        engine.rank(view, replace(one.case, papers=frozenset()), 50, why=False)
    figure(
        "differential, a case, findings seen before", (perf_counter() - begun) / len(all_cases) * 1000, "ms", **context
    )
    case = replace(all_cases[0].case, papers=frozenset())
    figure("differential, a case with reasons and questions", median_ms(lambda: engine.rank(view, case), 20), "ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("MEDGRAPH_DATA", "../shared/data")))
    parser.add_argument("--apart", action="store_true", help="The half of the vignettes that was kept apart.")
    parser.add_argument("--only", choices=("cases", "hpo3", "simulated", "names", "vignettes", "speed"))
    asked = parser.parse_args()
    folder = asked.data / "diagnosis" / "phenopackets_dev"
    view = GraphView(SqliteStore(asked.home / "graph.sqlite"), frozenset({"public"}))
    engine = Differential(Kept(asked.home / "differential"))
    parts: dict[str, Callable[[], None]] = {
        "cases": lambda: cases(view, engine, folder),
        "hpo3": lambda: hpo3(view, engine, folder),
        "simulated": lambda: simulated(view, engine),
        "names": lambda: other_names(view, engine, folder),
        "vignettes": lambda: vignettes(view, engine, apart=asked.apart),
        "speed": lambda: speed(view, folder, asked.home),
    }
    for name, part in parts.items():
        if asked.only in (None, name):
            part()


if __name__ == "__main__":
    main()
