"""One spelling for an identifier, of a concept or a document, whoever wrote it.

BC5CDR and NCBI Disease write a MeSH id bare, the graph writes `MESH:D003000`.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from ingest.sources.ids import curie, identify

_NO_ID = frozenset(("", "-", "-1", "none", "null", "na", "nan"))
_BARE = frozenset(("mesh", "ncbigene", "ncbitaxon", "taxonomy", "cellosaurus", "dbsnp", "tmvar", "local"))
"""Prefixes without which the corpora write an id."""
_VARIANT = re.compile(r"[cgmnpr][|.].*")
_RS = re.compile(r"(?:\brs|RS#:)([0-9]+)")


def identifiers(given: str, type: str = "") -> frozenset[str]:
    """The identifiers in what stands in the place of one, composite ones split; none where it says that there is none.

    `type` is one that `ingest.vocabulary.kind` gives, or empty where it is not known, as in a relation.
    """
    given = unquote(given.strip())
    if given.lower() in _NO_ID:
        return frozenset()
    local = _local(given)
    if type == "Variant" or (not type and (_VARIANT.fullmatch(local) or _RS.search(local))):
        number = _RS.search(local)
        return frozenset((f"rs{number[1]}" if number else local,))
    parts = (part.strip() for part in re.split(r"[|,;+]", given))
    return frozenset(_identifier(part, type) for part in parts if part.lower() not in _NO_ID)


def document(given: str) -> str:
    """One id for a document, however a format had to write it: `7`, `PMID:7` and `pmid:007` are the same."""
    return identify(unquote(given))


def _identifier(part: str, type: str) -> str:
    local = _local(part)
    if type == "Disease" and local.isdecimal() and local == part:
        return f"OMIM:{part}"
    return local


def _local(part: str) -> str:
    prefix, colon, local = part.partition(":")
    if colon and prefix.strip().lower() in _BARE:
        return local.strip()
    return curie(part) or part
