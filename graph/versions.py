"""Words for what is stated by each predicate, kept by a store beside its version: new ones are put with every write."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b

_OTHERS = ""
"""The word of all predicates that have none of their own."""
NAMES = "names"
"""What has a word beside the predicates, as if it were one: all names, whoever declares them."""


def word() -> str:
    """A word that no state of this or any other store has had."""
    return secrets.token_hex(16)


def renewed(words: Mapping[str, str], touched: Iterable[str] | None) -> dict[str, str]:
    """The words after a write that touched what is stated by these predicates; by any, where that is not known."""
    if touched is None or _OTHERS not in words:
        return {_OTHERS: word()}
    return {**words, **{name: word() for name in touched}}


def joined(words: Mapping[str, str], predicates: Collection[str]) -> str:
    """One word for what is stated by all of these."""
    each = "\n".join(f"{name} {words.get(name, words[_OTHERS])}" for name in sorted(set(predicates)))
    return blake2b(each.encode(), digest_size=16).hexdigest()
