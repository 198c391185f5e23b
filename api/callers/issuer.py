"""The public keys of an issuer of tokens (OpenID Connect): from its own description, an address, or a file."""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from api.errors import BadSettings
from api.settings import Settings, is_loopback

log = logging.getLogger("medgraph.callers")

AGAIN = 30.0
"""Seconds between two looks, however many tokens name a key that is not known: anybody can make up such a token."""
FRESH = 600.0
"""Seconds after which the keys are asked for anew, so that one which the issuer gave up opens nothing any longer."""
STALE = 24 * 3600.0
"""Seconds for which keys are good while the issuer does not answer."""
SECONDS = 5.0
LARGEST = 1 << 20


class KeysUnavailable(Exception):
    """The issuer's keys cannot be had now."""


class Issuer:
    """An issuer's keys, kept for a while. Safe in several threads; only one of them looks, the others do not wait."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._issuer, self._from = settings.oidc_issuer, settings.oidc_jwks
        self._clock = clock
        self._keys: tuple[Mapping[str, Any], ...] = ()
        self._looked = self._found = -STALE
        self._looking = threading.Lock()

    def keys(self, kid: str | None) -> tuple[Mapping[str, Any], ...]:
        """The keys of this id, or all where none is named. Raises KeysUnavailable where none was ever had."""
        now = self._clock()
        known = self._named(kid)
        due = now - self._found > FRESH or not known
        if due and now - self._looked > AGAIN and self._looking.acquire(blocking=not self._keys):
            try:
                if self._clock() - self._looked > AGAIN:
                    self._look()
            finally:
                self._looking.release()
        if not self._keys or self._clock() - self._found > STALE:
            raise KeysUnavailable("the keys of the issuer of tokens cannot be had")
        return self._named(kid)

    def _named(self, kid: str | None) -> tuple[Mapping[str, Any], ...]:
        return self._keys if kid is None else tuple(key for key in self._keys if key.get("kid") == kid)

    def _look(self) -> None:
        self._looked = self._clock()
        try:
            self._keys = tuple(_keys(_object(self._read())))
            self._found = self._looked
        except (OSError, ValueError, HTTPException, RecursionError) as error:
            log.warning("the keys of the issuer of tokens cannot be had: %s: %s", type(error).__name__, error)

    def _read(self) -> bytes:
        if self._from and not self._from.startswith(("http:", "https:")):
            with Path(self._from).open("rb") as file:
                return _limited(file)
        address = self._from
        if not address:
            described = _object(fetched(self._issuer.rstrip("/") + "/.well-known/openid-configuration"))
            if described.get("issuer") != self._issuer:
                raise ValueError("the issuer describes itself under another name")
            address = str(described.get("jwks_uri", ""))
        return fetched(address)


def check_address(address: str) -> None:
    """Raise ValueError for an address that others could answer: only this machine is asked without TLS."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
        raise ValueError("must be an https:// address (http:// on loopback alone)")


def fetched(address: str) -> bytes:
    """What stands at an address. A redirection is not followed: it could lead into the network that this is in."""
    check_address(address)
    opener = urllib.request.build_opener(_NoRedirection)
    with opener.open(address, timeout=SECONDS) as reply:
        return _limited(reply)


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **options: Any) -> None:
        return None


def _limited(file: IO[bytes]) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError("more than a megabyte of keys")
    return data


def _object(data: bytes) -> dict[str, Any]:
    made = json.loads(data)
    if not isinstance(made, dict):
        raise ValueError("no JSON object")
    return made


def _keys(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    keys = found.get("keys")
    if not isinstance(keys, list):
        raise ValueError("no list of keys")
    # A secret that the issuer shares with somebody (`oct`) verifies nothing here.
    public = [key for key in keys if isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP")]
    signing = [key for key in public if key.get("use", "sig") == "sig"]
    if not signing:
        raise ValueError("no public key that signs")
    return signing


def check_settings(settings: Settings) -> None:
    """Raise BadSettings where a file of keys that is set cannot be read as one."""
    if settings.oidc_jwks and not settings.oidc_jwks.startswith(("http:", "https:")):
        try:
            with Path(settings.oidc_jwks).open("rb") as file:
                _keys(_object(_limited(file)))
        except (OSError, ValueError) as error:
            raise BadSettings(f"MEDGRAPH_OIDC_JWKS: {settings.oidc_jwks} is no set of public keys: {error}") from error
