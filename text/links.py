"""Which addresses may be shown as links."""

from __future__ import annotations

import re

LONGEST = 2000
"""Characters of an address: what browsers and servers take."""
_PARTS = re.compile(r"(https?://)([^/?#]+)([/?#].*)?", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+\.?(?::\d{1,5})?")
_UNSAFE = re.compile(r"[ \"<>\\^`{|}\[\]]")


def link(address: str) -> str:
    """An address of http or https in which nothing can be hidden, or an empty string where it is none.

    No other scheme (`javascript:`), no user or password in front of the host (`https://bank.example@evil.example`), no
    characters that turn the text around or break a line, and what would end a quotation or a bracket is written in
    hexadecimal. A host in letters beyond ASCII is written as it is looked up, so that none looks like another.
    """
    found = _PARTS.fullmatch(address.strip())
    if found is None or len(address) > LONGEST:
        return ""
    scheme, host, rest = found[1].lower(), found[2], found[3] or ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return ""
    if not _HOST.fullmatch(host) or not rest.isprintable():
        return ""
    return scheme + host + _UNSAFE.sub(lambda character: f"%{ord(character[0]):02X}", rest)
