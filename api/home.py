"""The folder of all state, and the secret of patients' pseudonyms in it."""

from __future__ import annotations

from pathlib import Path

from api.audit.trail import Trail
from api.errors import HomeUnavailable
from api.settings import Settings


def home(settings: Settings) -> Path:
    """MEDGRAPH_HOME, made if absent, readable by its owner alone. Raises HomeUnavailable."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnavailable(f"cannot make the folder {settings.home} (MEDGRAPH_HOME): {error.strerror}") from error
    return settings.home


def failures_file(settings: Settings, job: str) -> Path:
    """Where what the last such job could not read stands, if it is more than is printed: `load`, `ingest`, `tag`."""
    return settings.home / "failures" / f"{job}.tsv"


def open_salt(settings: Settings) -> bytes:
    """The salt kept under MEDGRAPH_HOME. Raises HomeUnavailable."""
    from ingest.sources.fhir.deidentify import kept_salt

    try:
        return kept_salt(home(settings))
    except OSError as error:
        raise HomeUnavailable(f"cannot keep a salt in {settings.home} (MEDGRAPH_HOME): {error.strerror}") from error
    except ValueError as error:
        raise HomeUnavailable(f"the salt in {settings.home} (MEDGRAPH_HOME) is damaged: {error}") from None


def open_trail(settings: Settings) -> Trail | None:
    """The trail under MEDGRAPH_HOME; nothing is opened or made before its first line."""
    if not settings.audit:
        return None
    return Trail(settings.home / "audit", settings.audit_key_path, rotated=settings.audit_size)
