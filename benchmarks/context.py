"""What is said of mentions: how often it is right, and how long it takes.

    python benchmarks/context.py
    python benchmarks/context.py --data ../shared/data

Without data: the sentences written for the tests, by language and split, and the time of an abstract of 1,500
characters with 15 mentions. With it: the symptoms of the consultations of CMDD's dev part, by the rules alone and with
the trained model.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from time import perf_counter

import numpy as np
from report import figure

from text.context import dialogue
from text.context.judge import RULES, Context
from text.context.rules import judge_by_rule
from training.context import consultations, measured

ROOT = Path(__file__).resolve().parents[1]
FACT = ("affirmed", "certain", "patient")
ABSTRACT = (
    "Patients with asthma were followed for two years and did not develop pneumonia or sepsis. No evidence of fibrosis "
    "was found, but cough persisted in most. The risk of stroke may be increased where hypertension is not treated. "
)
WORDS = ("asthma", "pneumonia", "sepsis", "fibrosis", "cough", "stroke", "hypertension")


def traps() -> None:
    counts: dict[tuple[str, str], list[int]] = {}
    for name, part in (("traps.tsv", "split"), ("more.tsv", "round")):
        path = ROOT / "tests" / "text" / "context" / name
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            start, end = row["sentence"].index("["), row["sentence"].index("]") - 1
            text = row["sentence"].replace("[", "").replace("]", "")
            (judged,) = RULES.judge(text, [(start, end)], row["language"])
            given = (judged.polarity, judged.certainty, judged.experiencer)
            gold = (row["polarity"], row["certainty"], row["experiencer"])
            tally = counts.setdefault((row["language"], row[part]), [0] * 6)
            tally[0] += 1
            tally[1] += given == gold
            tally[2] += gold != FACT
            tally[3] += gold != FACT and given == FACT
            tally[4] += gold[0] == "affirmed"
            tally[5] += gold[0] == "affirmed" and given[0] == "negated"
    for (language, split), (all, right, other, taken, affirmed, denied) in sorted(counts.items()):
        place = {"language": language, "split": split}
        figure("context_exact", 100 * right / all, "%", sentences=all, **place)
        figure("context_false_affirmed", 100 * taken / other, "%", sentences=other, **place)
        figure("context_false_negated", 100 * denied / affirmed, "%", sentences=affirmed, **place)


def speed(rounds: int) -> None:
    text = (ABSTRACT * 6)[:1500]
    found = sorted((at, at + len(word)) for word in WORDS for at in range(len(text)) if text.startswith(word, at))
    spans = found[:: max(1, len(found) // 15)][:15]
    RULES.judge(text, spans, "en")
    best = min(_seconds(text, spans) for _ in range(rounds))
    figure("context_abstract", 1000 * best, "ms", characters=len(text), mentions=len(spans))


def _seconds(text: str, spans: list[tuple[int, int]]) -> float:
    begun = perf_counter()
    RULES.judge(text, spans, "en")
    return perf_counter() - begun


def consulted(path: Path) -> None:
    context = Context(dialogue.opened(ROOT / "models" / "context" / "weights.npz"))
    gold: list[int] = []
    ruled: list[int] = []
    learned: list[int] = []
    for one in consultations(path):
        gold += one.statuses
        for found, judged in (
            (ruled, judge_by_rule(one.text, one.spans, "zh")),
            (learned, context.judge(one.text, one.spans, "zh")),
        ):
            found += [dialogue.STATUSES.index(dialogue.by_rule(judgement)) for judgement in judged]
    truth = np.array(gold)
    for name, given in (("majority", [0] * len(gold)), ("rules", ruled), ("model", learned)):
        for key, value in measured(np.array(given), truth).items():
            figure(f"dialogue_{key}", 100 * value, "%", by=name, symptoms=len(gold))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of corpora, with dialogue/CMDD in it")
    parser.add_argument("--rounds", type=int, default=200)
    arguments = parser.parse_args()
    traps()
    speed(arguments.rounds)
    if arguments.data is not None:
        consulted(arguments.data / "dialogue" / "CMDD" / "dev.jsonl.gz")


if __name__ == "__main__":
    main()
