from __future__ import annotations

import pytest

from ingest.model import Mention
from ingest.reading.relations.pairs import MOST_PAIRS, Entity, candidates, entities, evidence, sentence_of


def mention(start: int, end: int, type: str, entity: str | None) -> Mention:
    return Mention(start, end, "x" * (end - start), type, entity, 1.0)


def test_entities_gather_the_spans_of_linked_mentions_in_reach() -> None:
    found = entities(
        [
            mention(0, 4, "Drug", "MESH:C1"),
            mention(5, 9, "Phenotype", "HP:1"),
            mention(10, 12, "Organism", "NCBITaxon:9606"),
            mention(13, 15, "Drug", None),
            mention(16, 20, "Drug", "MESH:C1"),
            mention(40, 44, "Gene", "NCBIGene:1"),
        ],
        0,
        30,
    )
    assert found == [Entity("MESH:C1", "Chemical", ((0, 4), (16, 20))), Entity("HP:1", "Disease", ((5, 9),))]


def test_candidates_have_an_order_of_kinds_and_leave_out_what_coincides() -> None:
    disease = Entity("D", "Disease", ((0, 4),))
    part = Entity("E", "Disease", ((0, 4),))
    drug = Entity("C", "Chemical", ((5, 9),))
    gene, other = Entity("G", "Gene", ((10, 12),)), Entity("H", "Gene", ((14, 16),))
    found = [disease, part, drug, gene, other]
    ids = [found[i].id + found[j].id for i, j in candidates(found)]
    assert ids == ["CD", "CE", "CG", "CH", "GD", "GE", "GH", "HD", "HE"]
    assert candidates([gene, Entity("K", "Gene", gene.spans)]) == []


def test_of_too_many_pairs_the_closest_are_asked_about() -> None:
    genes = [Entity(f"G{at}", "Gene", ((10 * at, 10 * at + 2),)) for at in range(60)]
    pairs = candidates(genes)
    assert len(pairs) == MOST_PAIRS
    assert max(j - i for i, j in pairs) <= 8
    assert pairs == sorted(pairs)


@pytest.mark.parametrize(("offset", "index"), [(0, 0), (9, 0), (10, 0), (11, 1), (35, 2), (99, 2)])
def test_the_sentence_of_an_offset(offset: int, index: int) -> None:
    assert sentence_of([(0, 10), (11, 20), (21, 30)], offset) == index


@pytest.mark.parametrize(
    ("subject", "object", "weights", "expected"),
    [
        # Together in two sentences: the heavier one.
        (((0, 2), (21, 23)), ((4, 6), (25, 27)), (0.2, 0.1, 0.7, 0.0), (20, 30, True)),
        (((0, 2), (21, 23)), ((4, 6), (25, 27)), (0.7, 0.1, 0.2, 0.0), (0, 10, True)),
        # Next door: both sentences.
        (((0, 2),), ((12, 14),), (0.5, 0.5, 0.0, 0.0), (0, 19, True)),
        # Apart: one of the two, which states nothing by itself.
        (((0, 2),), ((32, 34),), (0.1, 0.0, 0.0, 0.9), (31, 40, False)),
    ],
)
def test_evidence_is_where_both_are_named(
    subject: tuple[tuple[int, int], ...],
    object: tuple[tuple[int, int], ...],
    weights: tuple[float, ...],
    expected: tuple[int, int, bool],
) -> None:
    bounds = [(0, 10), (11, 19), (20, 30), (31, 40)]
    assert evidence(bounds, Entity("S", "Chemical", subject), Entity("O", "Disease", object), weights) == expected
