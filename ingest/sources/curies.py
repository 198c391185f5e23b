"""One spelling for the identifiers that sources spell in many ways: `Orphanet:165`, `ORDO:165` are `ORPHA:165`."""

from __future__ import annotations

import re

PREFIXES: dict[str, str] = {
    "chebi": "CHEBI",
    "doid": "DOID",
    "drugbank": "DRUGBANK",
    "hp": "HP",
    "icd10cm": "ICD10CM",
    "icd9cm": "ICD9CM",
    "icd-10": "ICD10",
    "icd10": "ICD10",
    "icd-9": "ICD9",
    "loinc": "LOINC",
    "meddra": "MEDDRA",
    "mesh": "MESH",
    "msh": "MESH",
    "mim": "OMIM",
    "mondo": "MONDO",
    "nci": "NCIT",
    "ncit": "NCIT",
    "ncbigene": "NCBIGene",
    "omim": "OMIM",
    "orpha": "ORPHA",
    "ordo": "ORPHA",
    "orphanet": "ORPHA",
    "rxcui": "RXNORM",
    "rxnorm": "RXNORM",
    "sctid": "SNOMEDCT",
    "snomed_ct": "SNOMEDCT",
    "snomedct": "SNOMEDCT",
    "snomedct_us": "SNOMEDCT",
    "symp": "SYMP",
    "uberon": "UBERON",
    "umls": "UMLS",
    "umls_cui": "UMLS",
}
"""The prefix of this graph for each prefix met, lower case. A prefix that is not listed is kept as written."""

# SNOMEDCT_US_2015_03_01, NCI2009_04D: the release is part of the prefix.
_RELEASE = re.compile(r"_?\d{4}_\d\d(?:_\d\d|[A-Z])$")
_CURIE = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*):(\S+)")


def curie(text: str) -> str:
    """The identifier in the spelling of this graph, or an empty string where `text` is not of the form `PREFIX:local`.

    Addresses (`http://…`) are no identifiers.
    """
    match = _CURIE.fullmatch(text.strip())
    if not match or match[2].startswith("//"):
        return ""
    prefix = _RELEASE.sub("", match[1])
    return f"{PREFIXES.get(prefix.lower(), prefix)}:{match[2]}"
