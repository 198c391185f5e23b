"""The release of a file whose form has no place for one, by what the file itself says: its comments, then its name."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.sources.files.tables import comments

_KEYS = ("version", "data-version", "release", "date")
# `genes_2031-02-03.tsv`, `genes.20310203.tsv.gz`
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def hinted(path: Path) -> str:
    """The version that a comment at the top states, else the day in the file's name; empty where neither is there.

    The day on which the file was written down is no hint: copying changes it. Raises UnreadableSource.
    """
    stated = comments(path)
    if version := next((stated[key] for key in _KEYS if stated.get(key)), ""):
        return version
    day = _DAY.search(path.name)
    return f"{day[1]}-{day[3]}-{day[4]}" if day else ""
