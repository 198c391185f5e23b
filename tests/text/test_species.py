from __future__ import annotations

import pytest

from text.species import CHINESE, animals, is_animal, species


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cisplatin caused nephrotoxicity in rats.", ("rats",)),
        ("In Sprague-Dawley rats and C57BL/6 mice aspirin caused ulcers.", ("mice", "rats")),
        ("Phenobarbital caused sedation in a dog with epilepsy.", ("dogs",)),
        ("A guinea pig model of asthma.", ("guinea pigs",)),
        ("顺铂引起大鼠肾损伤。", ("rats",)),
        ("阿司匹林导致小鼠和犬胃溃疡。", ("dogs", "mice")),
        ("Aspirin caused ulcers in rats and in patients.", ()),
        ("Rat-bite fever is caused by Streptobacillus.", ()),
        ("Rabies follows bites of dogs; rabbit antibodies were used.", ()),
        ("Wet dog shake behaviour in rats.", ("rats",)),
        ("Cat scratch disease and porcine insulin.", ()),
        ("狂犬病可引起死亡。", ()),
        ("Aspirin causes gastric ulcer.", ()),
    ],
)
def test_of_which_animals_a_text_speaks(text: str, names: tuple[str, ...]) -> None:
    assert species(text) == names


def test_animals_beside_people() -> None:
    assert animals("Does it harm patients as it does rats?") == ("rats",)
    assert set(animals("大鼠 zebrafish")) <= set(CHINESE)


@pytest.mark.parametrize(
    ("name", "yes"), [("Rats", True), ("小鼠", True), ("rat-bite fever", False), ("S. aureus", False)]
)
def test_names_of_animals(name: str, yes: bool) -> None:
    assert is_animal(name) is yes
