"""The values of a JSON file that is not held, one after another; what breaks one off is a MalformedFile.

The messages of the parser quote the file, so none of them is passed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile
from ingest.sources.files.nesting import Readable, Shallow


def items_of(
    file: Readable, path: Path, prefix: str, *, several: bool = False, use_float: bool = False
) -> Iterator[Any]:
    """The values at `prefix`, in the words of ijson; `several` allows one value of JSON behind another.

    Numbers that are not whole are Decimals unless `use_float`. Raises MalformedFile, as what `Shallow` refuses does.
    """
    import ijson

    with _refusing(path):
        yield from ijson.items(Shallow(file, path, prefix), prefix, multiple_values=several, use_float=use_float)


def members_of(file: Readable, path: Path) -> Iterator[tuple[str, Any]]:
    """The keys and values of the object that a file is. Raises MalformedFile."""
    import ijson

    with _refusing(path):
        yield from ijson.kvitems(Shallow(file, path, "*"), "")


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    import ijson

    try:
        yield
    except ijson.JSONError:
        raise MalformedFile(str(path), "", "the JSON is broken or cut off") from None
    except UnicodeDecodeError:  # half of a surrogate pair, written as an escape, is met here too
        raise MalformedFile(str(path), "", "the JSON is not UTF-8") from None
    except ArithmeticError:
        raise MalformedFile(str(path), "", "the JSON has a number of too large an exponent") from None
