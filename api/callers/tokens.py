"""Tokens of an OpenID Connect issuer: who holds one, and what it may do here."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from api.callers.given import LABEL
from api.callers.issuer import Issuer, check_settings
from api.callers.model import PUBLIC, Caller, Scope, Unauthorised
from api.errors import MissingExtra
from api.extras import install
from api.settings import Settings

ALGORITHMS = {
    "RSA": frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}),
    "EC": frozenset({"ES256", "ES384", "ES512"}),
    "OKP": frozenset({"EdDSA"}),
}
"""By the kind of key. All are of a public key: none that a secret signs (HS256), and not `none`."""
LEEWAY = 30
"""Seconds by which two clocks may differ."""
OIDC = "oidc:"
"""What the name of a token's owner begins with."""
LONGEST = 16 << 10
_BITS = 2048
_SUBJECT = re.compile(r"[A-Za-z0-9._@|:-]{1,128}")
_SCOPE = re.compile(rf"medgraph[:./_-]({'|'.join(get_args(Scope))})")
_LONGEST_LABEL = 200
_LAST = 253_402_300_799
"""The last second of the year 9999, after which no day has a name."""


class Tokens:
    """Tokens of the issuer that is set. Raises MissingExtra where the library for them is not installed, BadSettings
    where its file of keys cannot be read."""

    def __init__(self, settings: Settings) -> None:
        if not all(importlib.util.find_spec(name) for name in ("jwt", "cryptography")):
            raise MissingExtra(install("oidc"))
        check_settings(settings)
        self._settings = settings
        self._issuer = Issuer(settings)

    def caller(self, token: str) -> Caller:
        """Who holds the token, signed by the issuer, for us, and good now. Raises Unauthorised, KeysUnavailable."""
        claims = self._claims(token)
        subject = claims["sub"]
        if not isinstance(subject, str) or not subject:
            raise Unauthorised
        plain = subject if _SUBJECT.fullmatch(subject) else _hashed(subject)
        # The trail has to say who it was: the issuer knows that by the subject, which is a word of its own.
        name = f"{OIDC}{plain}"
        said = _words(_at(claims, self._settings.oidc_labels))
        labels = PUBLIC if said is None else frozenset(word for word in said if _label(word))
        found = (_SCOPE.fullmatch(word) for word in _words(_at(claims, self._settings.oidc_scopes)) or ())
        scopes: frozenset[Scope] = frozenset(match[1] for match in found if match)  # type: ignore[misc]  # of the form
        return Caller(name, name, labels, scopes, datetime.fromtimestamp(min(int(claims["exp"]), _LAST), UTC).date())

    def _claims(self, token: str) -> dict[str, Any]:
        import jwt

        if len(token) > LONGEST:
            raise Unauthorised
        try:
            header = jwt.get_unverified_header(token)
            algorithm, kid = str(header.get("alg")), header.get("kid")
            fitting = [key for key in self._issuer.keys(kid) if algorithm in ALGORITHMS[key["kty"]]]
            if len(fitting) != 1:  # not known, or not said which
                raise Unauthorised
            key = jwt.PyJWK(dict(fitting[0]), fitting[0].get("alg", algorithm))
            if key.key_type == "RSA" and key.key.key_size < _BITS:
                raise Unauthorised
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self._settings.oidc_audience,
                issuer=self._settings.oidc_issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:  # what is no token at all raises the latter two
            raise Unauthorised from error
        return claims


def _hashed(subject: str) -> str:
    """What stands for a subject that is no plain word; no other can be called so: none has a slash."""
    return f"sha256/{hashlib.sha256(subject.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def is_token(key: str) -> bool:
    """Whether a key has the form of a token."""
    return key.count(".") == 2 and key.startswith("eyJ")


def _at(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name, or within another: `realm_access.roles`."""
    if path in claims:
        return claims[path]
    value: Any = claims
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _words(value: Any) -> list[str] | None:
    """A claim that is a list of words, or words with blanks between them."""
    if isinstance(value, str):
        return value.split()
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else None


def _label(word: str) -> bool:
    return len(word) <= _LONGEST_LABEL and LABEL.fullmatch(word) is not None
