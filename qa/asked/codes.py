"""Which vocabulary's code a question asks for, and which codes it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FLAGS = re.IGNORECASE | re.ASCII
"""A Chinese character beside a code is no letter of it."""


@dataclass(frozen=True, slots=True)
class System:
    """A vocabulary of codes: how it is spoken of, the prefixes of its ids, and how a code of it looks alone."""

    name: str
    spoken: re.Pattern[str]
    prefixes: tuple[str, ...]
    code: re.Pattern[str]
    types: tuple[str, ...] = ()
    """Of what it has codes; of anything where empty."""


def _system(name: str, spoken: str, prefixes: str, code: str, types: str = "") -> System:
    return System(
        name, re.compile(spoken, _FLAGS), tuple(prefixes.split()), re.compile(code, re.ASCII), tuple(types.split())
    )


_ILL = "Disease Phenotype"
SYSTEMS = (
    _system("ICD-11", r"\bicd[- ]?11\b", "icd11.foundation ICD11", r"\b[0-9A-Z]{4}(?:\.[0-9A-Z]{1,2})\b(?!)", _ILL),
    _system("ICD-9", r"\bicd[- ]?9(?:[- ]?cm)?\b", "ICD9CM ICD9", r"\b\d{3}\.\d{1,2}\b(?!)", _ILL),
    _system("ICD-10", r"\bicd(?:[- ]?10(?:[- ]?(?:cm|who))?)?\b|国际疾病分类", "ICD10CM ICD10WHO ICD10",
            r"\b[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b", _ILL),
    _system("OMIM", r"\bO?MIM\b", "OMIM OMIMPS", r"(?<!\d)\d{6}(?!\d)"),
    _system("Orphanet", r"\borpha(?:net|code)?\b|罕见病编码", "ORPHA Orphanet", r"(?<!\d)\d{2,6}(?!\d)", _ILL),
    _system("MeSH", r"\bmesh\b|医学主题词", "MESH", r"\b[DC]\d{6,9}\b"),
    _system("UMLS", r"\bumls\b|\bcui\b", "UMLS", r"\bC\d{7}\b"),
    _system("DOID", r"\bdoid\b|\bdisease ontology\b", "DOID", r"(?<!\d)\d{2,7}(?!\d)", _ILL),
    _system("MONDO", r"\bmondo\b", "MONDO", r"(?<!\d)\d{7}(?!\d)", _ILL),
    _system("HPO", r"\bhpo?(?= |:|\b)(?!\s*gene)|\bhuman phenotype ontology\b|人类表型", "HP", r"(?<!\d)\d{7}(?!\d)",
            "Phenotype Concept Disease"),
    _system("SNOMED CT", r"\bsnomed(?:[- ]?ct)?\b", "SNOMEDCT", r"(?<!\d)\d{6,18}(?!\d)"),
    _system("NCIt", r"\bncit\b|\bnci thesaurus\b", "NCIT", r"\bC\d{3,6}\b"),
    _system("MedDRA", r"\bmeddra\b", "MEDDRA", r"(?<!\d)\d{8}(?!\d)", _ILL),
    _system("ATC", r"\batc\b|解剖学?治疗学?", "ATC", r"\b[A-DGHJ-NPRSV]\d{2}(?:[A-Z]{1,2}(?:\d{2})?)?\b", "Drug"),
    _system("RxNorm", r"\brx ?norm\b|\brxcui\b", "RXNORM", r"(?<!\d)\d{2,8}(?!\d)", "Drug"),
    _system("DrugBank", r"\bdrug ?bank\b", "DRUGBANK", r"\bDB\d{5}\b", "Drug"),
    _system("DrugCentral", r"\bdrug ?central\b", "DRUGCENTRAL", r"(?<!\d)\d{1,5}(?!\d)", "Drug"),
    _system("PubChem", r"\bpub ?chem\b", "PUBCHEM.COMPOUND", r"(?<!\d)\d{2,9}(?!\d)", "Drug"),
    _system("NDF-RT", r"\bndf-?rt\b", "NDFRT", r"\bN\d{10}\b", "Drug"),
    _system("UniProt", r"\buni ?prot\b", "UniProt",
            r"\b[OPQ]\d[A-Z0-9]{3}\d\b|\b[A-NR-Z]\d[A-Z][A-Z0-9]{2}\d\b", "Gene"),
    _system("NCBI Gene", r"\bncbi(?: ?gene)?\b|\bentrez\b", "NCBIGene", r"(?<!\d)\d{1,9}(?!\d)", "Gene"),
    _system("HGNC", r"\bhgnc\b", "HGNC", r"(?<!\d)\d{1,6}(?!\d)", "Gene"),
    _system("PharmGKB", r"\bpharm ?gkb\b", "PHARMGKB", r"\bPA\d{2,10}\b"),
    _system("GARD", r"\bgard\b", "GARD", r"(?<!\d)\d{2,6}(?!\d)", _ILL),
)  # fmt: skip
"""ICD-11 and ICD-9 before ICD-10, whose name alone is `ICD`."""
_CODE = re.compile(
    r"\b(?:codes?|identifiers?|ids?)\b (?:of|for)\b|的(?:编码|代码|编号|标识)|(?:编码|代码|编号)(?:是|有)",
    _FLAGS,
)
_LONE = ("ICD-10", "MeSH", "UMLS", "DrugBank", "ATC")
"""The vocabularies whose codes are known by their looks."""
_ASKS = re.compile(
    r"^\W*(?:what(?:'s| is| does)|which (?:disease|disorder|drug|gene|condition)|define|meaning of|decode)\b|"
    r"\b(?:mean|stand for|code)\b|是什么|什么病|是啥|代表|对应|指的?是|什么意思|哪[个种]",
    _FLAGS,
)
_CURIE = re.compile(r"\b([A-Za-z][A-Za-z0-9.]{1,20}):(\d[\w.]*|[A-Z]{1,4}\d[\w.]*)\b", re.ASCII)


def systems_asked(text: str) -> tuple[System, ...]:
    """The vocabularies that are spoken of."""
    named: list[System] = []
    left = text
    for system in SYSTEMS:
        if system.spoken.search(left):
            named.append(system)
            left = system.spoken.sub(" ", left)
    return tuple(named)


def asks_code(text: str) -> bool:
    """Whether a code is asked for, of whatever vocabulary."""
    return bool(systems_asked(text)) or _CODE.search(text) is not None


def codes_in(text: str) -> dict[str, tuple[str, ...]]:
    """By a code as written the ids that it may be: with the name of its vocabulary, or alone where its looks tell."""
    found: dict[str, tuple[str, ...]] = {}
    prefixes = {prefix.casefold(): prefix for system in SYSTEMS for prefix in system.prefixes}
    for match in _CURIE.finditer(text):
        if (prefix := prefixes.get(match[1].casefold())) is not None:
            found[match[0]] = (f"{prefix}:{match[2]}",)
    if found or not _ASKS.search(text):
        return found
    named = systems_asked(text)
    for system in named or tuple(one for one in SYSTEMS if one.name in _LONE):
        without = system.spoken.sub(lambda match: " " * len(match[0]), text) if named else text
        for match in system.code.finditer(without):
            ids = tuple(f"{prefix}:{match[0]}" for prefix in system.prefixes)
            found[match[0]] = (*found.get(match[0], ()), *ids)
    return found
