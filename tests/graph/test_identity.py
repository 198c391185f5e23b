"""When two ids are the same, and what the merge of declarations is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SchemaViolation
from graph.identity import Declaration, borne, canonical, follow, merge, resolve, stated_ends
from graph.model import PUBLIC, Assertion, Entity, Kind, Match, Name

ids = st.sampled_from([f"X:{n}" for n in range(8)])
pairs = st.lists(st.tuples(ids, ids), max_size=14)


@pytest.mark.parametrize(
    ("given", "resolved"),
    [
        ([], {}),
        ([("A:1", "B:1")], {"A:1": "B:1"}),
        ([("A:1", "B:1"), ("B:1", "C:1")], {"A:1": "C:1", "B:1": "C:1"}),
        ([("A:1", "C:1"), ("A:1", "B:1")], {"A:1": "B:1"}),
        ([("A:1", "A:1")], {}),
        ([("B:1", "A:1"), ("A:1", "B:1")], {"B:1": "A:1"}),
        ([("C:1", "B:1"), ("B:1", "A:2"), ("A:2", "B:1")], {"C:1": "A:2", "B:1": "A:2"}),
    ],
    ids=["none", "one", "chain", "two targets", "itself", "cycle", "into a cycle"],
)
def test_mapped_ids_are_resolved(given: list[tuple[str, str]], resolved: dict[str, str]) -> None:
    assert resolve(given) == resolved


def test_a_wrong_match_does_not_merge_what_it_points_to() -> None:
    resolved = resolve([("ICD10CM:E11", "MONDO:1"), ("ICD10CM:E11", "MONDO:2")])
    assert "MONDO:1" not in resolved
    assert "MONDO:2" not in resolved


@given(pairs, st.integers())
def test_resolving_does_not_depend_on_order_or_repetition(given: list[tuple[str, str]], seed: int) -> None:
    other = given * 2
    random.Random(seed).shuffle(other)
    assert resolve(other) == resolve(given)


MONDO = [("MONDO", "MONDO:1"), ("MONDO", "MONDO:2")]
MANUAL, LEXICAL = "semapv:ManualMappingCuration", "https://w3id.org/semapv/vocab/LexicalMatching"


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        (Match("MESH:1", "MONDO:1", 0.8, MANUAL), Match("MESH:1", "MONDO:2", 0.9, LEXICAL)),
        (Match("MESH:1", "MONDO:1", 0.9, LEXICAL), Match("MESH:1", "MONDO:2", 0.9, MANUAL)),
        (Match("MESH:1", "MONDO:1", 0.9), Match("MESH:1", "MONDO:2", 0.9, LEXICAL)),
        (Match("MESH:1", "MONDO:2"), Match("MESH:1", "MONDO:1")),
    ],
    ids=["confidence", "justification", "without justification", "ids"],
)
def test_an_id_follows_its_strongest_match(weak: Match, strong: Match) -> None:
    for matches in ([weak, strong], [strong, weak, strong]):
        followed = follow(matches, MONDO)
        assert followed.canonical == {"MESH:1": strong.canonical}
        how = "as well" if (weak.confidence, weak.justification) == strong[2:] else "better"
        assert followed.refused == {weak[:2]: f"MESH:1 is matched {how} to {strong.canonical}"}


def test_of_several_matches_those_that_lead_to_the_same_are_not_refused() -> None:
    chain = [Match("A:1", "B:1", 0.9), Match("A:1", "C:1", 0.5), Match("B:1", "C:1", 0.8)]
    assert follow(chain, []).refused == {}
    assert set(follow(chain, []).canonical.values()) == {"C:1"}


@pytest.mark.parametrize("live", [[], MONDO], ids=["undeclared", "declared"])
def test_a_circle_is_broken_at_its_weakest_match_and_told(live: list[tuple[str, str]]) -> None:
    circle = [Match("A:1", "MONDO:1", 0.9), Match("MONDO:1", "C:1", 0.6), Match("C:1", "A:1", 0.8)]
    followed = follow(circle, live)
    assert followed.canonical == {"A:1": "MONDO:1", "C:1": "MONDO:1"}
    assert followed.refused == {("MONDO:1", "C:1"): "would close a circle: C:1 already leads to MONDO:1"}
    both = follow([Match("A:1", "B:1"), Match("B:1", "A:1")], live)
    assert both.canonical == {"B:1": "A:1"}
    assert both.refused == {("A:1", "B:1"): "would close a circle: B:1 already leads to A:1"}


def test_of_the_matches_between_two_ids_of_one_source_the_weakest_is_refused() -> None:
    chain = [Match("MONDO:1", "MESH:1", 0.9), Match("MESH:1", "OMIM:1", 0.6), Match("OMIM:1", "MONDO:2", 0.8)]
    followed = follow(chain, MONDO)
    assert followed.canonical == {"MONDO:1": "MESH:1", "OMIM:1": "MONDO:2"}
    (reason,) = followed.refused.values()
    assert followed.refused.keys() == {("MESH:1", "OMIM:1")}
    assert reason == "would join MONDO:1 and MONDO:2, which MONDO tells apart"
    assert follow(chain, MONDO[:1]).refused == {}
    assert follow(chain, [("A", "MONDO:1"), ("B", "MONDO:2")]).refused == {}  # each has one alone
    assert follow(chain, [("A", "MESH:1"), ("A", "OMIM:1")]).refused == {}  # of two prefixes


def test_an_id_follows_its_next_match_where_the_strongest_is_refused() -> None:
    matches = [Match("MONDO:1", "MONDO:2"), Match("MONDO:1", "OMIM:1", 0.5)]
    assert follow(matches, MONDO).canonical == {"MONDO:1": "OMIM:1"}


def test_a_file_that_would_merge_everything_ends_soon() -> None:
    live = [("MONDO", f"MONDO:{n}") for n in range(20_000)]
    followed = follow([(Match(id, "OMIM:1")) for _, id in live], live)
    assert followed.canonical == {"MONDO:0": "OMIM:1"}
    assert len(followed.refused) == len(live) - 1
    ring = [Match(f"A:{n}", f"A:{(n + 1) % 20_000}") for n in range(20_000)]
    assert len(follow(ring, []).canonical) == len(ring) - 1
    assert len(follow(ring, []).refused) == 1
    assert len(follow(ring, [("A", id) for id in ("A:5", "A:700", "A:9000")]).refused) == 3


@given(
    st.lists(st.builds(Match, ids, ids, st.sampled_from([0.5, 0.75, 1.0]), st.sampled_from(["", MANUAL])), max_size=14),
    st.lists(st.tuples(st.sampled_from("AB"), ids), max_size=8),
    st.integers(),
)
def test_what_is_followed_depends_on_content_alone_and_joins_nothing_that_a_source_tells_apart(
    matches: list[Match], live: list[tuple[str, str]], seed: int
) -> None:
    followed = follow(matches, live)
    shuffled, declared = matches * 2, live * 2
    random.Random(seed).shuffle(shuffled)
    random.Random(seed).shuffle(declared)
    assert follow(shuffled, declared) == followed
    ends: dict[tuple[str, str], set[str]] = {}
    for source, id in live:
        ends.setdefault((source, followed.canonical.get(id, id)), set()).add(id)
    assert all(len(joined) == 1 for joined in ends.values())
    assert followed.refused.keys() <= {(match.other, match.canonical) for match in matches}
    for match in matches:
        apart = len({followed.canonical.get(id, id) for id in (match.other, match.canonical)}) > 1
        assert not apart or (match.other, match.canonical) in followed.refused


def test_symmetric_statements_are_ordered_by_what_their_ids_stand_for() -> None:
    fact = Assertion.new("A:1", "associated_with", "B:1", source="S", sentence="s")
    assert stated_ends(fact, {}) == ("A:1", "B:1")
    assert stated_ends(fact, {"A:1": "C:1"}) == ("B:1", "A:1")
    assert stated_ends(fact, {"A:1": "C:1", "B:1": "C:1"}) == ("A:1", "B:1")
    assert canonical(fact, {"A:1": "C:1"}).subject == "B:1"


@given(pairs)
def test_a_canonical_id_stands_for_itself(given: list[tuple[str, str]]) -> None:
    resolved = resolve(given)
    assert all(end not in resolved for end in resolved.values())
    # Whatever a single mapping holds together ends at one id.
    targets: dict[str, set[str]] = {}
    for other, target in given:
        targets.setdefault(other, set()).add(target)
    for other, target in given:
        if targets[other] == {target}:
            assert resolved.get(other, other) == resolved.get(target, target)


def test_a_long_chain_is_followed() -> None:
    resolved = resolve((f"X:{n}", f"X:{n + 1}") for n in range(5000))
    assert set(resolved.values()) == {"X:5000"}


def test_an_assertion_is_kept_under_canonical_ids() -> None:
    said = Assertion.new("B:1", "interacts_with", "A:1", source="S", sentence="They interact.")
    kept = canonical(said, {"A:1": "C:1"})
    assert (kept.subject, kept.object, kept.id) == ("B:1", "C:1", said.id)
    swapped = canonical(said, {})
    assert (swapped.subject, swapped.object) == ("A:1", "B:1")
    directed = Assertion.new("B:1", "treats", "A:1", source="S", sentence="It treats.")
    assert canonical(directed, {}) is directed
    with pytest.raises(SchemaViolation):
        canonical(Assertion.new("B:1", "cures", "A:1", source="S", sentence="It cures."), {})


@pytest.mark.parametrize("paper", [("PMID:1", "document"), ("NOTE", "document")])
@pytest.mark.parametrize("lexicon", [("hpo", "curated"), ("hospital:names", "curated")])
def test_curated_declarations_count_first(paper: tuple[str, Kind], lexicon: tuple[str, Kind]) -> None:
    document = Entity("X:1", "Concept", "fièvre", (Name("b"),), ("R:2",), "From a document.")
    curated = Entity("X:1", "Phenotype", "Fever", (Name("a"),), ("R:1",), "", frozenset({"a"}))
    merged = merge("X:1", [Declaration(*paper, document), Declaration(*lexicon, curated)])
    assert merged == Entity(
        "X:1", "Phenotype", "Fever", (Name("a"), Name("fièvre"), Name("b")), ("R:1", "R:2"), "From a document.",
        PUBLIC | {"a"},
    )  # fmt: skip


@given(st.permutations(range(4)))
def test_the_merge_does_not_depend_on_order(order: list[int]) -> None:
    declarations = [
        Declaration("B", "curated", Entity("X:1", "Drug", "b", (Name("s"),))),
        Declaration("A", "curated", Entity("Y:1", "Disease", "a", xrefs=("R:1",))),
        Declaration("PMID:1", "document", Entity("X:1", "Gene", "c", definition="c")),
        Declaration("A", "curated", Entity("X:1", "Concept", "d", definition="d")),
    ]
    merged = merge("X:1", [declarations[n] for n in order])
    assert merged == merge("X:1", declarations)
    assert (merged.type, merged.name, merged.definition, merged.xrefs) == ("Concept", "d", "d", ("R:1", "Y:1"))


def test_a_concept_goes_by_its_name_in_the_vocabulary_of_its_id() -> None:
    declarations = [
        Declaration("DO", "curated", Entity("DOID:1", "Disease", "epilepsy syndrome", definition="of DO")),
        Declaration("ZZZ", "curated", Entity("MONDO:1", "Phenotype", "epilepsy", definition="of Mondo")),
        Declaration("PMID:1", "document", Entity("MONDO:1", "Disease", "Epi")),
    ]
    whole = merge("MONDO:1", declarations)
    assert (whole.name, whole.definition, whole.type) == ("epilepsy", "of Mondo", "Disease")
    assert Name("epilepsy syndrome") in whole.synonyms
    assert merge("MONDO:1", declarations[:1]).name == "epilepsy syndrome"
    # A document does not name what a vocabulary names, not even under the id of another.
    assert merge("MONDO:1", [declarations[0], declarations[2]]).name == "epilepsy syndrome"


def test_a_preferred_name_is_borne_once() -> None:
    assert borne(Entity("X:1", "Drug", "Aspirin", (Name("ASA"), Name("ASA")))) == [Name("ASA"), Name("Aspirin")]
    assert borne(Entity("X:1", "Drug", "阿司匹林")) == [Name("阿司匹林", "zh")]
    assert borne(Entity("X:1", "Drug", "Aspirine", (Name("Aspirine", "fr"),))) == [Name("Aspirine", "fr")]
    assert borne(Entity("X:1", "Drug", " ", (Name(""),))) == []
