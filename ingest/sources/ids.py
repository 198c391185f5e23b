"""One spelling for the identifiers of concepts and documents, which sources spell in many ways."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from graph.schema import CURIE

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
_CURIE = re.compile(r"([A-Za-z][A-Za-z0-9_.-]{0,59}):(\S{1,400})")
# The same identifiers as addresses, and with an underscore: obo/HP_0001250, ORPHA_165.
_ADDRESS = re.compile(
    r"<?https?://(?:purl\.obolibrary\.org/obo/([A-Za-z]+)_|(?:www\.)?orpha\.net/ORDO/(Orphanet)_|identifiers\.org/([A-Za-z.]+)[:/])"
    r"([^\s>/#]+)>?"
)
_UNDERSCORE = re.compile(r"(?:obo:)?([A-Za-z]+)_([A-Z]?\d+)")
_PMID = re.compile("(?:PMID: ?)?([0-9]+)", re.IGNORECASE)
_PMCID = re.compile("(?:PMCID: ?)?PMC([0-9]+)", re.IGNORECASE)

_LONGEST = 400
"""Characters of a local id, as in `graph.schema.CURIE`; a longer one goes by its hash."""


def curie(text: str) -> str:
    """The identifier in the spelling of this graph: `Orphanet:165` and `ORDO:165` are `ORPHA:165`.

    `HP_0001250` and the address that OBO gives it are `HP:0001250`. It is an empty string where `text` is neither of
    the form `PREFIX:local` nor one of these; other addresses are no identifiers.
    """
    text = text.strip()
    if address := _ADDRESS.fullmatch(text):
        prefix, local = address[1] or address[2] or address[3], address[4]
        return curie(f"{prefix}:{local.removeprefix(prefix + ':')}")
    if (underscored := _UNDERSCORE.fullmatch(text)) and underscored[1].lower() in PREFIXES:
        return curie(f"{underscored[1]}:{underscored[2]}")
    match = _CURIE.fullmatch(text)
    if not match or match[2].startswith("//"):
        return ""
    prefix = _RELEASE.sub("", match[1])
    return f"{PREFIXES.get(prefix.lower(), prefix)}:{match[2]}"


def identify(given: str) -> str:
    """A document's id from what a file calls it: a number is a PMID, `PMC1` a PMCID, a CURIE stays, else `local:…`.

    One article has one id: `PMID:007`, `pmid:7` and `7` are the same.
    """
    given = given.strip()
    if number := _PMID.fullmatch(given):
        return f"PMID:{number[1].lstrip('0') or '0'}"
    if number := _PMCID.fullmatch(given):
        return f"PMCID:PMC{number[1].lstrip('0') or '0'}"
    if CURIE.fullmatch(given):
        return given
    local = quote(given, safe="")
    return f"local:{local if len(local) <= _LONGEST else hashed(given).replace(':', '-')}"


def hashed(content: str | bytes) -> str:
    """The id of a document that its source gives none: `sha256:` and 32 hex digits of what it holds."""
    return "sha256:" + hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:32]
