from __future__ import annotations

import pytest

from ingest.sources.resembling import resembling


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("# made up\nsubject_id\tpredicate_id\tend\nA:1\tx\tB:2\n", "sssom: a table, but no column object_id"),
        ("mesh_id\tmesh_tree_number\n", "mesh: a table, but no column mesh_name"),
        ("id,type,name\n1,2,3\n", "lexicon: a table, but no column separated by tabs"),
        ("[1]", "fhir: JSON"),
        ("one line of words", "text: "),
        ("", "text: "),
        ("\x00\x01", "pdf: "),
    ],
)
def test_the_nearer_comes_first(text: str, first: str) -> None:
    told = resembling(text)
    assert told.startswith(first)
    assert told.count("; ") == 1
