"""Uploads on disk: a folder a job, a file an upload, under names of ours."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from api.errors import BadUpload, HomeUnavailable
from ingest.model import Failure

# What of a client's file name a reader may need: what its content does not say.
_SUFFIX = re.compile(
    r"(\.(?:xml|nxml|jsonl|ndjson|json|txt|text|md|markdown|html?|xhtml|pdf|docx|pubtator|bioc))?(\.gz)?$",
    re.IGNORECASE,
)

UPLOADS = "uploads"
"""The folder in the home."""


class Uploads:
    """The folder of uploads."""

    def __init__(self, folder: Path) -> None:
        """Make it if it is absent. Raise HomeUnavailable."""
        self._folder = folder
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise HomeUnavailable(f"cannot use {folder}: {error.strerror}") from error

    def clear(self, jobs: Collection[str]) -> None:
        """Remove those of no job in `jobs`: they broke off before their job was in the table, or their job ended as
        the server was killed. Raise HomeUnavailable."""
        try:
            for left in self._folder.iterdir():
                if not left.is_dir():
                    left.unlink()  # of a file system on which a file in the making has a name
                elif left.name not in jobs:
                    shutil.rmtree(left)
        except OSError as error:
            raise HomeUnavailable(f"cannot use {self._folder}: {error.strerror}") from error

    def keep(self, job: str, uploads: Iterable[tuple[str, BinaryIO]]) -> list[str]:
        """Write uploads (name, content) down and return their names.

        Raises BadUpload where there is none or all are empty, and what a full disk raises; then nothing is kept.
        """
        folder = self._folder / job
        names: list[str] = []
        try:
            folder.mkdir(mode=0o700)
            for name, content in uploads:
                with (folder / stored_name(len(names), name)).open("xb") as file:
                    shutil.copyfileobj(content, file, 1 << 20)
                names.append(name)
            if not names or not any(path.stat().st_size for path in folder.iterdir()):
                raise BadUpload("no file in the upload, or nothing in its files")
        except BaseException:
            self.remove(job)
            raise
        return names

    def size(self, job: str) -> int:
        """How many bytes the uploads of a job take."""
        return sum(path.stat().st_size for path in (self._folder / job).iterdir())

    def paths(self, job: str, names: Sequence[str]) -> dict[str, str]:
        """Where the uploads of a job lie, each path with the name that the client gave."""
        return {str(self._folder / job / stored_name(number, name)): name for number, name in enumerate(names)}

    def remove(self, job: str) -> None:
        """Remove the uploads of a job, if there are any."""
        shutil.rmtree(self._folder / job, ignore_errors=True)


def stored_name(number: int, name: str) -> str:
    """The name of an upload on disk: its number, and of the client's name no more than a suffix that readers know."""
    suffix = _SUFFIX.search(name)
    return f"{number:04}{suffix[0].lower() if suffix else ''}"


def in_words_of_the_client(failure: Failure, names: dict[str, str]) -> Failure:
    """A failure with the client's own file names for `paths`: paths of the server are nobody's business."""
    reason = failure.reason
    for path, name in names.items():
        reason = reason.replace(path, name)
    return Failure(names.get(failure.file, failure.file), failure.record, reason)
