from qa.model import AskedEntity
from qa.ways.known import WAYS
from qa.ways.things import blanked, runs, things


def named(surface: str, type: str, id: str = "X:1") -> AskedEntity:
    return AskedEntity(id, type, surface, surface, False, "")


def test_things_stand_from_left_to_right_and_words_that_ask_are_none() -> None:
    text = "genes of gout and asthma"
    found = things(text, [named("asthma", "Disease"), named("genes", "Concept"), named("gout", "Disease")])
    assert [thing.surface for thing in found] == ["gout", "asthma"]
    assert blanked(text, found) == "genes of □□□□ and □□□□□□"


def test_only_what_and_joins_is_one_run() -> None:
    text = "drugs for gout, asthma and cough but not with warfarin"
    found = things(text, [named(word, "Disease") for word in ("gout", "asthma", "cough", "warfarin")])
    assert [[thing.surface for thing in run] for run in runs(text, found)] == [
        ["gout", "asthma", "cough"],
        ["warfarin"],
    ]
    assert len(runs("痛风和哮喘", things("痛风和哮喘", [named("痛风", "Disease"), named("哮喘", "Disease")]))) == 1
    assert (
        len(runs("gout for asthma", things("gout for asthma", [named("gout", "Drug"), named("asthma", "Drug")]))) == 2
    )


def test_of_a_shared_name_the_way_takes_the_type_that_it_is_about() -> None:
    (thing,) = things("epilepsy", [named("epilepsy", "Phenotype", "HP:1"), named("epilepsy", "Disease", "MONDO:1")])
    assert thing.meant(WAYS["genes"]) == ("MONDO:1",)
    assert thing.meant(WAYS["found_in"]) == ("HP:1",)
    assert thing.meant(WAYS["treated_by"]) == ("HP:1", "MONDO:1")
    assert thing.is_one_of("Disease")
    assert not thing.is_class
