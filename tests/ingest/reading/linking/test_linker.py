from __future__ import annotations

import random
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Entity
from ingest.errors import WeightsUnavailable
from ingest.reading.linking.linker import Linker
from ingest.reading.recognition.recognizer import Span

FindSpans = Callable[..., list[Span]]


def ids(linker: Linker, text: str, found: list[Span]) -> list[tuple[str, ...]]:
    return [link.ids for link in linker.link(text, found)]


@pytest.mark.parametrize(
    ("surface", "label", "id"),
    [
        ("Hypertension", "Disease", "MESH:D000002"),
        ("high blood pressure", "Disease", "MESH:D000002"),
        ("breast cancers", "Disease", "MESH:D000004"),
        ("disease of the kidney", "Disease", "MESH:D000001"),
        ("anaemia", "Disease", "MESH:D000015"),
        ("doxorubicine", "Chemical", "MESH:D000009"),
        ("Catapres", "Chemical", "MESH:D000010"),
        ("LEA-103", "Chemical", "MESH:C000001"),
        ("mouse", "Species", "NCBITaxon:10090"),
    ],
)
def test_a_name_is_linked(linker: Linker, spans: FindSpans, surface: str, label: str, id: str) -> None:
    text = f"Of {surface} it is said."
    assert ids(linker, text, spans(text, (surface, label))) == [(id,)]


def test_what_is_like_no_name_is_not_linked(linker: Linker, spans: FindSpans) -> None:
    text = "Patients with zzyzx and florbing."
    links = linker.link(text, spans(text, ("zzyzx", "Disease"), ("florbing", "Chemical")))
    assert [link.ids for link in links] == [(), ()]
    assert all(link.score < 0.5 and link.reason for link in links)


def test_an_annotated_surface_is_known_again(linker: Linker, spans: FindSpans) -> None:
    text = "He had the wobbles."
    assert ids(linker, text, spans(text, ("wobbles", "Disease"))) == [("MESH:D000003",)]


def test_a_short_form_means_what_the_text_says(linker: Linker, spans: FindSpans) -> None:
    text = "Acute renal failure (ARF) is dangerous. ARF kills."
    wanted = spans(text, ("Acute renal failure", "Disease"), ("ARF", "Disease"), ("ARF", "Disease"))
    assert ids(linker, text, wanted) == [("MESH:D000007",)] * 3


def test_a_short_form_that_abstracts_define_is_known(linker: Linker, spans: FindSpans) -> None:
    text = "MMEL was seen."
    links = Linker.link(linker, text, spans(text, ("MMEL", "Disease")))
    assert "Melanoma" in links[0].reason


def test_a_homonym_of_another_type_is_no_candidate(linker: Linker, spans: FindSpans) -> None:
    text = "ADR1 and ADR1."
    links = linker.link(text, spans(text, ("ADR1", "Gene"), ("ADR1", "Chemical")))
    assert links[0].ids == ("NCBIGene:77",)
    assert links[1].ids == ()


def test_a_composite_mention_has_several_ids(linker: Linker, spans: FindSpans) -> None:
    text = "Both ovarian and breast cancer run in families."
    assert set(ids(linker, text, spans(text, ("ovarian and breast cancer", "Disease")))[0]) == {
        "MESH:D000004",
        "MESH:D000005",
    }


def test_a_withdrawn_id_gives_way_to_the_present_one(folder: Path, linker: Linker, spans: FindSpans) -> None:
    text = "On quetiapine."
    wanted = spans(text, ("quetiapine", "Chemical"))
    assert ids(linker, text, wanted) == [("MESH:D000012",)]
    assert ids(Linker(folder, withdrawn=True), text, wanted) == [("MESH:C999999",)]


