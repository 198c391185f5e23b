"""Data that packages of others carry: found where they are installed and read there. None comes with medgraph."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePath


def files_of(package: str, *patterns: str) -> list[Path]:
    """The files of an installed package whose paths match any of these patterns, sorted; empty where it is not
    installed. Nothing of the package is imported."""
    try:
        held = distribution(package).files or ()
    except PackageNotFoundError:
        return []
    matching = [file for file in held if any(PurePath(file).match(pattern) for pattern in patterns)]
    return sorted(path for file in matching if (path := Path(str(file.locate()))).is_file())
