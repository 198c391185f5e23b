"""The salt of pseudonyms: kept in the home that is set, made only when a patient's record is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.errors import HomeCorrupt, HomeUnavailable
from api.home import open_salt
from api.settings import Settings
from api.wiring import Parts


def test_the_salt_is_kept_in_the_home_that_is_set(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "there")
    with Parts(settings) as parts:
        assert not (tmp_path / "there").exists()
        assert parts.salt() == parts.salt() == open_salt(settings)
    assert (tmp_path / "there" / "salt").read_text() == open_salt(settings).hex()


def test_a_damaged_salt_is_told_without_it(tmp_path: Path) -> None:
    (tmp_path / "salt").write_text("abcd")
    with pytest.raises(HomeCorrupt, match=r"salt is damaged") as caught:
        open_salt(Settings(home=tmp_path))
    assert "abcd" not in str(caught.value)
    for content in (b"secret words", b"\xff\xfe\x00 secret", b""):
        (tmp_path / "salt").write_bytes(content)
        with pytest.raises(HomeCorrupt, match=r"salt is damaged") as caught:
            open_salt(Settings(home=tmp_path))
        assert "secret" not in str(caught.value)


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(HomeUnavailable):
        open_salt(Settings(home=tmp_path / "home"))
