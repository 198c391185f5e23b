"""A caller: a name, the labels that show what is there, and the scopes that say what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from ingest.jobs.writing import Writer

Scope = Literal["read", "write", "admin", "metrics"]
SCOPES: frozenset[Scope] = frozenset(get_args(Scope))
PUBLIC = frozenset({"public"})


class Unauthorised(Exception):
    """No key, or one that nobody holds."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `read` asks and looks up; `write` adds documents and changes or deletes those of the same owner;
    `admin` changes any that the labels show; `metrics` reads figures of the service and nothing else."""

    name: str
    """What the trail calls it; never the key itself."""
    owner: str
    """Whose the documents are that it sends in: several keys may have one owner, so that a key can be exchanged."""
    labels: frozenset[str]
    scopes: frozenset[Scope]
    expires: date | None = None
    """The last day on which its key is good, where there is one."""

    def may(self, scope: Scope) -> bool:
        """Whether it may do this: who may write may read, who is an administrator both."""
        implied: dict[Scope, frozenset[Scope]] = {
            "read": frozenset({"read", "write", "admin"}),
            "write": frozenset({"write", "admin"}),
        }
        return bool(self.scopes & implied.get(scope, frozenset({scope})))

    def writer(self) -> Writer | None:
        """As whom it writes; None is the operator of this machine, who may do everything."""
        return None if self is LOCAL else Writer(self.owner, self.labels, self.may("admin"), self.name)


LOCAL = Caller("local", "local", PUBLIC, SCOPES)
"""Whoever asks a server without keys, which listens on loopback alone."""
