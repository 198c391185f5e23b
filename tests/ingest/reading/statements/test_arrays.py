"""Files of arrays that are cut or changed are refused in one way, whatever numpy makes of them."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from ingest.reading.statements.arrays import stored


def test_a_file_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.npz"
    np.savez_compressed(path, one=np.arange(50, dtype=np.float32), two=np.ones((3, 3), np.float32))
    arrays, digest = stored(path)
    assert arrays["one"].tolist() == list(range(50))
    assert len(digest) == 8
    content = path.read_bytes()
    rng = random.Random(3)
    refused = 0
    for _ in range(400):
        broken = bytearray(content)
        for _ in range(rng.randint(1, 4)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        path.write_bytes(bytes(broken[: rng.randint(len(broken) // 2, len(broken))]))
        try:
            stored(path)
        except ValueError:
            refused += 1
    assert refused > 200


def test_what_is_not_there_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        stored(tmp_path / "none.npz")
