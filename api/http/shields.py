"""Headers that keep a browser from making more of a response than there is."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

SHIELDS = {
    # What is JSON stays JSON, whatever it looks like.
    "X-Content-Type-Options": "nosniff",
    # Answers may tell of a patient: no cache on the way, and none of the browser, keeps them.
    "Cache-Control": "no-store",
    # An address may hold a question.
    "Referrer-Policy": "no-referrer",
    # Opened as a page, nothing in it is loaded or run, and no page of another site shows or embeds it.
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def shield(headers: MutableHeaders) -> None:
    """Add what the response does not say itself."""
    for name, value in SHIELDS.items():
        headers.setdefault(name, value)
