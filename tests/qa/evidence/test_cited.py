from collections.abc import Callable

from qa.evidence.cited import heading, quoted, shown
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import FactEvidence
from qa.evidence.passage import PassageEvidence


def test_a_record_is_cited_with_version_grounds_day_and_page(fact: Callable[..., FactEvidence]) -> None:
    piece = fact(record="PMID:7", qualifiers={"evidence": "TAS", "date": "2020-02-01"})
    address = "https://pubmed.ncbi.nlm.nih.gov/7/"
    assert heading(piece, "en") == f"DRUGS · 2.1 · traceable author statement (TAS) · 2020-02-01 · {address}"
    assert heading(piece, "zh") == f"DRUGS · 2.1 · 可溯源的作者陈述（TAS） · 2020-02-01 · {address}"
    assert (shown(piece, "en"), shown(piece, "zh")) == ("Metformin treats Diabetes.", "二甲双胍用于治疗糖尿病。")
    assert quoted(piece, "en") == "Metformin treats Diabetes.", "made of fields, so it is no quotation"


def test_a_text_is_cited_as_it_stands(passage: Callable[..., PassageEvidence], definition: DefinitionEvidence) -> None:
    assert (heading(passage(), "zh"), shown(passage(), "zh")) == ("PMID:1", "Some text.")
    assert quoted(passage(), "en") == "“Some text.”"
    assert heading(definition, "en") == "OMIM:100001 · A syndrome · https://omim.org/entry/100001"
