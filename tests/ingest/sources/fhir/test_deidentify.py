from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.sources.fhir.deidentify import kept_salt, pseudonym

SALT = b"0123456789abcdef"


def test_a_pseudonym_depends_on_identifier_and_salt() -> None:
    one = pseudonym("Patient/1", SALT)

    assert re.fullmatch("[0-9a-f]{32}", one)
    assert pseudonym("Patient/1", SALT) == one
    assert len({one, pseudonym("Patient/2", SALT), pseudonym("Patient/1", SALT[::-1])}) == 3


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        pseudonym("Patient/1", b"")


def test_the_salt_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with ThreadPoolExecutor(8) as pool:
        salts = set(pool.map(lambda _: kept_salt(home), range(16)))

    assert len(salts) == 1
    assert len(salts.pop()) == 32
    assert stat.S_IMODE((home / "salt").stat().st_mode) == 0o600
    assert [p.name for p in home.iterdir()] == ["salt"]


def test_a_damaged_salt_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "salt").write_text("abcd")

    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        kept_salt(tmp_path)
    assert (tmp_path / "salt").read_text() == "abcd"
