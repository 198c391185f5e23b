"""Composite mentions, variants, and what a text says of its short forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading.linking import composite, variants
from ingest.reading.linking.queries import Query, queries
from ingest.reading.recognition.recognizer import Span

FindSpans = Callable[..., list[Span]]


@pytest.mark.parametrize(
    ("surface", "way"),
    [
        ("ovarian and breast cancer", ("ovarian cancer", "breast cancer")),
        ("brain, breast, and prostate cancer", ("brain cancer", "breast cancer", "prostate cancer")),
        ("breast/ovarian cancer", ("breast cancer", "ovarian cancer")),
        ("cancer of the ovary and breast", ("cancer of the ovary", "cancer of the breast")),
        ("hyper- or dyskinesia", ("hyper", "dyskinesia")),
        ("renal or hepatic toxicity", ("renal toxicity", "hepatic toxicity")),
        ("nausea and vomiting", ("nausea", "vomiting")),
        ("type 1 and 2 diabetes", ("type 1 diabetes", "type 2 diabetes")),
        ("caspase-3/7", ("caspase-3", "caspase-7")),
        ("MMP-2/-9", ("MMP-2", "MMP-9")),
        ("FGF-2, -3 and -7", ("FGF-2", "FGF-3", "FGF-7")),
        ("FGF receptors 2 and 4", ("FGF receptors 2", "FGF receptors 4")),
        ("C6 and C7", ("C6", "C7")),
    ],
)
def test_a_list_of_names_is_read_with_its_common_words(surface: str, way: tuple[str, ...]) -> None:
    assert way in composite.parts(surface)


@pytest.mark.parametrize(
    "surface", ["renal failure", "", "and", "a, b, c, d, e, f, g", "anderson disease", "1,2-dioxane"]
)
def test_what_is_no_list_is_not_taken_apart(surface: str) -> None:
    assert composite.parts(surface) == []


@settings(deadline=None)
@given(st.text(alphabet="ab, /-andor", max_size=40))
def test_no_part_is_empty(surface: str) -> None:
    assert all(part.strip() for way in composite.parts(surface) for part in way)


@pytest.mark.parametrize(
    ("surface", "id"),
    [
        ("rs1801133", "DBSNP:rs1801133"),
        ("R215W", "tmVar:p%7CSUB%7CR%7C215%7CW"),
        ("p.Arg215Trp", "tmVar:p%7CSUB%7CR%7C215%7CW"),
        ("c.643C>T", "tmVar:c%7CSUB%7CC%7C643%7CT"),
        ("643C>T", "tmVar:c%7CSUB%7CC%7C643%7CT"),
        ("C677T", "tmVar:c%7CSUB%7CC%7C677%7CT"),
        ("657del5", "tmVar:c%7CDEL%7C657%7C5"),
        ("35delG", "tmVar:c%7CDEL%7C35%7CG"),
        ("c.76_78delACT", "tmVar:c%7CDEL%7C76_78%7CACT"),
        ("677TT", "tmVar:c%7CAllele%7CTT%7C677"),
        ("-1082A", "tmVar:c%7CAllele%7CA%7C-1082"),
    ],
)
def test_a_variant_is_named_by_its_form(surface: str, id: str) -> None:
    assert variants.identify(surface) == (id,)


@pytest.mark.parametrize("surface", ["", "a deletion", "exon 7", "R215", "COX2"])
def test_a_form_that_is_not_known_has_no_id(surface: str) -> None:
    assert variants.identify(surface) == ()


def test_a_short_form_is_looked_up_as_what_the_text_defines(spans: FindSpans) -> None:
    text = "Severe kidney disease (KD) is rare. KDs and KD-related pain."
    asked = queries(text, spans(text, ("KD", "Disease"), ("KDs", "Disease"), ("KD-related", "Disease")))
    assert asked[0] == (Query("kidney disease", True), Query("KD", False, True))
    assert asked[1] == (Query("kidney disease", True), Query("KDs", False, True))
    assert Query("KD-related", False) in asked[2]


def test_a_long_form_begins_where_its_span_does(spans: FindSpans) -> None:
    text = "Here acute deadly malady (ADM) is seen: ADM."
    asked = queries(text, [*spans(text, ("acute deadly malady", "Disease")), Span(26, 29, "Disease", 1.0)])
    assert asked[1][0] == Query("acute deadly malady", True)


def test_a_surface_is_also_looked_up_without_its_brackets(spans: FindSpans) -> None:
    text = "A glucose dehydrogenase (G6) deficiency."
    asked = queries(text, spans(text, ("glucose dehydrogenase (G6) deficiency", "Disease")))
    assert Query("glucose dehydrogenase deficiency", True) in asked[0]


def test_the_parts_of_a_short_form_mean_those_of_the_long_one(spans: FindSpans) -> None:
    text = "Of the hyperplasia-jaw tumor (HP-JT) syndrome JT is a part, as of renal and liver (REL-AX) no AX is."
    asked = queries(text, spans(text, ("JT is", "Disease"), ("AX", "Disease")))
    jt = queries(text, spans(text, ("HP-JT", "Disease"), ("JT", "Disease")))[1]
    assert jt[0] == Query("jaw tumor", True)
    assert asked[1] == (Query("AX", False),)
