from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import BadMapping, UnreadableSource
from ingest.sources.curated.table_map import table_map

YAML = """
provenance: {source: blue-trial, version: "2031-02-03", licence: CC-BY-4.0}
drug: {represented_as: node, is_a: Drug, preferred_id: DRUGBANK, input_id: drug_id, properties: {name: drug}}
disease: {represented_as: node, is_a: Disease, input_id: doid, properties: {name: disease}}
given_for:
  represented_as: edge
  source: drug
  target: disease
  input_label: relation
  labels: {cures: treats}
  properties: {dose: mg}
  record: row
  negated: {outcome: [failed, worse]}
"""


def test_a_mapping(write: Callable[..., Path]) -> None:
    mapping = table_map(write("m.yaml", YAML))
    assert (mapping.source.id, mapping.source.version, mapping.source.licence) == (
        "blue-trial", "2031-02-03", "CC-BY-4.0",
    )  # fmt: skip
    assert mapping.columns == ("disease", "doid", "drug", "drug_id", "mg", "outcome", "relation", "row")
    (edge,) = mapping.edges
    assert (edge.source, edge.target, edge.labels) == ("drug", "disease", {"cures": "treats"})
    assert edge.negated == {"outcome": {"failed", "worse"}}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("cures: treats", "cures: treat", "given_for: unknown predicate 'treat'; did you mean treats"),
        ("is_a: Drug", "is_a: Drugs", "drug: is_a: unknown type 'Drugs'; did you mean Drug"),
        ("input_id: doid, ", "", "disease: input_id is needed"),
        ("target: disease", "target: diseases", "'diseases' is no node of this file; did you mean disease"),
        ("represented_as: edge", "represented_as: line", "given_for: represented_as"),
        ("input_label: relation", "label: relation", "given_for: label: unknown key"),
        ("  input_label: relation\n", "", "either label_as_edge"),
        ("source: blue-trial, ", "", "provenance: source"),
        (", licence: CC-BY-4.0", "", "version and licence are needed"),
        ("{name: drug}}", "{name: drug}", "not YAML"),
        ("provenance:", "origin:", "provenance: an entry"),
    ],
)
def test_what_is_wrong_is_named(write: Callable[..., Path], old: str, new: str, words: str) -> None:
    path = write("m.yaml", YAML.replace(old, new))
    with pytest.raises(BadMapping) as caught:
        table_map(path)
    assert str(path) in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize("content", ["", "- a\n", "a: [\n", b"\xff\xfe\x00", "!!python/object/apply:os.system [ls]"])
def test_what_is_no_mapping(write: Callable[..., Path], content: str | bytes) -> None:
    with pytest.raises(BadMapping):
        table_map(write("m.yaml", content))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource):
        table_map(tmp_path / "none.yaml")


def test_words_of_biocypher(write: Callable[..., Path]) -> None:
    text = """
provenance: {source: bio, version: "1", licence: CC0-1.0}
small molecule:
  represented_as: node
  preferred_id: drugbank
  input_id: id
  input_label: compound
  properties: {name: str}
disease: {represented_as: node, is_a: disease, input_id: doid}
drug treats disease:
  is_a: chemical to disease or phenotypic feature association
  represented_as: edge
  label_as_edge: TREATS
  input_label: treats
  source: small molecule
  target: disease
  properties: {dose: string}
"""
    told = table_map(write("m.yaml", text))
    assert [(node.type, node.prefix) for node in told.nodes.values()] == [("Drug", "drugbank"), ("Disease", "")]
    assert [(edge.predicate, edge.label, edge.qualifiers) for edge in told.edges] == [("treats", "", {"dose": "dose"})]
    assert told.columns == ("doid", "dose", "id", "name")


@pytest.mark.parametrize(
    ("line", "words"), [("encoding: cp99999", "encoding: 'cp99999' is unknown"), ("decimal: x", "decimal: a point")]
)
def test_how_the_table_is_written(write: Callable[..., Path], line: str, words: str) -> None:
    with pytest.raises(BadMapping, match=words):
        table_map(write("m.yaml", f"{line}\n{YAML}"))
