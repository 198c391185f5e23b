"""The formats of curated knowledge: the module that reads each, and the columns by which a table of it is told."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from ingest.model import CuratedRecord


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    module: str
    """Of this folder."""
    columns: tuple[tuple[str, ...], ...] = ()
    """The columns that tell it, of each of its tables; a table may have more."""
    function: str = "read"
    shape: str = ""
    """A regular expression for the beginning of a file without such columns."""
    licence: str = ""
    """What of `licences.LICENCES` must be accepted before it is loaded."""


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("obo", "obo"),
        Format("hpoa", "hpoa", (("database_id", "disease_name"),)),
        Format("genes", "hpoa", (("ncbi_gene_id", "gene_symbol", "disease_id"),), "read_genes"),
        Format("hpo-terms", "hpo_lists", (("hpo_id", "name", "obsolete"),), "read_terms"),
        Format(
            "hpo-lists",
            "hpo_lists",
            (("hpo_id", "parent_id"), ("disease_id", "disease_name", "hpo_id"), ("ncbi_gene_id", "symbol", "hpo_id")),
        ),
        Format(
            "pharmacology",
            "pharmacology",
            (
                ("drug", "group", "strength"),
                ("drug", "action", "gene_id"),
                ("a", "b", "severity", "mechanism"),
                ("drug", "verdict", "condition"),
                ("a", "b", "risk"),
                ("name", "ingredients"),
                ("code", "drug", "name"),
                ("antidote", "relation", "against"),
                ("drug", "monitored_by"),
                ("test", "type", "name"),
                ("id", "about", "kind"),
            ),
        ),
        Format(
            "conditions",
            "conditions",
            (
                ("id", "incidence", "female"),
                ("condition", "finding", "percent"),
                ("condition", "factor", "ratio"),
                ("complaint", "condition", "age_from"),
                ("id", "name", "rate"),
                ("id", "name", "parents"),
                ("examination", "type", "name"),
                ("test", "condition", "role"),
            ),
        ),
        Format("hetionet", "hetionet", (("id", "name", "kind"), ("source", "metaedge", "target"))),
        Format("hetionet-json", "hetionet_json", shape=r'\{\s*"metanode_kinds"\s*:'),
        Format(
            "kgx-nodes",
            "kgx",
            (("id", "category"),),
            "read_nodes",
            shape=r'\{(?=[^\n]*"id"\s*:)(?=[^\n]*"category"\s*:\s*\[?\s*"biolink:)(?![^\n]*"subject"\s*:)',
        ),
        Format(
            "kgx-edges",
            "kgx",
            (("subject", "predicate", "object"),),
            "read_edges",
            shape=r'\{(?=[^\n]*"subject"\s*:)(?=[^\n]*"predicate"\s*:\s*"biolink:)(?=[^\n]*"object"\s*:)',
        ),
        Format("obographs", "obographs", shape=r'\{\s*"graphs"\s*:'),
        Format("babelon", "babelon", (("subject_id", "translation_value"),)),
        Format("sssom", "sssom", (("subject_id", "predicate_id", "object_id"),)),
        Format("lexicon", "lexicon", (("id", "type", "name"),)),
        Format("mesh", "mesh", (("mesh_id", "mesh_name", "mesh_tree_number"),)),
        Format("indications", "indications", (("doid_id", "drugbank_id", "category"),)),
        Format(
            "interactions",
            "interactions",
            shape=r"[^$\n]+\$DB\d{5}\$[^$\n]+\$DB\d{5}\$|\d+,[^,\n]+,[^,\n]+,DB\d{5},http",
        ),
        Format("ddinter", "ddinter", (("DDInterID_A", "Drug_A", "DDInterID_B", "Drug_B", "Level"),), licence="ddinter"),
        Format(
            "sider",
            "sider",
            shape=r"CID\d{9}\t(?:CID\d{9}\tC\d{7}\t|C\d{7}\t(?:NLP_\w+|text_mention)\t)",
            licence="sider",
        ),
        Format(
            "drugbank",
            "drugbank",
            (("drugbank_id", "name", "atc_codes"),),
            shape=r'\{\s*"DB\d{5}"\s*:\s*\[',
            licence="drugbank",
        ),
        Format("drugmechdb", "drugmechdb", shape=r"directed:\s"),
        Format("guidelines", "guidelines", shape=r'\{\s*"guideline"\s*:'),
        Format("drugcentral", "drugcentral", shape=r'\[\s*\{\s*"accession"\s*:'),
        Format("do-classes", "ontology_tables", (("id", "label", "subClassOf"),), "read_do"),
        Format("do-xrefs", "ontology_tables", (("id", "label", "xref"),), "read_do_xrefs"),
        Format("mondo-edges", "ontology_tables", (("x", "p", "y"),), "read_mondo_edges"),
        Format("mondo-xrefs", "ontology_tables", (("cls", "xref"),), "read_mondo_xrefs"),
        Format("mesh-terms", "ontology_tables", (("mesh_id", "mesh_name"),), "read_mesh_terms"),
        Format("ansm", "ansm", shape=r'\[\s*\{\s*"(?:main_drug|substance)"\s*:', licence="ansm"),
        Format("who", "who", licence="who"),
        Format("ndfrt", "ndfrt", (("NUI", "FDASubstancePrefName", "Drugbank_Bio2rdf"),)),
        Format("icd10cm", "icd10cm"),
        Format("ema", "ema"),
        Format("rrf-names", "rrf", shape=r"(?:C\d{7}|\d+)\|[A-Z]{3}\|[PSps]\|", licence="umls"),
        Format(
            "rrf-relations",
            "rrf",
            function="read_relations",
            shape=r"(?:C\d{7}|\d*)\|[^|\n]*\|(?:AUI|CUI|RUI|SCUI|SDUI)\|[A-Z]{2,3}\|",
            licence="umls",
        ),
    )
}
"""By name; of two formats whose columns a table has, the first is meant."""


def by_columns(columns: set[str]) -> str:
    """The format of a table with these columns; empty where none has them."""
    return next(
        (name for name, format in FORMATS.items() if any(columns >= set(needed) for needed in format.columns)), ""
    )


def by_shape(text: str) -> str:
    """The format whose files begin as this text does; empty where none does."""
    return next((name for name, format in FORMATS.items() if format.shape and re.match(format.shape, text)), "")


def reader(name: str) -> Callable[[Path], Iterator[CuratedRecord]]:
    """What reads a format of `FORMATS`. Its module is imported here, so that one format does not load all."""
    read: Callable[[Path], Iterator[CuratedRecord]] = getattr(_module(name), FORMATS[name].function)
    return read


def extractor(name: str) -> str:
    """Name and version of what reads a format, such as `hpoa/2`; empty where it makes no assertions."""
    return str(getattr(_module(name), "EXTRACTOR", "")) if name in FORMATS else ""


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"ingest.sources.curated.{FORMATS[name].module}")
