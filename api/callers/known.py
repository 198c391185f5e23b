"""Which key is whose: those of the settings, and those of the home."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from api.callers.given import Given
from api.callers.model import LOCAL, Caller, Unauthorised
from api.callers.table import KeyTable, hashed, today
from api.callers.tokens import OIDC, Tokens, is_token
from api.errors import ApiError
from api.settings import Settings
from ingest.jobs.writing import Writer


class Callers:
    """Whoever may knock. Keys are compared by their hash, so that the time it takes tells nothing of the others; those
    of the home are looked up for every request, so a new or revoked one counts at once."""

    def __init__(self, settings: Settings, table: Callable[[], KeyTable]) -> None:
        self._given = {hashed(key): given for key, given in settings.keys.items()}
        self._tokens = Tokens(settings) if settings.oidc_issuer else None
        self._table = table
        self._open = settings.loopback
        self._used: dict[str, object] = {}

    def caller(self, authorization: str | None) -> Caller:
        """Whose key the header `Authorization` holds. Raises Unauthorised, KeysUnavailable, and what the home's
        table raises."""
        key = bearer(authorization)
        table = self._table()
        if key is not None and self._tokens is not None and is_token(key):
            caller = self._tokens.caller(key)
            return replace(caller, labels=caller.labels | table.granted(caller.owner))
        hash = hashed(key or "")
        given = self._given.get(hash)
        if given is not None:
            return self._let_in(given, table)
        kept, asked = table.of(hash)
        if kept is not None and kept.state(today()) == "good":
            self._use(kept.name, table)
            return kept.caller(table.granted(kept.owner))
        if not asked and not self._given and self._tokens is None and self._open:
            return LOCAL
        raise Unauthorised

    def slow(self, authorization: str | None) -> bool:
        """Whether knowing this caller may take a look elsewhere: a token's issuer is asked for its keys."""
        return self._tokens is not None and is_token(bearer(authorization) or "")

    def _let_in(self, given: Given, table: KeyTable) -> Caller:
        if given.expires is not None and given.expires < today():
            raise Unauthorised
        return given.caller(table.granted(given.whose))

    def _use(self, name: str, table: KeyTable) -> None:
        """Put down once a day that the key is in use; beside the request, which must not wait for whoever writes."""
        day = today()
        if self._used.get(name) != day:
            self._used[name] = day
            threading.Thread(target=_put_down, args=(table, name), daemon=True).start()


def _put_down(table: KeyTable, name: str) -> None:
    with suppress(ApiError):  # a full disk keeps nobody out
        table.use(name, today())


def bearer(authorization: str | None) -> str | None:
    """The key in a header `Authorization`."""
    scheme, _, key = (authorization or "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and key.strip() else None


def asked_for(settings: Settings, table: KeyTable) -> bool:
    """Whether a key is asked for: one that was revoked or has expired still shuts the door."""
    return bool(settings.keys) or bool(settings.oidc_issuer) or bool(table.every())


def still_good(settings: Settings, table: KeyTable, writer: Writer) -> bool:
    """Whether the key with which something was sent in still opens the door: it may have been revoked, or expired.

    Of a token, which cannot be revoked and ends before much is read, whether any is taken; of what was sent in before
    names of keys were kept, whether its owner has a good key.
    """
    if writer.owner.startswith(OIDC):
        return bool(settings.oidc_issuer)
    day = today()
    good = [(one.name, one.whose) for one in settings.keys.values() if one.expires is None or one.expires >= day]
    good += [(one.name, one.owner) for one in table.every() if one.state(day) == "good"]
    if writer.key:
        return (writer.key, writer.owner) in good
    return not writer.owner or writer.owner in {owner for _, owner in good}


def readers(settings: Settings, table: KeyTable) -> set[frozenset[str]]:
    """The sets of labels that keys hold."""
    return {given.labels for given in settings.keys.values()} | {
        key.labels for key in table.every() if key.state(today()) == "good"
    }
