from __future__ import annotations

from ingest.sinks.sssom import table


def test_a_table_of_mappings() -> None:
    lines = "".join(table([("MESH:D9", "DOID:9")], {"DOID:9": "Blue\tear"})).splitlines()
    assert lines[-2:] == [
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification",
        "DOID:9\tBlue ear\tskos:exactMatch\tMESH:D9\tsemapv:UnspecifiedMatching",
    ]
    assert all(line.startswith("#") for line in lines[:-2])
