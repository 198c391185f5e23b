from __future__ import annotations

from ingest.reading.qualifiers.places import gap, nearest, overlaps, stretch


def test_the_nearest_two_of_many() -> None:
    assert nearest([(0, 3), (50, 53)], [(10, 13), (46, 49), (90, 93)]) == ((50, 53), (46, 49))
    assert nearest([(4, 6)], []) == ((4, 6), None)
    assert nearest([], []) == (None, None)


def test_a_stretch_ends_at_semicolons_beyond_the_two() -> None:
    text = "one; two and three; four"
    within = stretch(text, [(5, 8), (13, 18), None])
    assert text[slice(*within)] == " two and three"
    assert stretch(text, [None]) == (0, len(text))
    assert text[slice(*stretch(text, [(0, 3), (13, 18)]))] == "one; two and three"


def test_gaps_and_overlaps() -> None:
    assert gap((0, 2), (5, 6)) == gap((5, 6), (0, 2)) == 3
    assert gap((0, 4), (2, 6)) == 0
    assert overlaps((0, 4), [None, (3, 5)])
    assert not overlaps((0, 4), [(4, 5)])
