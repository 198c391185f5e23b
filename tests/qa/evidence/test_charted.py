from collections.abc import Callable

from qa.evidence.charted import line
from qa.evidence.kinds import FactEvidence


def test_a_sentence_on_a_record_names_no_source(fact: Callable[..., FactEvidence]) -> None:
    mine = fact(access=frozenset({"patient:1"}))
    told = line((mine,), "Told. ", "已记录。")
    assert (told.kind, told.source, told.text) == ("patient", mine.source, "Told.")
    assert line((), "No.", "无。", looked_in="fhir:1").source == "fhir:1"
