from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.reading.statements.gate import BUCKETS, Gate, Glance, features, opened, scores
from ingest.reading.statements.marking import Place


def glance(text: str, *named: tuple[str, str], topic: str | None = None) -> Glance:
    return Glance(
        text, tuple(Place(text.index(name), text.index(name) + len(name), type) for name, type in named), topic
    )


ASPIRIN = glance("Aspirin treats gout.", ("Aspirin", "Drug"), ("gout", "Disease"))


def test_a_row_holds_each_bucket_once_in_order() -> None:
    row = features(ASPIRIN)
    assert (np.diff(row) > 0).all()
    assert row.min() >= 0
    assert row.max() < BUCKETS


def test_a_mention_counts_by_its_type_and_not_by_its_name() -> None:
    row = features(ASPIRIN)
    other = glance("Zantol treats rheumatoid arthritis.", ("Zantol", "Drug"), ("rheumatoid arthritis", "Disease"))
    assert np.array_equal(row, features(other))
    assert not np.array_equal(row, features(glance("Aspirin treats gout.", ("Aspirin", "Gene"), ("gout", "Disease"))))
    assert not np.array_equal(row, features(Glance(ASPIRIN.text, ASPIRIN.places, "Disease")))


def test_any_text_has_a_row() -> None:
    for text in ("", "\ud800", "阿司匹林治疗痛风。", "# #Drug"):
        assert len(features(Glance(text, ())))


def test_it_opens_where_the_features_outweigh_the_least() -> None:
    table = np.zeros(BUCKETS, np.float32)
    row = features(ASPIRIN)
    table[row] = 1
    (score,) = scores([row], table)
    assert score == pytest.approx(len(row) ** 0.5)
    assert Gate(table, float(score) - 0.1, "").opens(ASPIRIN)
    assert not Gate(table, float(score), "").opens(ASPIRIN)
    assert not Gate(table, float(score) - 0.1, "").opens(Glance("Nothing.", ()))


@pytest.mark.parametrize("kept", [{"weights": np.zeros(4)}, {"weights": np.zeros(BUCKETS)}, {"least": np.zeros(1)}])
def test_a_file_of_something_else_is_refused(tmp_path: Path, kept: dict[str, np.ndarray]) -> None:
    np.savez(tmp_path / "gate.npz", allow_pickle=False, **kept)
    with pytest.raises(ValueError, match="no gate of statements"):
        opened(tmp_path / "gate.npz")
    (tmp_path / "gate.npz").write_bytes(b"PK nothing")
    with pytest.raises(ValueError, match=r"gate|pickle"):
        opened(tmp_path / "gate.npz")
