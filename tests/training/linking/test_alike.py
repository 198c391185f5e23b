from __future__ import annotations

import pytest

from ingest.reading.linking.names import root
from training.linking.alike import alike


def weights(*names: tuple[int, str]) -> dict[tuple[str, str], int]:
    """The pairs of words and their weights from names of one word and more, whose roots are themselves."""
    rows = [(concept, tuple(sorted(name.split()))) for concept, name in names]
    terms = sorted({word for _, name in rows for word in name})
    number = {term: at for at, term in enumerate(terms)}
    return {(terms[one], terms[other]): weight for one, other, weight in alike(rows, number)}


def test_terms_that_change_places_in_two_concepts_are_alike() -> None:
    made = weights((1, "zog pain"), (1, "zig pain"), (2, "zog ache"), (2, "zig ache"), (3, "zog"))
    assert set(made) == {("zog", "zig"), ("zig", "zog")}
    share = 2 / (3 * 2) ** 0.5
    assert made["zog", "zig"] == round(min(0.95, 0.5 + 1.5 * share) * 255)


@pytest.mark.parametrize(
    "names",
    [
        ((1, "zog pain"), (1, "zig pain")),  # once may be chance
        ((1, "zog pain"), (2, "zig pain"), (3, "zog ache"), (4, "zig ache")),  # not of one concept
        ((1, "type 1"), (1, "type 2"), (2, "zog 1"), (2, "zog 2")),  # numbers never are
        ((1, "zog pain one"), (1, "zig ache one"), (2, "zog pain two"), (2, "zig ache two")),  # two words differ
    ],
)
def test_what_is_not_alike(names: tuple[tuple[int, str], ...]) -> None:
    assert weights(*names) == {}


def test_what_everybody_knows_to_be_alike_needs_no_names() -> None:
    kidney, renal = root("kidney"), root("renal")
    assert set(weights((1, kidney), (2, renal))) == {(kidney, renal), (renal, kidney)}
