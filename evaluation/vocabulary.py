"""One name for a type and one spelling for an identifier, whoever wrote them.

The corpora call a disease `Disease`, `DiseaseOrPhenotypicFeature` or `SpecificDisease`; the graph calls a chemical a
`Drug`. BC5CDR and NCBI Disease write a MeSH id bare, the graph writes `MESH:D003000`.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from ingest.sources.curies import curie
from ingest.sources.documents.jsonl import identify

# Case counts: `disease` and `drug` are types of a Chinese corpus, which keeps its own names.
_TYPES = {
    "Chemical": "Chemical", "ChemicalEntity": "Chemical", "Drug": "Chemical",
    "Disease": "Disease", "DiseaseOrPhenotypicFeature": "Disease", "SpecificDisease": "Disease",
    "DiseaseClass": "Disease", "Modifier": "Disease", "CompositeMention": "Disease",
    "Gene": "Gene", "GeneOrGeneProduct": "Gene",
    "Variant": "Variant", "SequenceVariant": "Variant", "Mutation": "Variant", "DNAMutation": "Variant",
    "ProteinMutation": "Variant", "SNP": "Variant",
    "Species": "Species", "OrganismTaxon": "Species", "Organism": "Species",
    "CellLine": "CellLine",
}  # fmt: skip
_NO_ID = frozenset(("", "-", "-1", "none", "null", "na", "nan"))
_BARE = frozenset(("mesh", "ncbigene", "ncbitaxon", "taxonomy", "cellosaurus", "dbsnp", "tmvar", "local"))
"""Prefixes without which the corpora write an id."""
_VARIANT = re.compile(r"[cgmnpr][|.].*")
_RS = re.compile(r"(?:\brs|RS#:)([0-9]+)")


def kind(given: str) -> str:
    """The type that a name of a corpus, or of the graph, stands for; a name that is not known stays."""
    given = given.strip()
    return _TYPES.get(given, given)


def identifiers(given: str, type: str = "") -> frozenset[str]:
    """The identifiers in what stands in the place of one, composite ones split; none where it says that there is none.

    `type` is one that `kind` gives, or empty where it is not known, as in a relation.
    """
    given = unquote(given.strip())
    if given.lower() in _NO_ID:
        return frozenset()
    local = _local(given)
    if type == "Variant" or (not type and (_VARIANT.fullmatch(local) or _RS.search(local))):
        found = _RS.search(local)
        return frozenset((f"rs{found[1]}" if found else local,))
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
