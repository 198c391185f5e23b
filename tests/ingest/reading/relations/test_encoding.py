from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

from ingest.model import Mention
from ingest.reading.relations.encoding import CHUNK, MARKERS, PAGE, Page, pages

KINDS = {"zantol": ("Drug", "MESH:C1"), "hives": ("Disease", "MESH:D1"), "pain": ("Phenotype", "HP:1")}


def mentions(text: str) -> list[Mention]:
    found = []
    for word, (type, id) in KINDS.items():
        at = text.find(word)
        while at >= 0:
            found.append(Mention(at, at + len(word), word, type, id, 1.0))
            at = text.find(word, at + 1)
    return sorted(found, key=lambda m: m.start)


def words(tokenizer: Any, page: Page) -> list[str]:
    markers = [f"{mark}{kind}" for kind in MARKERS for mark in "<>"]
    known = [tokenizer.id_to_token(at) for at in range(tokenizer.get_vocab_size())] + markers
    return [known[id] for chunk in page.chunks for id in chunk]


def test_each_mention_stands_between_the_markers_of_its_kind(tokenizer: Any) -> None:
    text = "zantol-caused hives. It was zantol."
    (page,) = pages(text, mentions(text), tokenizer)
    assert words(tokenizer, page)[:12] == [
        "[CLS]", "<Chemical", "zan", "##tol", ">Chemical", "-", "cause", "##d", "<Disease", "hives", ">Disease", ".",
    ]  # fmt: skip
    assert [entity.id for entity in page.entities] == ["MESH:C1", "MESH:D1"]
    assert page.pairs == ((0, 1),)
    assert page.marks[0][0] == 1
    assert page.marks[1] == (8,)
    assert [page.sentence[place] for place in page.marks[0]] == [0, 1]
    assert len(page.sentence) == sum(map(len, page.chunks))


def test_a_mention_that_ends_within_a_word_is_marked_at_the_word_piece(tokenizer: Any) -> None:
    text = "zantolhives here"
    (page,) = pages(text, mentions(text), tokenizer)
    flat = words(tokenizer, page)
    assert [flat.count(f"{mark}{kind}") for kind in ("Chemical", "Disease") for mark in "<>"] == [1, 1, 1, 1]


def test_a_composite_mention_is_marked_once_for_both(tokenizer: Any) -> None:
    text = "zantol caused hives pain."
    both = [
        Mention(14, 24, "hives pain", "Disease", "MESH:D1", 1.0),
        Mention(14, 24, "hives pain", "Disease", "MESH:D2", 1.0),
    ]
    (page,) = pages(text, [*mentions(text)[:1], *both], tokenizer)
    assert page.marks[1] == page.marks[2]
    assert words(tokenizer, page).count("<Disease") == 1
    assert page.pairs == ((0, 1), (0, 2))


def test_without_a_pair_there_is_nothing_to_read(tokenizer: Any) -> None:
    for text in ("", "zantol", "zantol and zantol", "hives and pain", "nothing"):
        assert list(pages(text, mentions(text), tokenizer)) == []
    unlinked = [Mention(0, 6, "zantol", "Drug", None, 1.0), Mention(14, 19, "hives", "Disease", None, 1.0)]
    assert list(pages("zantol caused hives", unlinked, tokenizer)) == []


def test_a_long_text_is_read_in_pages_that_share_a_sentence(tokenizer: Any) -> None:
    text = " ".join(f"In case {at} zantol caused hives." for at in range(300))
    found = list(pages(text, mentions(text), tokenizer))
    assert len(found) > 2
    for page in found:
        assert sum(map(len, page.chunks)) <= PAGE + 2 * len(page.chunks)
        assert all(len(chunk) <= CHUNK for chunk in page.chunks)
    for before, after in pairwise(found):
        assert before.bounds[-1] == after.bounds[0]
    assert {bound for page in found for bound in page.bounds} >= {(0, 30)}
    assert sum(len(entity.spans) for page in found for entity in page.entities) >= 600


def test_what_stands_behind_the_cut_of_an_endless_sentence_is_left_out(tokenizer: Any) -> None:
    text = "zantol caused hives " + "and so on " * 2_000 + "pain"
    (page,) = pages(text, mentions(text), tokenizer)
    assert [entity.id for entity in page.entities] == ["MESH:C1", "MESH:D1"]
    assert max(map(len, page.chunks)) == CHUNK


def test_markers_always_stand_where_they_are_said_to(tokenizer: Any) -> None:
    dice = random.Random(4)
    pieces = [*KINDS, "caused", ". ", "\n", "é", "🦠", "x" * 40, "(", "。", "-", "\u202e", "A"]
    for _ in range(200):
        text = "".join(dice.choice(pieces) + dice.choice(["", " "]) for _ in range(dice.randint(2, 300)))
        for page in pages(text, mentions(text), tokenizer):
            flat = [id for chunk in page.chunks for id in chunk]
            assert len(flat) == len(page.sentence)
            for entity, places in zip(page.entities, page.marks, strict=True):
                assert len(entity.spans) == len(places)
                for (start, _), place in zip(entity.spans, places, strict=True):
                    assert flat[place] == tokenizer.get_vocab_size() + 2 * MARKERS.index(entity.kind)
                    low, high = page.bounds[page.sentence[place]]
                    assert low <= start < high
