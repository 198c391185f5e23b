from qa.steps.record.kinds import conditions_of, drugs_of
from qa.steps.record.reading import Record
from tests.qa.drugs.page.conftest import AF, NSAID, VKA, W


def test_a_drug_of_a_class_and_a_condition_of_itself(record: Record) -> None:
    assert drugs_of(record, {VKA}) == {W}
    assert drugs_of(record, {AF}) == {W}
    assert drugs_of(record, {NSAID}) == set()
    assert conditions_of(record, {AF}) == {AF}
    assert conditions_of(record, set()) == set()
