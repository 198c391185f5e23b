"""Matrices kept for what the graph states now of diseases: in memory, and where a folder is given on disk, so that a
process need not read the whole graph again.

A matrix is never changed: of another version of what it is made of, or for other labels, another is made, and takes
its place in one step. What is stated by other predicates, as by most documents, makes none anew. On disk it is an
archive of numpy's, without anything that could be run, under a name that is a hash of version and labels; it holds ids,
names and numbers, never a text, and nothing of a patient.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import time
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from graph.view import GraphView
from qa.differential.matrix import Matrix, build
from qa.differential.profiles import READ, Profiles, read
from storage import deadline

FORM = 7
"""Of the archives; another number is another form, and read anew."""
MOST = 4
"""Matrices kept in memory at most, and on disk."""
_PATIENT = "patient:"
_BROKEN = 3600.0
"""So many seconds old, an archive that is not whole is no longer being written: whoever wrote it was killed."""
_log = logging.getLogger("medgraph.differential")


class Kept:
    """The matrices of one process. `folder` is where they are kept between processes, or None."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._swap = Lock()
        self._making = Lock()
        self._version = ""
        self._kept: dict[str, Matrix] = {}

    def matrix(self, view: GraphView) -> Matrix:
        """The matrix of what `view` shows now; read where it is not kept. Raises what the graph raises."""
        view = _of_everybody(view)
        if (matrix := self._kept.get(_key(view, view.version_of(READ)))) is not None:
            return matrix
        with deadline.turn(self._making):  # Whoever waits here would have to read the same, as it is then.
            version = view.version_of(READ)
            key = _key(view, version)
            if (matrix := self._kept.get(key)) is not None:
                return matrix
            with self._swap:
                if self._version != version:
                    # Of a state that has gone nobody asks again: two at once would take twice the memory.
                    self._version, self._kept = version, {}
            profiles = self._from_disk(key)
            if profiles is None:
                profiles = read(view)
                self._to_disk(key, profiles)
            matrix = build(profiles)
            with self._swap:
                self._kept = dict([*self._kept.items()][-MOST + 1 :]) | {key: matrix}
            return matrix

    def open(self, view: GraphView) -> bool:
        """Take the matrix of what `view` shows from the disk, if it is there; whether it is in memory now."""
        view = _of_everybody(view)
        if self._folder is None or not (self._folder / f"{_key(view, view.version_of(READ))}.npz").is_file():
            return False
        self.matrix(view)
        return True

    def _from_disk(self, key: str) -> Profiles | None:
        if self._folder is None:
            return None
        try:
            with (self._folder / f"{key}.npz").open("rb") as file:
                if not zipfile.is_zipfile(file):
                    return None
                file.seek(0)
                with np.load(file, allow_pickle=False) as archive:
                    return Profiles(**{field.name: _thawed(archive[field.name]) for field in fields(Profiles)})
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error):
            return None  # Not there, or damaged: it is read from the graph again.

    def _to_disk(self, key: str, profiles: Profiles) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._written(self._folder, key, profiles)
            kept = sorted(self._folder.glob("*.npz"), key=lambda path: path.stat().st_mtime)
            broken = [path for path in self._folder.glob("*.part") if path.stat().st_mtime < time.time() - _BROKEN]
            for old in (*kept[:-MOST], *broken):
                old.unlink(missing_ok=True)
        except OSError as error:  # A full or read-only disk costs time at the next start, and nothing else.
            _log.warning("%s cannot keep what was read of the graph: %s", self._folder, error.strerror or error)

    def _written(self, folder: Path, key: str, profiles: Profiles) -> None:
        """Put the archive in its place whole, or not at all."""
        descriptor, part = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                np.savez(file, **{field.name: _frozen(getattr(profiles, field.name)) for field in fields(Profiles)})
            os.replace(part, folder / f"{key}.npz")
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise


def _of_everybody(view: GraphView) -> GraphView:
    """Without what is a patient's: what a record says of somebody is nothing that diseases look like."""
    if view.access is None:
        return view
    return GraphView(view.store, frozenset(label for label in view.access if not label.startswith(_PATIENT)))


def _key(view: GraphView, version: str) -> str:
    labels = "*" if view.access is None else "\x1f".join(sorted(view.access))
    return hashlib.blake2b(f"{FORM}\x1e{version}\x1e{labels}".encode(), digest_size=16).hexdigest()


def _frozen(value: Any) -> Any:
    """Words as the bytes of JSON: numpy would give every word the room of the longest."""
    if isinstance(value, Sequence):
        return np.frombuffer(json.dumps(value).encode(), np.uint8)
    return value


def _thawed(value: Any) -> Any:
    if value.dtype != np.uint8:
        return value
    words = json.loads(value.tobytes())
    return tuple(tuple(word) if isinstance(word, list) else word for word in words)