def test_a_variant_is_linked_by_its_form(linker: Linker, spans: FindSpans) -> None:
    text = "The variant p.Arg215Trp (rs12) and some deletion."
    wanted = spans(text, ("p.Arg215Trp", "Variant"), ("rs12", "Variant"), ("some deletion", "Variant"))
    assert ids(linker, text, wanted) == [("tmVar:p%7CSUB%7CR%7C215%7CW",), ("DBSNP:rs12",), ()]
    assert linker.entity("DBSNP:rs12") == Entity("DBSNP:rs12", "Variant", "rs12")


def test_a_label_without_concepts_is_not_linked(linker: Linker) -> None:
    assert linker.link("头痛", [Span(0, 2, "症状", 1.0)])[0].ids == ()


def test_an_id_has_an_entity(linker: Linker) -> None:
    assert linker.entity("MESH:D000002") == Entity("MESH:D000002", "Disease", "Hypertension")
    assert linker.entity("MESH:C531816").xrefs == ("OMIM:301500",)
    assert linker.entity("NCBITaxon:10090").type == "Organism"
    assert linker.entity("MESH:D000010").type == "Drug"
    with pytest.raises(KeyError):
        linker.entity("MESH:D999998")


def test_a_mesh_id_has_an_id_of_omim(linker: Linker) -> None:
    assert linker.mesh_to_omim("MESH:C531816") == "OMIM:301500"
    assert linker.mesh_to_omim("MESH:D000002") is None


def test_a_higher_threshold_makes_fewer_links(folder: Path, spans: FindSpans) -> None:
    text = "liver troubles, renal dysfunction, hypertension"
    wanted = spans(text, ("liver troubles", "Disease"), ("renal dysfunction", "Disease"), ("hypertension", "Disease"))
    made = [
        sum(bool(link.ids) for link in Linker(folder, threshold=threshold).link(text, wanted))
        for threshold in (0.0, 0.5, 1.0)
    ]
    assert made == sorted(made, reverse=True)
    assert made[-1] == 0 < made[0]


def test_a_folder_without_a_linker_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="linker"):
        Linker(tmp_path)


WORDS = (
    "renal",
    "disease",
    "ADR1",
    "(KD)",
    "kidney",
    "and",
    "breast",
    "cancer",
    "hypertensive",
    "β",
    "/",
    "头",
    "\u202e",
)


@given(
    text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)),
    label=st.sampled_from(["Chemical", "Disease", "Gene", "Species", "CellLine", "Variant", "症状"]),
    seed=st.integers(0, 1 << 16),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_span_of_any_text_has_a_link(linker: Linker, text: str, label: str, seed: int) -> None:
    rng = random.Random(seed)
    cuts = sorted({rng.randint(0, len(text)) for _ in range(6)})
    wanted = [Span(a, b, label, 1.0) for a, b in pairwise(cuts)]
    links = linker.link(text, wanted)
    assert len(links) == len(wanted)
    for link in links:
        assert 0.0 <= link.score <= 1.0
        assert all(linker.entity(id).id == id for id in link.ids)


def test_links_do_not_depend_on_what_was_linked_before(folder: Path, spans: FindSpans) -> None:
    texts = [
        "Acute duct damage (ADD) and ADD.",
        "ADD in children with hypertension.",
        "ovarian and breast cancer, renal disease",
        "doxorubicine against melanomas",
    ]
    wanted = [
        spans(texts[0], ("Acute duct damage", "Disease"), ("ADD", "Disease"), ("ADD", "Disease")),
        spans(texts[1], ("ADD", "Disease"), ("hypertension", "Disease")),
        spans(texts[2], ("ovarian and breast cancer", "Disease"), ("renal disease", "Disease")),
        spans(texts[3], ("doxorubicine", "Chemical"), ("melanomas", "Disease")),
    ]
    fresh = [Linker(folder).link(text, these) for text, these in zip(texts, wanted, strict=True)]
    used = Linker(folder)
    backwards = [used.link(texts[at], wanted[at]) for at in (3, 2, 1, 0)][::-1]
    assert fresh == backwards
    assert fresh[0][1].ids == ("MESH:D000007",)
    assert fresh[1][0].ids == ("MESH:D000008",)


