"""The keys that settings give: their labels alone, or an object that says more."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import pydantic
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from api.callers.model import PUBLIC, Caller, Scope

LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]*")
Label = Annotated[str, StringConstraints(pattern=f"^{LABEL.pattern}$", max_length=200)]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
"""What a key or an owner may be called: a word of the trail, and none that a token's owner could have."""
RESERVED = frozenset({"local", "key"})
"""Names of callers without a key of their own."""
Name = Annotated[str, StringConstraints(pattern=f"^{NAME.pattern}$")]
LEAST = 16
"""Characters that a key has at least."""


class Given(BaseModel):
    """A key of MEDGRAPH_API_KEYS, but for the key itself."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Name = "key"
    labels: frozenset[Label] = PUBLIC
    scopes: frozenset[Scope] = Field(default=frozenset({"read"}), min_length=1)
    owner: Name | None = None
    expires: date | None = None
    """The last day on which it is good, at Greenwich."""

    def caller(self, granted: frozenset[str]) -> Caller:
        """Who holds it, with what was granted to the owner."""
        return Caller(self.name, self.whose, self.labels | granted, self.scopes, self.expires)

    @property
    def whose(self) -> str:
        """Whose the documents are that it sends in."""
        return self.owner or self.name


THE_KEY = Given()
"""What MEDGRAPH_API_KEY holds."""


def read(keys: object) -> dict[SecretStr, Given]:
    """Each key with what it holds; a key without a name gets one that is made of its hash, so that the order of keys
    does not matter. Raises ValueError, which names a key by its number, never by itself."""
    if not isinstance(keys, Mapping):
        raise ValueError("must be a JSON object, such as {KEY: [LABEL, ...]}")
    found: dict[SecretStr, Given] = {}
    for number, (key, said) in enumerate(keys.items(), 1):
        secret = key.get_secret_value() if isinstance(key, SecretStr) else str(key)
        if len(secret) < LEAST:
            raise ValueError(f"key {number}: {TOO_SHORT}")
        given = said if isinstance(said, Given) else _one(number, secret, said)
        if given.name in {other.name for other in found.values()}:
            raise ValueError(f"key {number}: name: another key has this name")
        found[SecretStr(secret)] = given
    return found


TOO_SHORT = f"a key has at least {LEAST} characters; make one with: openssl rand -hex 24"


def _one(number: int, secret: str, said: Any) -> Given:
    if isinstance(said, (list, tuple, set, frozenset)):
        said = {"labels": said, "scopes": ["read", "write"]}
    if not isinstance(said, Mapping):
        raise ValueError(f"key {number}: give a list of labels, or an object with name, labels, scopes, owner, expires")
    said = {"name": f"key-{hashlib.sha256(b'name of a key: ' + secret.encode()).hexdigest()[:8]}", **said}
    try:
        given = Given.model_validate(said)
    except pydantic.ValidationError as error:
        item = error.errors(include_input=False, include_url=False)[0]
        where = str(item["loc"][0])
        where = where if where in Given.model_fields else "a member"  # its name may be anything
        raise ValueError(f"key {number}: {where}: {item['msg']}") from None
    if RESERVED & {given.name, given.owner}:
        raise ValueError(f"key {number}: {' and '.join(sorted(RESERVED))} are no names for keys or owners")
    return given
