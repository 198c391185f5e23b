"""A file that is there whole or not at all: written beside its place, then put there in one step."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ingest.errors import OutputFull, OutputUnavailable
from storage.private import as_asked

_FULL = (28, 122, 27)  # ENOSPC, EDQUOT, EFBIG


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """An open file that takes its name at the end; packed where the name ends in `.gz`.

    Raises OutputFull, and OutputUnavailable where it cannot be written. What stood there before stays until then.
    """
    part = path.with_name(path.name + ".part")
    try:
        opened = gzip.open if path.name.endswith(".gz") else open
        with as_asked():
            file = opened(part, "wt", encoding="utf-8", newline="")
        with file:
            yield file
        with open(part, "rb") as written:
            os.fsync(written.fileno())
        os.replace(part, path)
    except OSError as error:
        if error.errno in _FULL:
            raise OutputFull(f"{path}: no space left") from error
        raise OutputUnavailable(f"{path}: {error.strerror or 'cannot be written'}") from error
    finally:
        part.unlink(missing_ok=True)
