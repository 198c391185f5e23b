"""How a file of FHIR is laid out: a resource a line, or one value such as a bundle; and what heads a bundle."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile
from ingest.sources.fhir.identity import server_of
from ingest.sources.fhir.resource import Resource
from ingest.sources.files.files import open_bytes
from ingest.sources.files.streamed import items_of
from ingest.sources.records import Wrong, writable

_HEAD = 1 << 16
_LINKS = 100
"""A bundle links to itself, and to the pages beside it: no more of its links are looked at."""
_KIND = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]+)"')


def of_lines(path: Path) -> bool:
    """Whether each line is a resource: the first line is a JSON value, or is longer than 64 KiB.

    One bundle on one line is a bundle; several, such as the `deleted` files of an export, are lines. A first line that
    is broken does not take the others with it: they are lines where one of them is a resource.
    """
    with open_bytes(path) as file:
        try:
            head = file.read(_HEAD)
        except MalformedFile:
            return False
    first, newline, rest = head.lstrip().partition(b"\n")
    kind = _KIND.search(head)
    if kind and kind[1] == b"Bundle" and not rest.strip():
        return False
    if not newline:
        return len(head) == _HEAD
    if _value(first) is not None:
        return True
    # A list, too, may have a resource on its last line.
    return not first.startswith(b"[") and any(_is_resource(line) for line in rest.split(b"\n"))


def head_of(bundle: Resource) -> tuple[str, str]:
    """The type of a bundle, and the server that its link to itself names."""
    links = bundle.get("link")
    ours = (one for one in links if isinstance(one, dict)) if isinstance(links, list) else ()
    servers = [server_of(one.get("url")) for one in ours if one.get("relation") in ("self", "first", "next", "last")]
    return str(bundle.get("type", "")), next(filter(None, servers), "")


def head_in(path: Path) -> tuple[str, str]:
    """The same of a bundle that is not held: both may stand behind its entries. Raises as its reading does."""
    with open_bytes(path) as file:
        links = list(islice(items_of(file, path, "link.item", several=True), _LINKS))
    with open_bytes(path) as file:
        kind = next(iter(items_of(file, path, "type", several=True)), "")
    return head_of({"link": links, "type": kind})


def of_line(line: str) -> Any:
    """The value that a line of an export is, its numbers Decimals. Raises Wrong."""
    try:
        value = json.loads(line, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):  # an exponent may be too large
        raise Wrong("not JSON") from None
    return writable(value) if "\\ud" in line.lower() else value


def _value(line: bytes) -> tuple[Any] | None:
    """The value that a line is; None where it is none."""
    try:
        return (json.loads(line),)
    except (ValueError, RecursionError):
        return None


def _is_resource(line: bytes) -> bool:
    value = _value(line) if line.lstrip().startswith(b"{") else None
    return value is not None and isinstance(value[0], dict) and "resourceType" in value[0]
