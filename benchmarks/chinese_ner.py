"""How well and how fast the shipped Chinese recognizer reads the dev parts of cMedQANER and cEHRNER.

    python benchmarks/chinese_ner.py --data ../shared/data/ner

A mention counts where its characters and its type are right (the published convention). Beside each corpus' figure by
its own labels: types, the share of texts whose kind is told aright, and F1 where the recognizer tells the kind itself.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from report import figure, peak_memory

from evaluation.score import score
from ingest.reading.recognition.chinese_recognizer import ChineseRecognizer
from ingest.reading.recognition.recognizer import Span
from training.corpora import Example
from training.recognition.chinese_corpora import labelled

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ("cMedQANER", "cEHRNER")

Mentions = dict[str, set[tuple[int, int, str]]]


def mentions(examples: list[Example], found: list[list[Span]]) -> Mentions:
    """By the id of the text."""
    return {
        one.id: {(span.start, span.end, span.label) for span in spans}
        for one, spans in zip(examples, found, strict=True)
    }


def measure(corpus: str, data: Path, model: Path) -> None:
    """Print the figures of one corpus."""
    examples = labelled(data / corpus / "dev.txt")
    texts = [one.text for one in examples]
    gold = mentions(examples, [list(one.spans) for one in examples])
    characters = sum(map(len, texts))
    context = {"data": f"{corpus} dev", "texts": len(texts), "characters": characters,
               "mentions": sum(map(len, gold.values()))}  # fmt: skip
    forced, free = ChineseRecognizer(model, labels=corpus), ChineseRecognizer(model)
    forced.recognize(texts[:4])
    began = time.perf_counter()
    found = forced.recognize(texts)
    seconds = time.perf_counter() - began
    for name, one in score(gold, mentions(examples, found)).items():
        figure(f"chinese ner F1 {name}", one.f1, "F1", precision=round(one.precision, 4), recall=round(one.recall, 4),
               **context)  # fmt: skip
    own = score(gold, mentions(examples, free.recognize(texts)))["micro"].f1
    figure("chinese ner F1 micro, kind told by itself", own, "F1", **context)
    figure("chinese ner characters a second", characters / seconds, "characters/s", **context)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of cMedQANER and cEHRNER")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "ner-zh")
    given = parser.parse_args()
    began = time.perf_counter()
    ChineseRecognizer(given.model)
    figure("chinese ner load", time.perf_counter() - began, "s")
    for corpus in CORPORA:
        measure(corpus, given.data, given.model)
    figure("chinese ner memory", peak_memory(), "MiB")


if __name__ == "__main__":
    main()
