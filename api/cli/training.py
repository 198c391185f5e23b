"""What the commands that train have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ingest.model import Document

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

base_option = click.option(
    "--base", required=True, metavar="MODEL", help="The encoder to start from: a folder, or a Hugging Face id."
)
out_option = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where to write."
)
seed_option = click.option("--seed", default=1, show_default=True)
minutes_option = click.option(
    "--minutes",
    type=click.FloatRange(0, min_open=True),
    default=float("inf"),
    help="At most so long; the learning rate falls with the time then.",
)
start_option = click.option(
    "--from", "start", type=_FILE, help="Go on from the weights.safetensors of an earlier training."
)
mean_option = click.option(
    "--mean-with", type=_FILE, help="Ship the mean of these weights.safetensors of an earlier training and the new."
)
share_option = click.option(
    "--share",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Of the new weights in that mean.",
)


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
