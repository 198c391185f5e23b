from __future__ import annotations

from graph.model import KeptMatch
from ingest.sinks.sssom import table


def test_a_table_of_mappings() -> None:
    matches = [
        KeptMatch("MESH:D9", "DOID:9", "maps", 1.0, "", ""),
        KeptMatch("MESH:D8", "DOID:9", "maps", 0.5, "semapv:LexicalMatching", ""),
    ]
    lines = "".join(table(matches, {"DOID:9": "Blue\tear"})).splitlines()
    assert lines[-3:] == [
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence",
        "DOID:9\tBlue ear\tskos:exactMatch\tMESH:D9\tsemapv:UnspecifiedMatching\t1",
        "DOID:9\tBlue ear\tskos:exactMatch\tMESH:D8\tsemapv:LexicalMatching\t0.5",
    ]
    assert all(line.startswith("#") for line in lines[:-3])
    assert '#   DOID: "http://purl.obolibrary.org/obo/DOID_"' in lines
    assert '#   MESH: "https://bioregistry.io/mesh:"' in lines
