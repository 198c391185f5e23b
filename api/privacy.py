"""Whether others on this machine may read what medgraph keeps, and what mends that."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from api.settings import Settings
from storage.private import OTHERS

_JARS = ("neo4j", "lib")
"""Where the home may hold Neo4j's own program, which is no secret."""


def exposed(settings: Settings) -> list[Path]:
    """The files and folders that are not their owner's alone: the home, all in it, and a graph that lies elsewhere."""
    places = [settings.home, *_below(settings.home, settings.home.joinpath(*_JARS))]
    if settings.graph_url.startswith("sqlite:") and settings.home not in settings.graph_path.parents:
        places += [Path(f"{settings.graph_path}{end}") for end in ("", "-wal", "-shm")]
    return [place for place in places if _open(place)]


def mending(settings: Settings, open_places: list[Path]) -> str:
    """The command that makes these the owner's alone."""
    inside = [place for place in open_places if place == settings.home or settings.home in place.parents]
    outside = [place for place in open_places if place not in inside]
    return shlex.join(["chmod", "-R", "go-rwx", *map(str, [settings.home] * bool(inside) + outside)])


def _below(folder: Path, jars: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = [name for name in folders if here / name != jars]
        yield from (here / name for name in (*folders, *files))


def _open(place: Path) -> bool:
    try:
        return not place.is_symlink() and bool(place.stat().st_mode & OTHERS)
    except OSError:
        return False
