"""What is learned of labelled and of judged sentences about how sure a sentence is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ingest.reading.statements import labels, sureness
from ingest.reading.statements.marking import Place
from ingest.reading.statements.reader import OnnxStatements
from ingest.reading.statements.sureness import NAMES, Scene
from training.statements.corpora import Example
from training.statements.sureness import JUDGED, Candidates, candidates, judged, learn, neutral

TEXT = "Sumatriptan treats migraine and may cause flushing."
MENTIONS = [(0, 11, "Drug"), (19, 27, "Disease"), (42, 50, "Phenotype")]
MODEL = Path(__file__).resolve().parents[3] / "models" / "statements-en"


def row(*verdicts: list[object]) -> str:
    return json.dumps(
        {"document": "N:1", "start": 0, "end": len(TEXT), "mentions": MENTIONS, "facts": "none", "judged": verdicts}
    )


def test_judged_findings_are_read_by_their_places(tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text(row([0, "treats", 1, 1], [0, "treats", 2, 0]) + "\n", encoding="utf-8")
    (one,) = judged(path, {"N:1": TEXT})
    assert one.example.text == TEXT
    assert one.verdicts == {(0, "treats", 1): True, (0, "treats", 2): False}
    assert judged(path, {}) == []


def test_what_is_shipped_speaks_of_what_is_asked() -> None:
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        types = [*([told["topic"][1]] if told.get("topic") else []), *(type for *_, type in told["mentions"])]
        for i, predicate, j, right in told["judged"]:
            assert right in (0, 1)
            assert labels.allowed(types[i], types[j], turned=False)[labels.PREDICATES.index(predicate)]


@pytest.mark.model
def test_candidates_are_what_the_network_may_make_facts_of(tmp_path: Path) -> None:
    places = tuple(Place(start, end, type) for start, end, type in MENTIONS)
    example = Example("own:1", "written note", "en", TEXT, places, ((0, "treats", 1, ""),))
    path = tmp_path / "judged.jsonl"
    path.write_text(row([0, "has_adverse_effect", 2, 1]) + "\n", encoding="utf-8")
    known = candidates(OnnxStatements(MODEL), MODEL, [example], judged(path, {"N:1": TEXT}))
    told = [
        (labels.PREDICATES[at], bool(right), bool(was))
        for at, right, was in zip(known.predicates, known.right, known.judged, strict=True)
    ]
    assert ("treats", True, False) in told
    assert [one for one in told if one[2]] == [("has_adverse_effect", True, True)]
    assert len(set(known.groups.tolist())) == 2


def test_trees_learn_what_makes_sure(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    rows = np.zeros((1200, len(NAMES)), np.float32)
    rows[:, NAMES.index("logit")] = generator.normal(1, 1, 1200)
    far = rows[:, NAMES.index("between")] = generator.integers(0, 2, 1200)
    right = generator.random(1200) < np.where(far > 0, 0.3, 0.95)
    known = Candidates(rows, right, np.arange(1200), np.zeros(1200, np.intp), np.zeros(1200, bool))
    sure = learn(known, 0.9, tmp_path)
    assert right[sure > 0].mean() >= 0.9
    assert (sure > 0).sum() > 450
    made = sureness.opened(tmp_path / "sureness.npz")
    between = Scene("A or B for C", (Place(0, 1, "Drug"), Place(5, 6, "Gene"), Place(11, 12, "Disease")),
                    ("Drug", "Gene", "Disease"), ((0, 2),))  # fmt: skip
    beside = Scene("A for C", (Place(0, 1, "Drug"), Place(6, 7, "Disease")), ("Drug", "Disease"), ((0, 1),))
    said = np.full((1, len(labels.PREDICATES)), -np.inf, np.float32)
    said[0, 0] = 1.0
    flags = np.zeros((1, len(labels.FLAGS)), np.float32)
    assert made.logits(beside, said, flags)[0, 0] > made.least[0] > made.logits(between, said, flags)[0, 0]


def test_before_anything_is_learned_nothing_passes(tmp_path: Path) -> None:
    neutral(tmp_path)
    assert np.isposinf(sureness.opened(tmp_path / "sureness.npz").least).all()
