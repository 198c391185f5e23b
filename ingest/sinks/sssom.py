"""SSSOM tables (https://mapping-commons.github.io/sssom/): the exact matches that the graph merges ids by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

_COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification")
_CURIE_MAP = (
    "# curie_map:\n#   semapv: https://w3id.org/semapv/vocab/\n#   skos: http://www.w3.org/2004/02/skos/core#\n"
)


def table(pairs: Iterable[tuple[str, str]], labels: Mapping[str, str]) -> Iterator[str]:
    """The lines of a table of pairs (other id, canonical id); the canonical one is the subject."""
    yield f"{_CURIE_MAP}# mapping_set_id: medgraph\n# license: https://w3id.org/sssom/license/unspecified\n"
    yield "\t".join(_COLUMNS) + "\n"
    for other, canonical in pairs:
        label = labels.get(canonical, "").replace("\t", " ").replace("\n", " ")
        yield f"{canonical}\t{label}\tskos:exactMatch\t{other}\tsemapv:UnspecifiedMatching\n"
