import pytest

from graph.view import GraphView
from qa.differential.case.naming import curie, entity_of, meanings, unknown
from qa.differential.matrix import Matrix


@pytest.mark.parametrize(
    ("told", "id"),
    [
        ("HP:0001945", "HP:0001945"),
        ("hp:0001945", "HP:0001945"),
        ("HP_0001945", "HP:0001945"),
        ("HP0001945", "HP:0001945"),
        ("HP: 0001945", "HP:0001945"),
        ("ＨＰ：０００１９４５", "HP:0001945"),
        ("http://purl.obolibrary.org/obo/HP_0001945", "HP:0001945"),
        ("Fever (HP:0001945)", "HP:0001945"),
        ("HP:0001945|Fever", "HP:0001945"),
        ("HP:0001945, HP:0012735", ""),
        (" mondo:0005027 ", "MONDO:0005027"),
        ("MEDGRAPH:finding-x", "MEDGRAPH:finding-x"),
        ("fever", ""),
        ("pain: severe", ""),
        ("note:fever", ""),
    ],
)
def test_an_id_in_any_usual_spelling(told: str, id: str) -> None:
    assert curie(told) == id


@pytest.mark.parametrize(
    ("told", "id"),
    [
        ("HP:0001945", "HP:0001945"),
        ("Fever", "HP:0001945"),
        ("发热", "HP:0001945"),
        ("发烧", "HP:0001945"),
        ("HP:0000001", "HP:0001945"),  # whose place another took
        ("severe headaches", "HP:0002315"),
        ("剧烈头痛", "HP:0002315"),
        ("throwing up", "HP:0002013"),
        ("sandpaper rash", "HP:0000988"),
        ("躯干皮疹", "HP:0000988"),
        ("pain in the abdomen", "HP:0002027"),
    ],
)
def test_a_name_means_a_finding(view: GraphView, matrix: Matrix, told: str, id: str) -> None:
    assert meanings(view, matrix, [told])[told].findings[:1] == (id,)


def test_a_wider_reading_and_a_followed_id_are_told(view: GraphView, matrix: Matrix) -> None:
    meant = meanings(view, matrix, ["sandpaper rash", "HP:0000001", "fever"])
    assert meant["sandpaper rash"].read == "rash"
    assert meant["HP:0000001"].read == "HP:0001945"
    assert meant["fever"].read == ""


def test_a_disease_that_is_a_finding_by_name_is_one_and_another_is_a_condition(view: GraphView, matrix: Matrix) -> None:
    meant = meanings(view, matrix, ["MONDO:2", "influenza"])
    assert meant["MONDO:2"].findings == ("HP:0001250",)
    assert (meant["influenza"].findings, meant["influenza"].conditions) == ((), ("MONDO:1",))


def test_what_nothing_bears_means_nothing_and_has_its_nearest(view: GraphView, matrix: Matrix) -> None:
    meant = meanings(view, matrix, ["xyzzy", "HP:9999999", "heart disease", "PR depression"])
    assert not any(meaning.findings or meaning.conditions for meaning in meant.values())
    assert unknown(view, "feverr headache", "finding", "Phenotype").nearest
    assert "头痛" in unknown(view, "头痛痛", "finding", "Phenotype").nearest
    assert unknown(view, "?", "finding").nearest == ()
    assert unknown(view, "zorblatt abnormality", "finding").nearest == ()
    assert unknown(view, "hedache", "finding").nearest == ("Headache",)
    assert entity_of(view, "HP:9999999") is None
