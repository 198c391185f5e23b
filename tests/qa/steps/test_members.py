from graph.view import GraphView
from qa.evidence.records import Records
from qa.evidence.wording import Words
from qa.steps.members import told
from qa.ways.known import WAYS
from qa.ways.reach import reach
from tests.qa.ways.conftest import epilepsy

__all__ = ["epilepsy"]
HEAD = Words("drug", "药物"), Words("drugs", "药物")


def test_each_member_is_named_with_its_sources_and_the_rest_is_counted(epilepsy: GraphView) -> None:
    found = reach(epilepsy, WAYS["treated_by"], ["MONDO:0005027"])
    part = told(Records(epilepsy), HEAD, found.members[:2], 21, denied=found.denied)
    assert part.closes
    assert part.evidence[0].text.startswith("21 drugs: Levetiracetam (2), Valproic acid (2) and 19 more (sources: ")
    assert part.evidence[0].said("zh").startswith("药物共21项：左乙拉西坦（2）、丙戊酸（2）等，另有19项（来源：")  # type: ignore[union-attr]  # it tells in words
    assert "denies it: Ginkgo, Buspirone" in part.evidence[-1].text


def test_how_often_stands_beside_a_finding(epilepsy: GraphView) -> None:
    found = reach(epilepsy, WAYS["findings"], ["OMIM:154700"])
    part = told(Records(epilepsy), HEAD, found.members, found.total)
    assert "Ectopia lentis (frequent, 30–79%)" in part.evidence[0].text


def test_nothing_to_tell_closes_nothing(epilepsy: GraphView) -> None:
    assert not told(Records(epilepsy), HEAD, (), 0).closes
