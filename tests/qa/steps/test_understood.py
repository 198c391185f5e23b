from qa.differential.model import Case, Finding, Unknown
from qa.evidence.wording import Words
from qa.steps.understood import not_understood, taken

FEVER, COUGH = Finding("fever", ("HP:1",)), Finding("sandpaper cough", ("HP:2",), read="read as 'cough'")


def test_all_that_counts_is_told() -> None:
    case = Case(
        observed=(COUGH,), excluded=(FEVER,), age=0.5, sex="male", tempo="days", season="winter", region="africa",
        drugs={"aspirin": ("DB:1",)}, notes=(Words("a note", "一条说明"),),
    )  # fmt: skip
    first, note = taken(case)
    assert first.said("en") == (
        "Counted as there: sandpaper cough (read as 'cough'); as absent: fever; of the person: 6 months old, male, for "
        "days, winter, Africa, aspirin."
    )
    assert "6个月、男性、病程数日、冬季、非洲、aspirin" in first.said("zh")
    assert (note.said("en"), note.said("zh")) == ("a note.", "一条说明。")


def test_nothing_told_is_nothing_said() -> None:
    assert (taken(Case()), not_understood(Case())) == ([], [])


def test_what_is_not_understood_is_named() -> None:
    case = Case(unknown=(Unknown("florblitz", "finding", ("Floaters",)),))
    (piece,) = not_understood(case)
    assert piece.said("en") == "Not understood, and not counted: “florblitz” (nearest: Floaters)."
    assert piece.said("zh") == "未能识别，未计入：“florblitz”（最接近：Floaters）。"


def test_what_two_readers_cut_differently_is_named_once() -> None:
    case = Case(unknown=(Unknown("Zorblatt disease", "finding"), Unknown("Zorblatt", "text")))
    (piece,) = not_understood(case)
    assert piece.said("en") == "Not understood, and not counted: “Zorblatt disease”."


def test_a_newborn() -> None:
    (piece,) = taken(Case(observed=(FEVER,), age=0.01))
    assert "a newborn" in piece.said("en")


def test_what_counts_is_told_once() -> None:
    case = Case(observed=(FEVER,), factors={"fever": ("HP:1",)}, unknown=(Unknown("Fever", "text"),))
    assert [piece.said("en") for piece in taken(case)] == ["Counted as there: fever."]
    assert not_understood(case) == []
