"""What the commands that train have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.model import Document


def documents_of(paths: tuple[Path, ...]) -> Iterator[Document]:
    """The documents of all files, in any format of `ingest`; what cannot be read is passed over."""
    from api.home import open_salt
    from api.settings import Settings
    from ingest.model import Document
    from ingest.sources.detect import documents
    from ingest.sources.files.files import walk

    for path in walk(list(paths)):
        for record in documents(path, salt=lambda: open_salt(Settings.read())):
            if isinstance(record, Document):
                yield record


def needs_torch() -> Any:
    """The module torch. Raises MissingExtra where it or transformers is not installed."""
    from api.errors import MissingExtra
    from api.extras import install

    try:
        import torch
        import transformers  # noqa: F401  (both are needed, the one pulls in the other late)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs torch and transformers: {install('models')}") from error
    return torch
