"""What ties the lines of the trail together: each carries a keyed hash over itself and over the hash before it.

HMAC-SHA-256 (RFC 2104) and not a plain hash, which whoever may write the file could compute anew for every line behind
the one that he changed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

START = "0" * 64
"""What stands for the hash before the first line."""
_SEAL = ',"seal":"'
_LENGTH = 64


def seal(key: bytes, former: str, body: str) -> str:
    """The keyed hash of a line's `body` behind a line of the hash `former`, in hexadecimal."""
    return hmac.new(key, f"{former}\n{body}".encode(), hashlib.sha256).hexdigest()


def line_of(key: bytes, former: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    """A line with its end of line, and its hash. `entry` holds at least one member."""
    body = json.dumps(entry, ensure_ascii=True, separators=(",", ":"))
    sealed = seal(key, former, body)
    return f'{body[:-1]}{_SEAL}{sealed}"}}\n', sealed


def parted(line: str) -> tuple[dict[str, Any], str, str]:
    """A line without its end as (entry, body, hash). Raises ValueError for what is no such line."""
    body, mark, end = line.rpartition(_SEAL)
    if not mark or len(end) != _LENGTH + 2 or not end.endswith('"}'):
        raise ValueError("no line of the trail")
    entry = json.loads(f"{body}}}")
    if not isinstance(entry, dict) or not isinstance(entry.get("n"), int):
        raise ValueError("no line of the trail")
    return entry, f"{body}}}", end[:_LENGTH]


def hidden(key: bytes, text: str) -> str:
    """What stands for a text that must not be read from the trail: the same text gives the same, and whoever lacks the
    key cannot find a short text by trying."""
    return hmac.new(key, b"text\n" + text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]
