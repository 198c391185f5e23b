from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.reading.linking.candidates import STRICT, Candidate, Question
from ingest.reading.linking.choose import FEATURES, SURE, Facts, Model, certainty, features
from ingest.reading.linking.lexicon import CAPITALS, DESCRIPTOR, ONTOLOGY, PREFERRED

FACTS = Facts(
    ids=["MESH:D1", "OMIM:2", "MESH:D3|MESH:D4"],
    trees=["C", "C", "dD"],
    depths=[2, 9, 4],
    uses=[32, 0, 16],
    taught_uses=[3, 1, 0],
    withdrawn={2},
)
ASKED = Question(
    "ABC", "d", ("abc",),
    (
        Candidate(0, keys=STRICT, flags=PREFERRED | DESCRIPTOR | CAPITALS, taught=3),
        Candidate(1, dice=0.5, of_surface=0.4, of_name=1.0),
        Candidate(2, keys=STRICT, flags=DESCRIPTOR | ONTOLOGY, taught=1, short=2),
    ),
)  # fmt: skip


def column(name: str) -> list[float]:
    rows: list[float] = features(ASKED, FACTS, {1})[:, FEATURES.index(name)].tolist()
    return rows


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("strict preferred", [1, 0, 0]),
        ("strict synonym", [0, 0, 1]),
        ("of name", [0, 1, 0]),
        ("taught share", [3 / 5, 0, 1 / 5]),
        ("taught other", [np.log1p(1), np.log1p(4), np.log1p(3)]),
        ("short share", [0, 0, 2 / 4]),
        ("uses", [2, 0, 1]),
        ("disease tree", [1, 1, 0]),
        ("omim", [0, 1, 0]),
        ("elsewhere", [0, 1, 0]),
        ("capitals agree", [1, 0, 0]),
        ("small strict", [1, 0, 1]),
        ("same name alone", [0, 0, 0]),
        ("withdrawn", [0, 0, 1]),
        ("several", [0, 0, 1]),
        ("omim used", [0, 1, 0]),
        ("strict of many", [0.5, 0, 0.5]),
        ("dice share", [0, 1, 0]),
        ("head", [0, 1, 0]),
        ("agreed", [0, 0, 1]),
    ],
)
def test_a_column_says_what_it_is_called(name: str, values: list[float]) -> None:
    assert column(name) == pytest.approx(values)


def test_a_question_without_candidates_has_no_row_and_no_choice() -> None:
    empty = Question("x", "d", ("x",), ())
    rows = features(empty, FACTS, set())
    assert rows.shape == (0, len(FEATURES))
    assert model().choose(empty, rows) is None


def model() -> Model:
    ranking = np.zeros(len(FEATURES))
    ranking[FEATURES.index("taught")] = 1.0
    sure = np.zeros(len(SURE) + 1)
    sure[0] = 2.0
    return Model({"d": ranking}, {"d": sure}, 0.5, 0.8)


def test_the_best_candidate_has_its_share_and_the_second_s(tmp_path: Path) -> None:
    rows = features(ASKED, FACTS, set())
    choice = model().choose(ASKED, rows)
    assert choice is not None
    shares = np.array([4, 1, 2]) / 7  # exp(log1p(taught))
    assert [choice.concept, choice.probability, choice.second] == pytest.approx([0, shares[0], 2 / 7])
    assert model().sure(ASKED, choice, expanded=False) == pytest.approx(1 / (1 + np.exp(-2)))
    row = certainty(ASKED, choice, expanded=True)
    assert row.shape == (len(SURE) + 1,)
    assert row[1 + SURE.index("expanded")] == 1
    assert row[1 + SURE.index("strict")] == 1
    model().save(tmp_path / "model.json")
    again = Model.load(tmp_path / "model.json").choose(ASKED, rows)
    assert again == choice


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    model().save(tmp_path / "model.json")
    text = (tmp_path / "model.json").read_text().replace("strict synonym", "strict cinnamon")
    (tmp_path / "model.json").write_text(text)
    with pytest.raises(ValueError, match="other features"):
        Model.load(tmp_path / "model.json")
