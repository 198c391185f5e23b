"""The medications in the files of one bulk export, which come in an order that nobody fixes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableSource
from ingest.model import Failure
from ingest.sources.files.files import lines

_SUFFIX = re.compile(r"\.(?:nd)?json(?:l)?(?:\.gz)?$", re.IGNORECASE)
_IS = re.compile(r'"resourceType"\s*:\s*"Medication"')
_LONG = 1 << 20
"""No medication is longer, in characters: a longer line is a bundle."""


def medications_beside(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """The codes of the medications in the export that a file is of, by identity: in it and in the files beside it."""
    named: dict[str, Mapping[str, Any]] = {}
    for file in sorted(path.parent.iterdir()):
        if _SUFFIX.search(file.name) and file.is_file():
            named.update(_in(file))
    return named


def _in(file: Path) -> dict[str, Mapping[str, Any]]:
    named: dict[str, Mapping[str, Any]] = {}
    try:
        for item in lines(file):
            if isinstance(item, Failure) or len(item[1]) > _LONG or not _IS.search(item[1]):
                continue
            try:
                resource = json.loads(item[1])
            except (ValueError, RecursionError):
                continue
            if isinstance(resource, dict) and resource.get("resourceType") == "Medication":
                named[f"Medication/{resource.get('id')}"] = resource.get("code") or {}
    except (UnreadableSource, OSError):
        return named  # it says so itself, where it is to be read
    return named
