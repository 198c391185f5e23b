from __future__ import annotations

import pytest

from ingest.reading.relations.stance import stance


@pytest.mark.parametrize(
    ("text", "polarity", "certainty"),
    [
        ("Zantol caused hives.", "affirmed", "certain"),
        ("Zantol did not cause hives.", "negated", "certain"),
        ("Zantol was not significantly associated with hives.", "negated", "certain"),
        ("There was no association between zantol and hives.", "negated", "certain"),
        ("We found no clear evidence that zantol leads to hives.", "negated", "certain"),
        ("Zantol failed to prevent hives.", "negated", "certain"),
        ("Zantol may cause hives.", "affirmed", "possible"),
        ("These cases suggest that zantol induces hives.", "affirmed", "possible"),
        ("We asked whether zantol causes hives.", "affirmed", "hypothetical"),
        ("To determine if zantol, given daily, brings on hives, we looked.", "affirmed", "hypothetical"),
        # A denial of something else, far from the two.
        (
            "Zantol caused hives in those who had taken it every day for more than a fortnight at the highest dose of "
            "all, and the trial did not change that.",
            "affirmed",
            "certain",
        ),
        ("The blocker did not affect zantol-induced hives.", "affirmed", "certain"),
        # The patient's absent history is no denial of the relation.
        ("In a man without allergies zantol caused hives.", "affirmed", "certain"),
    ],
)
def test_cues_near_the_two(text: str, polarity: str, certainty: str) -> None:
    drug = text.lower().index("zantol")
    hives = text.index("hives")
    assert stance(text, 0, len(text), (drug, drug + 6), (hives, hives + 5)) == (polarity, certainty)


def test_cues_of_the_sentence_before_do_not_count() -> None:
    text = "Boraxil did not cause it. Zantol caused hives."
    start = text.index("Zantol")
    assert stance(text, start, len(text), (start, start + 6), (40, 45)) == ("affirmed", "certain")