def test_several_threads_get_the_same_links(folder: Path, spans: FindSpans) -> None:
    linker = Linker(folder)
    text = "hypertensive kidney disease and doxorubicine"
    wanted = spans(text, ("hypertensive kidney disease", "Disease"), ("doxorubicine", "Chemical"))
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(linker.link(text, wanted))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(links == found[0] for links in found)


def test_a_gene_is_that_of_the_species_spoken_of(linker: Linker, spans: FindSpans) -> None:
    texts = ("ADR1 in patients.", "ADR1 in mice.", "Murx in mice.", "ADR1 of Wistar rats.", "ADR1 gene in humans.")
    surfaces = ("ADR1", "ADR1", "Murx", "ADR1", "ADR1 gene")
    found = [ids(linker, text, spans(text, (name, "Gene"))) for text, name in zip(texts, surfaces, strict=True)]
    assert found == [[(f"NCBIGene:{number}",)] for number in (77, 1077, 1077, 2077, 77)]
    assert linker.entity("NCBIGene:1077") == Entity("NCBIGene:1077", "Gene", "Adr1")


def test_a_gene_is_doubted_where_only_a_species_is_spoken_of_that_is_not_known_to_have_it(
    linker: Linker, spans: FindSpans
) -> None:
    texts = ("DOXO in patients.", "DOXO in patients and in mice.", "DOXO in zebrafish.")
    human, mixed, fish = (linker.link(text, spans(text, ("DOXO", "Gene")))[0].score for text in texts)
    assert fish < mixed < human


def test_a_drug_is_known_by_names_from_beside(linker: Linker, spans: FindSpans) -> None:
    text = "Dixarit and clonidine hydrochloride."
    wanted = spans(text, ("Dixarit", "Chemical"), ("clonidine hydrochloride", "Chemical"))
    assert ids(linker, text, wanted) == [("MESH:D000010",)] * 2


def test_a_part_of_the_body_that_is_hurt_has_its_diseases(linker: Linker, spans: FindSpans) -> None:
    text = "Hepatic complications and involvement of the kidney."
    wanted = spans(text, ("Hepatic complications", "Disease"), ("involvement of the kidney", "Disease"))
    assert ids(linker, text, wanted) == [("MESH:D000006",), ("MESH:D000001",)]


def test_an_id_is_known_by_those_of_other_years(linker: Linker) -> None:
    assert linker.mesh == "2024"
    assert linker.same("MESH:C999999") == ("MESH:D000012",)
    assert linker.same("MESH:D000012") == ("MESH:C999999",)
    assert linker.entity("MESH:D000012").xrefs == ("MESH:C999999",)
    assert linker.canonical("MESH:C999999") == linker.canonical("MESH:D000012") == "MESH:D000012"
    assert linker.canonical("MESH:C531816") == linker.canonical("OMIM:301500") == "OMIM:301500"
    assert linker.knows("MESH:C999999")
    assert not linker.knows("MESH:C999998")
    assert linker.same("MESH:C531816") == ("OMIM:301500",)
    assert linker.same("MESH:D000002") == linker.same("ZZ:1") == ()


def test_a_list_of_which_the_whole_resembles_one_has_both(linker: Linker, spans: FindSpans) -> None:
    text = "Severe chronic cancer of the ovary and breast."
    found = ids(linker, text, spans(text, ("Severe chronic cancer of the ovary and breast", "Disease")))
    assert set(found[0]) == {"MESH:D000004", "MESH:D000005"}


def test_genes_in_a_list_of_numbers_and_a_symbol_of_an_unknown_long_form_are_linked(
    linker: Linker, spans: FindSpans
) -> None:
    text = "The zonal quill thing (ADR1) was seen. ADR1 acts."
    assert ids(linker, text, spans(text, ("zonal quill thing", "Gene"), ("ADR1", "Gene"), ("ADR1", "Gene")))[1:] == [
        ("NCBIGene:77",), ("NCBIGene:77",),
    ]  # fmt: skip
