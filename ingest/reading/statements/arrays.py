"""Arrays that stand beside the weights of a reader of statements, in one file."""

from __future__ import annotations

import io
import struct
import tokenize
import zlib
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

# What numpy and zipfile raise of a file that is cut or changed.
_BROKEN = (
    KeyError, IndexError, EOFError, TypeError, ValueError, AttributeError, SyntaxError, MemoryError, OverflowError,
    RuntimeError, BadZipFile, zlib.error, struct.error, tokenize.TokenError,
)  # fmt: skip


def stored(path: Path) -> tuple[dict[str, NDArray[np.float32]], str]:
    """The arrays of an npz file by their names, and eight hex digits that tell the file from others.

    Raises OSError, and ValueError where it is none.
    """
    content = path.read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: np.asarray(file[name]) for name in file.files}
    except _BROKEN as error:
        raise ValueError(f"{path} holds no arrays: {error}") from error
    return arrays, blake2b(content, digest_size=4).hexdigest()
