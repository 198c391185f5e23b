import pytest

from qa.asked.families import families_in, members_of


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("哪种糖原贮积病有低血糖", "糖原贮积病"),
        ("哪种粘多糖病有角膜混浊", "粘多糖病"),
        ("哪一型Ehlers-Danlos有动脉破裂", "Ehlers-Danlos"),
        ("which EDS has fragile skin", "EDS"),
        ("Which osteogenesis imperfecta has blue sclerae?", "osteogenesis imperfecta"),
    ],
)
def test_a_family_is_found_as_it_is_written(text: str, first: str) -> None:
    assert families_in(text)[0] == first


@pytest.mark.parametrize("text", ["beds and nets", "oi, what is this", "咳嗽发热"])
def test_what_is_none_is_not_found(text: str) -> None:
    assert families_in(text) == []


def test_the_names_of_members() -> None:
    assert members_of("糖原累积症") == members_of("GSD") == ("glycogen storage disease",)
    assert len(members_of("马凡")) == 2
    assert members_of("Xyz disease") == ("xyz disease",)
