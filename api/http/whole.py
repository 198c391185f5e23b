"""Text that is whole: JSON can name half a character (a lone surrogate), which nothing can keep, send or compare."""

from __future__ import annotations

import json
import re

from fastapi import Request
from fastapi.exceptions import RequestValidationError

_HALVES = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]|\x00")
"""What bytes of JSON hold if there may be half a character: an escape, its own bytes, or another encoding."""


async def whole(request: Request) -> None:
    """Turn away what holds half a character, wherever it stands. Raises RequestValidationError.

    FastAPI has read the body when this is asked, as JSON or as a form, and found nothing wrong with its shape. Paths
    and queries cannot hold such text: what is no UTF-8 there is read as replacement characters.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        form = await request.form()
        texts = [value if isinstance(value, str) else value.filename or "" for value in form.values()]
        sound = is_whole("".join([*form, *texts]))
    elif kind.endswith("json") and _HALVES.search(await request.body()):
        sound = is_whole(json.dumps(await request.json(), ensure_ascii=False))
    else:
        sound = True
    if not sound:
        said = "holds half of a character (a lone surrogate), which is no text"
        raise RequestValidationError([{"type": "string_unicode", "loc": ("body",), "msg": said}])


def is_whole(text: str) -> bool:
    """Whether no half of a character stands in a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
