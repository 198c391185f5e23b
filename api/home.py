"""The folder of all state, and the secret of patients' pseudonyms in it."""

from __future__ import annotations

from pathlib import Path

from api.audit.trail import Trail
from api.errors import HomeCorrupt, HomeFull, HomeUnavailable
from api.settings import Settings
from storage.sqlite import Errors, translated

ERRORS = Errors(full=HomeFull, unavailable=HomeUnavailable, corrupt=HomeCorrupt)
"""What may befall a file of the home that is no room's own."""


def home(settings: Settings) -> Path:
    """MEDGRAPH_HOME, made if absent, readable by its owner alone. Raises HomeUnavailable, HomeFull."""
    try:
        with translated(settings.home, ERRORS):
            settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (HomeUnavailable, HomeFull) as error:
        raise type(error)(f"{error} (MEDGRAPH_HOME)") from error
    return settings.home


def failures_file(settings: Settings, job: str) -> Path:
    """Where what the last such job could not read stands, if it is more than is printed: `load`, `ingest`, `tag`."""
    return settings.home / "failures" / f"{job}.tsv"


def has_salt(settings: Settings) -> bool:
    """Whether a patient's record was ever read here."""
    from ingest.sources.fhir.deidentify import SALT

    return (settings.home / SALT).exists()


def open_salt(settings: Settings) -> bytes:
    """The salt kept under MEDGRAPH_HOME. Raises HomeUnavailable, HomeFull, HomeCorrupt."""
    from ingest.sources.fhir.deidentify import SALT, kept_salt

    folder = home(settings)
    with translated(folder / SALT, ERRORS):
        try:
            return kept_salt(folder)
        except ValueError as error:
            raise HomeCorrupt(str(error)) from None


def open_trail(settings: Settings) -> Trail | None:
    """The trail under MEDGRAPH_HOME; nothing is opened or made before its first line."""
    if not settings.audit:
        return None
    return Trail(settings.home / "audit", settings.audit_key_path, rotated=settings.audit_size)
