"""The errors of retrieval.

RetrievalError
├── EncoderUnavailable      the model cannot be loaded (the message says what to install or where to put it)
├── EncoderMismatch         the index holds vectors of another encoder or dimension
├── IndexCorrupt            the saved index or the passage file is damaged, or of another version
├── AcceleratorUnavailable  the GPU that is asked for cannot be used
├── StorageFull             no space is left; what was saved before is intact
└── StorageUnavailable      the file cannot be opened, or is locked for too long
"""

from __future__ import annotations


class RetrievalError(Exception):
    """Any failure of retrieval."""


class EncoderUnavailable(RetrievalError):
    """The model cannot be loaded."""


class EncoderMismatch(RetrievalError):
    """The index holds vectors of another encoder or dimension."""


class IndexCorrupt(RetrievalError):
    """The saved index or the passage file is damaged, or was written by another version."""


class AcceleratorUnavailable(RetrievalError):
    """The GPU that is asked for cannot be used."""


class StorageFull(RetrievalError):
    """No space is left; what was saved before is intact."""


class StorageUnavailable(RetrievalError):
    """The file cannot be opened, or is locked for too long."""
