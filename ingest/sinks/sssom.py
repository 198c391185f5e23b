"""SSSOM tables (https://mapping-commons.github.io/sssom/): the exact matches that the graph merges ids by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.model import KeptMatch

_COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification", "confidence")
_CURIE_MAP = (
    "# curie_map:\n#   semapv: https://w3id.org/semapv/vocab/\n#   skos: http://www.w3.org/2004/02/skos/core#\n"
)


def table(matches: Iterable[KeptMatch], labels: Mapping[str, str]) -> Iterator[str]:
    """The lines of a table of matches; the canonical id is the subject."""
    yield f"{_CURIE_MAP}# mapping_set_id: medgraph\n# license: https://w3id.org/sssom/license/unspecified\n"
    yield "\t".join(_COLUMNS) + "\n"
    for match in matches:
        label = labels.get(match.canonical, "").replace("\t", " ").replace("\n", " ")
        why = match.justification or "semapv:UnspecifiedMatching"
        yield f"{match.canonical}\t{label}\tskos:exactMatch\t{match.other}\t{why}\t{match.confidence:g}\n"
