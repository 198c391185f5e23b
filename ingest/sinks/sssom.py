"""SSSOM tables (https://mapping-commons.github.io/sssom/): the exact matches that the graph merges ids by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from graph.model import KeptMatch

_COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification", "confidence")
_OBO = ("BFO", "CHEBI", "CL", "DOID", "GO", "HP", "MONDO", "NCIT", "SYMP", "UBERON")
"""The prefixes of ontologies whose terms have the addresses of the OBO Foundry; others are in the Bioregistry."""


def table(matches: Collection[KeptMatch], labels: Mapping[str, str]) -> Iterator[str]:
    """The lines of a table of matches; the canonical id is the subject."""
    yield from (f"{line}\n" for line in curie_map(id for match in matches for id in (match.canonical, match.other)))
    yield "# mapping_set_id: medgraph\n# license: https://w3id.org/sssom/license/unspecified\n"
    yield "\t".join(_COLUMNS) + "\n"
    for match in matches:
        label = labels.get(match.canonical, "").replace("\t", " ").replace("\n", " ")
        why = match.justification or "semapv:UnspecifiedMatching"
        yield f"{match.canonical}\t{label}\tskos:exactMatch\t{match.other}\t{why}\t{match.confidence:g}\n"


def curie_map(ids: Iterable[str]) -> list[str]:
    """The comments by which every prefix of these ids, and of the words of such a table, is expanded."""
    prefixes = sorted({id.partition(":")[0] for id in ids})
    return [
        "# curie_map:",
        "#   semapv: https://w3id.org/semapv/vocab/",
        "#   skos: http://www.w3.org/2004/02/skos/core#",
        # Quoted, for some end in a colon.
        *(f'#   {prefix}: "{_address(prefix)}"' for prefix in prefixes),
    ]


def _address(prefix: str) -> str:
    """How the addresses of the terms of a vocabulary begin."""
    return (
        f"http://purl.obolibrary.org/obo/{prefix}_" if prefix in _OBO else f"https://bioregistry.io/{prefix.lower()}:"
    )
