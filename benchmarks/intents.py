"""Which topic questions go to: by the rules, and by the router that was trained.

    python benchmarks/intents.py QUESTIONS.jsonl [WEIGHTS]

QUESTIONS.jsonl as `benchmarks/questions/intents/`. With MEDGRAPH_HOME set, names are those that its graph reads; else
those that the file gives. Prints a line of JSON for each way and language, one for each topic, and the confusions.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qa.asked.learnt import Learnt, opened
from qa.asked.router import Router
from qa.asked.topics import TOPICS
from qa.asked.understand import understand
from qa.model import Question
from qa.plans.order import PLANS, rules
from retrieval.opening import encoder_of
from training.questions.written import Asked, written

HOUSE = Path(__file__).resolve().parent.parent


def main(questions: Path, weights: Path) -> None:
    asked = list(written(questions))
    ruled = rules(PLANS)
    encoder = encoder_of(HOUSE / "models", "bge-small-en-medical")
    model = Learnt(opened(weights), encoder, ruled, frozenset(TOPICS))
    if os.environ.get("MEDGRAPH_HOME"):
        asked = as_read(asked, ruled)
    ways = {"rules": [ruled.intents(one.text, one.entities) for one in asked]}
    ways["learnt"] = [model.intents(one.text, one.entities) for one in asked]
    for way, read in ways.items():
        for language in ("en", "zh", ""):
            chosen = [at for at, one in enumerate(asked) if language in ("", one.language)]
            right = sum(read[at][0] in asked[at].topics for at in chosen)
            near = sum(bool(set(read[at]) & set(asked[at].topics)) for at in chosen)
            close = sum(len(read[at]) > 1 for at in chosen)
            told = {"way": way, "language": language or "both", "questions": len(chosen)}
            share = {"right": right, "first_or_second": near, "with_second": close}
            print(json.dumps(told | {name: round(count / max(len(chosen), 1), 3) for name, count in share.items()}))
    confused(asked, [each[0] for each in ways["learnt"]])


def as_read(asked: Sequence[Asked], router: Router) -> list[Asked]:
    """The same with the names that a graph reads."""
    from api.settings import Settings
    from api.wiring import Parts
    from graph.model import PUBLIC
    from graph.view import GraphView

    with Parts(Settings.read()) as parts:
        view = GraphView(parts.graph(), PUBLIC)
        return [
            replace(one, entities=understand(Question(one.text), view, router, parts.reader).entities) for one in asked
        ]


def confused(asked: Sequence[Asked], read: Sequence[str]) -> None:
    """For each topic how many questions are about it, how many went to it, and to which others."""
    for topic in TOPICS:
        about = [at for at, one in enumerate(asked) if one.topics[0] == topic]
        others = Counter(read[at] for at in about if read[at] not in asked[at].topics)
        went = sum(intent == topic for intent in read)
        print(json.dumps({"topic": topic, "questions": len(about), "went": went, "confused_with": dict(others)}))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    shipped = HOUSE / "models" / "questions" / "weights.npz"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else shipped)
