from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.private import as_asked, private


@pytest.fixture(autouse=True)
def _mask() -> Iterator[None]:
    former = os.umask(0o027)
    yield
    assert os.umask(former) == 0o027


def _made(path: Path) -> int:
    path.write_text("")
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_kept_is_private_and_what_was_asked_for_is_not(tmp_path: Path) -> None:
    with as_asked():
        assert _made(tmp_path / "a") == 0o640
    with private():
        assert _made(tmp_path / "b") == 0o600
        with as_asked():
            assert _made(tmp_path / "c") == 0o640
            with private():
                assert _made(tmp_path / "d") == 0o600
        assert _made(tmp_path / "e") == 0o600
    assert _made(tmp_path / "f") == 0o640


def test_the_mask_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="of ours"), private(), as_asked():
        raise ValueError("of ours")
