"""A secret in a file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.secret import BYTES, kept_secret


def test_all_who_ask_at_once_get_the_same_secret(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: kept_secret(path), range(32)))
    assert len(made) == 1
    assert len(made.pop()) == BYTES
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in path.parent.iterdir()] == ["secret"]


@pytest.mark.parametrize("content", ["", "abc", "zz" * BYTES, "ab" * (BYTES - 1)])
def test_a_damaged_secret_is_told_and_not_shown(content: str, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(content)
    with pytest.raises(ValueError, match="does not hold 64 hexadecimal digits") as raised:
        kept_secret(path)
    assert content not in str(raised.value) or not content
