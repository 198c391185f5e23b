"""How well and how fast relations are found between gold mentions, on the dev sets of BC5CDR, BioRED and PHEE.

    python benchmarks/relations.py --data ../shared/data/ner [--model models/relations-en]

Document-level: a pair of entities counts once a document. What the reader denies is not counted as found. `facts` are
the findings that are firm enough for the graph. The patterns stand beside the network for comparison.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from report import figure, median_ms

from ingest.reading.relations import labels
from ingest.reading.relations.calibration import confidences
from ingest.reading.relations.model import Finding, Relator
from ingest.reading.relations.onnx_relator import OnnxRelator
from ingest.reading.relations.patterns import Patterns
from training.relations.corpora import Example, corpora
from training.relations.export import answered, right_type
from training.relations.score import answers, calibration_error

ROOT = Path(__file__).resolve().parents[1]
Triple = tuple[str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with bc5cdr, biored and phee")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "relations-en")
    given = parser.parse_args()
    dev = corpora(given.data)[2]
    relator = OnnxRelator(given.model)
    for corpus in ("bc5cdr", "biored", "phee"):
        examples = [example for example in dev if example.corpus == corpus]
        quality(corpus, examples, relator, "network")
        quality(corpus, examples, Patterns(), "patterns")
        if corpus != "phee":
            speed(corpus, examples, relator)
    honesty(relator, given.model, dev)


def quality(corpus: str, examples: Sequence[Example], relator: Relator, name: str) -> None:
    found = [[f for f in relator.find(e.text, e.mentions, "en") if f.polarity == "affirmed"] for e in examples]
    told = {"data": f"{corpus} dev, gold mentions", "documents": len(examples), "by": name}
    asked = {
        "bc5cdr": {"CID": lambda f: f.label == "CID" or (name == "patterns" and f.predicate == "causes")},
        "biored": {"pairs": lambda f: f.label in labels.BIORED or name == "patterns"},
        "phee": {
            "ADE": lambda f: (
                f.label == "ADE" or (name == "patterns" and f.predicate in ("causes", "has_adverse_effect"))
            ),
            "treats": lambda f: f.predicate == "treats" and f.label == "treats",
        },
    }[corpus]
    everything: set[tuple[int, Triple]] = set()
    wanted: set[tuple[int, Triple]] = set()
    for label, fits in asked.items():
        gold = {(at, triple(a, b, label)) for at, e in enumerate(examples) for a, b, kind in e.gold
                if label == "pairs" or kind == label}  # fmt: skip
        everything |= scored(f"relations_{label}_f1", found, fits, gold, told, partial(_always, label))
        wanted |= gold
        firm = [[f for f in inside if f.firm] for inside in found]
        scored(f"relations_{label}_facts", firm, fits, gold, told, partial(_always, label))
    if corpus == "phee":
        show("relations_phee_f1", everything, wanted, told)
    if corpus == "biored" and name == "network":
        gold = {(at, triple(a, b, kind)) for at, e in enumerate(examples) for a, b, kind in e.gold}
        fits = asked["pairs"]
        scored("relations_typed_f1", found, fits, gold, told, lambda f: f.label)
        scored("relations_typed_facts", [[f for f in i if f.firm] for i in found], fits, gold, told, lambda f: f.label)


def triple(first: str, second: str, label: str) -> Triple:
    """Without a direction: neither corpus gives one beyond the types of the two."""
    return (min(first, second), max(first, second), label)


def scored(
    name: str,
    found: Iterable[Sequence[Finding]],
    fits: Callable[[Finding], bool],
    gold: set[tuple[int, Triple]],
    told: dict[str, object],
    label: Callable[[Finding], str],
) -> set[tuple[int, Triple]]:
    said = {(at, triple(f.subject, f.object, label(f))) for at, i in enumerate(found) for f in i if fits(f)}
    show(name, said, gold, told)
    return said


def _always(label: str, _: Finding) -> str:
    return label


def show(name: str, said: set[tuple[int, Triple]], gold: set[tuple[int, Triple]], told: dict[str, object]) -> None:
    right = len(said & gold)
    precision, recall = right / max(1, len(said)), right / max(1, len(gold))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    figure(name, 100 * f1, "% F1", precision=round(100 * precision, 2), recall=round(100 * recall, 2),
           found=len(said), gold=len(gold), **told)  # fmt: skip


def speed(corpus: str, examples: Sequence[Example], relator: Relator) -> None:
    began = time.perf_counter()
    for example in examples:
        relator.find(example.text, example.mentions, "en")
    seconds = time.perf_counter() - began
    typical = sorted(examples, key=lambda e: len(e.text))[len(examples) // 2]
    middle = median_ms(lambda: relator.find(typical.text, typical.mentions, "en"), runs=30)
    figure("relations_ms_a_document", 1000 * seconds / len(examples), "ms", data=f"{corpus} dev", threads=1,
           of_the_median_length=round(middle, 2))  # fmt: skip


def honesty(relator: OnnxRelator, folder: Path, dev: Sequence[Example]) -> None:
    """The expected calibration error of what is said of every pair, ten bins.

    The confidences were fitted on these pairs too; figures.json of the model has the error where they were not.
    """
    asked = answered(relator, dev, folder, relator.trees)
    for name, corpus in (("CID", "bc5cdr"), ("related", "biored"), ("ADE", "phee"), ("treats", "phee")):
        own = [a for a in asked if a.example.corpus == corpus]
        known = [a.target[:, labels.QUESTIONS[name]] >= 0 for a in own]
        said = [
            confidences(a.logits, relator.readings, relator.sharpness)[name][k] for a, k in zip(own, known, strict=True)
        ]
        right = right_type(own)[1] if name == "related" else answers(own, corpus, labels.QUESTIONS[name])[1]
        what = "related by its type" if name == "related" else name
        figure("relations_calibration_error", calibration_error(np.concatenate(said), right), "ECE",
               of=what, bins=10, data=f"{corpus} dev", pairs=len(right))  # fmt: skip


if __name__ == "__main__":
    main()
