"""Ids of sequence variants, as tmVar writes them (https://doi.org/10.1093/bioinformatics/btx541), from how they are
written: dbSNP numbers, HGVS, and the older forms of the literature. No sequence is looked at."""

from __future__ import annotations

import re
from urllib.parse import quote

_THREE = {
    "ala": "A", "arg": "R", "asn": "N", "asp": "D", "cys": "C", "gln": "Q", "glu": "E", "gly": "G", "his": "H",
    "ile": "I", "leu": "L", "lys": "K", "met": "M", "phe": "F", "pro": "P", "ser": "S", "thr": "T", "trp": "W",
    "tyr": "Y", "val": "V", "ter": "X", "stop": "X",
}  # fmt: skip
_ACID = r"(?:" + "|".join(_THREE) + r"|[ACDEFGHIKLMNPQRSTVWXY*])"
_BASE = "[ACGT]"
_RS = re.compile(r"\brs\s?([0-9]{2,})\b", re.IGNORECASE)
_PROTEIN = re.compile(rf"^\(?(?:p\.)?\(?({_ACID})[\s-]?([0-9]{{1,5}})\s?(?:->|>|to)?\s?({_ACID})\)?$", re.IGNORECASE)
_CODING = re.compile(rf"^(?:([cgm])\.)?([-+*]?[0-9]+(?:[-+][0-9]+)?)\s?({_BASE})\s?(?:>|->|/|to)\s?({_BASE})$")
_BASE_FIRST = re.compile(rf"^(?:([cgm])\.)?({_BASE})\s?\(?([-+]?[0-9]+)\)?\s?(?:>|->|/|to)?\s?({_BASE})$")
_ALLELE = re.compile(rf"^(?:c\.)?(-?[0-9]{{2,5}})({_BASE}{{1,2}})$")
_CHANGED = re.compile(rf"^(?:([cgm])\.)?([-+]?[0-9]+(?:[_-][0-9]+)?)\s?-?(del|ins|dup)\s?-?({_BASE}*|[0-9]*)$")


def identify(surface: str) -> tuple[str, ...]:
    """The CURIE of a variant, `DBSNP:rs…` or `tmVar:…`; empty where its form is none of those known."""
    text = surface.strip()
    if match := _RS.search(text):
        return (f"DBSNP:rs{match[1]}",)
    if (match := _PROTEIN.match(text)) and not (len(match[1]) == len(match[3]) == 1 and _bases(match[1] + match[3])):
        return (_curie("p", "SUB", _one(match[1]), match[2], _one(match[3])),)
    if match := _CODING.match(text):
        return (_curie(match[1] or "c", "SUB", match[3], match[2], match[4]),)
    if match := _BASE_FIRST.match(text):
        return (_curie(match[1] or "c", "SUB", match[2], match[3], match[4]),)
    if match := _CHANGED.match(text):
        return (_curie(match[1] or "c", match[3].upper(), match[2].replace("-", "_"), match[4]),)
    if match := _ALLELE.match(text):
        return (_curie("c", "Allele", match[2], match[1]),)
    return ()


def _bases(letters: str) -> bool:
    return set(letters) <= set("ACGT")


def _one(acid: str) -> str:
    return "X" if acid == "*" else _THREE.get(acid.lower(), acid.upper())


def _curie(*fields: str) -> str:
    return f"tmVar:{quote('|'.join(fields), safe='>+*:;=-')}"
