"""How many emergencies are seen, and how many look-alikes are taken for one: the figures, or the weights fitted anew.

    python benchmarks/emergencies.py                                      # the set of questions
    python benchmarks/emergencies.py --fit                                # cross validation, then writes the weights

The set (`questions/emergencies.jsonl`) was written by people who had seen neither code nor tables; the weights are
fitted to other messages (`questions/emergency_messages.tsv`) and to the plain questions of `questions/train.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from report import figure

from qa.asked.emergency.features import BUCKETS, Features, features
from qa.asked.emergency.verdict import emergency
from qa.asked.emergency.weights import RUN

HERE = Path(__file__).resolve().parent
QUESTIONS = HERE / "questions"
WEIGHTS = HERE.parent / "qa" / "asked" / "emergency" / "weights.tsv"
STRENGTH = 1.0
"""The inverse of the penalty on large weights, chosen by cross validation."""
_A_LINE = 128


def measure(path: Path) -> None:
    """Print recall and false alarms, in all, by language and by group."""
    asked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    emergency("warm")
    began = time.process_time()
    told = [emergency(one["question"]) is not None for one in asked]
    seconds = time.process_time() - began
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one, seen in zip(asked, told, strict=True):
        name = "emergencies recall" if one["emergency"] else "emergencies false alarms"
        for part in ("all", one["language"], one["group"]):
            counts[name, part][0] += int(seen)
            counts[name, part][1] += 1
    for (name, part), (yes, of) in sorted(counts.items()):
        figure(name, yes / of, "share", of=part, questions=of, seen=yes, data=path.name)
    figure("emergencies time a question", 1000 * seconds / len(asked), "ms", data=path.name)


def messages() -> tuple[list[str], list[int]]:
    """What the weights are fitted to, and whether each is an emergency."""
    lines = (QUESTIONS / "emergency_messages.tsv").read_text(encoding="utf-8").splitlines()
    texts = {text: int(yes) for yes, _, text in (line.split("\t") for line in lines)}
    for line in (QUESTIONS / "train.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        for text in (one["question"], one.get("question_zh", "")):
            if text:
                texts.setdefault(text, 0)
    return list(texts), list(texts.values())


def matrix(these: Sequence[Features], names: dict[str, int]) -> Any:
    """Of features by their columns, the runs behind those with a name."""
    from scipy.sparse import csr_matrix

    row, column, value = [], [], []
    for at, one in enumerate(these):
        known = [names[name] for name in one.named if name in names]
        row += [at] * (len(known) + len(one.buckets))
        column += [*known, *(len(names) + bucket for bucket in one.buckets)]
        value += [1.0] * len(known) + [RUN] * len(one.buckets)
    return csr_matrix((value, (row, column)), shape=(len(these), len(names) + BUCKETS))


def fit() -> None:
    """Cross validate, print its figures, and write the weights fitted to all messages."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    texts, told = messages()
    truth = np.array(told)
    these = [features(text) for text in texts]
    names = {name: at for at, name in enumerate(sorted({name for one in these for name in one.named}))}
    columns = matrix(these, names)
    sure = np.zeros(len(truth))
    for train, test in StratifiedKFold(10, shuffle=True, random_state=1).split(columns, truth):
        model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(columns[train], truth[train])
        sure[test] = model.predict_proba(columns[test])[:, 1]
    for limit in (0.2, 0.3, 0.4, 0.5):
        told_so = {"limit": limit, "messages": len(truth)}
        figure("emergencies cross validation recall", float(np.mean(sure[truth == 1] >= limit)), "share", **told_so)
        figure("emergencies cross validation false alarms", float(np.mean(sure[truth == 0] >= limit)), "share",
               **told_so)  # fmt: skip
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(columns, truth)
    weights = model.coef_[0]
    lines = [f"named\tbias\t{model.intercept_[0]:.3f}"]
    lines += [f"named\t{name}\t{weights[at]:.3f}" for name, at in names.items()]
    runs = [str(round(1000 * weight)) for weight in weights[len(names) :]]
    lines += ["\t".join(("runs", *runs[at : at + _A_LINE])) for at in range(0, len(runs), _A_LINE)]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=QUESTIONS / "emergencies.jsonl", help="the set to measure")
    parser.add_argument("--fit", action="store_true", help="fit the weights and write them")
    asked = parser.parse_args()
    if asked.fit:
        fit()
    else:
        measure(asked.questions)


if __name__ == "__main__":
    main()
