"""Pseudonyms for patients and for the records of patients.

A pseudonym is a keyed hash (HMAC-SHA-256, RFC 2104) of an identifier: the same identifier gives the same pseudonym
wherever the salt is the same, and nobody without the salt can find the identifier by trying. The salt is a secret that
stays on the machine; where it is lost, old and new documents of one patient no longer meet.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path

from storage.secret import kept_secret

SALT = "salt"
"""The name of its file."""


class Pseudonyms:
    """What patients and the resources about them are called, under one salt. Raises ValueError for one too short, when
    it is first used."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def patient(self, identity: str) -> str:
        """The pseudonym of the patient of this identity."""
        return pseudonym(identity, self._salt)

    def record(self, kind: str, identity: str, where: str) -> str:
        """The key of what a resource of this identity, which stands at `where` in its file, says."""
        return f"{kind}/{pseudonym(identity, self._salt)}"

    def salt(self, patient: str) -> bytes:
        """What marks the days in the record of the patient with this pseudonym."""
        return self._salt


Salt = Callable[[], bytes | Pseudonyms]
"""Gives the salt, or what makes pseudonyms of it; called only where a patient's record is read, so that whoever reads
none keeps no secret."""


def pseudonym(id: str, salt: bytes) -> str:
    """The pseudonym of an identifier: 32 hex digits. Raises ValueError for a salt shorter than 16 bytes."""
    if len(salt) < 16:
        raise ValueError("the salt of pseudonyms has fewer than 16 bytes")
    return hmac.new(salt, id.encode(), hashlib.sha256).hexdigest()[:32]


def kept_salt(home: Path) -> bytes:
    """The salt kept in the folder `home`, made when it is first asked for.

    The file is readable by its owner alone. Two processes that ask at once get the same salt. Raises OSError where the
    folder cannot be written, ValueError where the file is damaged.
    """
    return kept_secret(home / SALT)
