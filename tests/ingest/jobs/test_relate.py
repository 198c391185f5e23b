from __future__ import annotations

import pytest

from graph.model import Assertion
from ingest.jobs.relate import relate
from ingest.jobs.split import split
from ingest.model import Document, Section
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.relations.patterns import Patterns

METFORMIN, ASPIRIN, WARFARIN = "MESH:D008687", "MESH:D001241", "MESH:D014859"
DIABETES, ASTHMA, HYPERTENSION = "MESH:D003920", "MESH:D001249", "MESH:D006973"
NAUSEA, VOMITING, COUGH = "HP:0002018", "HP:0002013", "HP:0012735"


def stated(tagger: DictionaryTagger, text: str, language: str = "en") -> list[Assertion]:
    document = Document("PMID:1", "", (Section("abstract", text),), language=language)
    return relate(document, tagger.tag([text], language)[0], split(document), Patterns())


def triples(found: list[Assertion]) -> set[tuple[str, str, str]]:
    return {(a.subject, a.predicate, a.object) for a in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Metformin is effective in the treatment of diabetes mellitus.", {(METFORMIN, "treats", DIABETES)}),
        ("Treatment of asthma with aspirin.", {(ASPIRIN, "treats", ASTHMA)}),
        ("Patients with hypertension were treated with aspirin.", {(ASPIRIN, "treats", HYPERTENSION)}),
        ("Aspirin prevents hypertension.", {(ASPIRIN, "prevents", HYPERTENSION)}),
        ("Warfarin-induced nausea resolved.", {(WARFARIN, "causes", NAUSEA)}),
        ("Nausea caused by warfarin resolved.", {(WARFARIN, "causes", NAUSEA)}),
        ("Aspirin causes nausea, vomiting and cough.", {(ASPIRIN, "causes", x) for x in (NAUSEA, VOMITING, COUGH)}),
        (
            "Common side effects of metformin include nausea and vomiting.",
            {(METFORMIN, "has_adverse_effect", NAUSEA), (METFORMIN, "has_adverse_effect", VOMITING)},
        ),
        ("Asthma is characterized by cough.", {(ASTHMA, "has_phenotype", COUGH)}),
        ("Asthma is a chronic disease of the lungs characterized by cough.", {(ASTHMA, "has_phenotype", COUGH)}),
        ("Treatment of warfarin-induced nausea.", {(WARFARIN, "causes", NAUSEA)}),
        ("Cough is a common symptom of asthma.", {(ASTHMA, "has_phenotype", COUGH)}),
        ("Warfarin interacts with aspirin.", {(ASPIRIN, "interacts_with", WARFARIN)}),
        (
            "The interaction of aspirin and metformin with warfarin was severe.",
            {(ASPIRIN, "interacts_with", WARFARIN), (METFORMIN, "interacts_with", WARFARIN)},
        ),
        (
            "Aspirin causes decreased appetite, nausea and cough.",
            {(ASPIRIN, "causes", NAUSEA), (ASPIRIN, "causes", COUGH)},
        ),
        ("Treatment of rats with aspirin caused nausea.", {(ASPIRIN, "causes", NAUSEA)}),
        ("After acute renal failure of unknown origin, aspirin caused nausea.", {(ASPIRIN, "causes", NAUSEA)}),
        ("This is a severe asthma characterized by cough.", {(ASTHMA, "has_phenotype", COUGH)}),
        ("Interactions between aspirin and warfarin are common.", {(ASPIRIN, "interacts_with", WARFARIN)}),
        ("Aspirin is contraindicated in patients with asthma.", {(ASPIRIN, "contraindicated_in", ASTHMA)}),
    ],
)
def test_english_triggers(tagger: DictionaryTagger, text: str, expected: set[tuple[str, str, str]]) -> None:
    found = stated(tagger, text)
    assert triples(found) == expected
    assert all(a.polarity == "affirmed" and a.certainty == "certain" and 0.4 < a.confidence < 0.8 for a in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二甲双胍用于治疗糖尿病。", {(METFORMIN, "treats", DIABETES)}),
        ("二甲双胍可引起恶心、呕吐。", {(METFORMIN, "causes", NAUSEA), (METFORMIN, "causes", VOMITING)}),
        ("二甲双胍的常见不良反应包括恶心。", {(METFORMIN, "has_adverse_effect", NAUSEA)}),
        ("哮喘患者禁用阿司匹林。", {(ASPIRIN, "contraindicated_in", ASTHMA)}),
        ("阿司匹林可与华法林发生相互作用。", {(ASPIRIN, "interacts_with", WARFARIN)}),
        ("咳嗽是哮喘的常见症状。", {(ASTHMA, "has_phenotype", COUGH)}),
        ("糖尿病服用二甲双胍，可引起恶心。", set()),
    ],
)
def test_chinese_triggers(tagger: DictionaryTagger, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert triples(stated(tagger, text, "zh")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin and cough were recorded.",
        "Nausea and vomiting were seen with aspirin.",
        "Aspirin was given. Cough was caused by smoking.",
        "Diabetes mellitus, hypertension and asthma.",
        "Aspirin relieves asthma-induced distress.",
        "In non-aspirin-induced nausea.",
        "Metformin was associated with less nausea.",
        "Asthma is the disorder never characterized by cough.",
        "In diabetes mellitus the wound is characterized by cough.",
        "There were no significant interactions of warfarin with aspirin.",
        "Aspirin resulted in complete resolution of cough.",
        "Aspirin led to asthma remission in most.",
        "Drugs for the treatment of asthma cause nausea.",
        "Lack of metformin causes diabetes mellitus.",
        "Nausea was caused by metformin withdrawal.",
        "Hypertension was treated with aspirin withdrawal.",
        "Aspirin induces apoptosis and sensitizes hypertension.",
        "The syndrome is an inherited asthma characterized by cough.",
    ],
)
def test_naming_two_things_together_relates_nothing(tagger: DictionaryTagger, text: str) -> None:
    assert stated(tagger, text) == []


@pytest.mark.parametrize(
    ("text", "polarity", "certainty"),
    [
        ("Aspirin does not cause cough.", "negated", "certain"),
        ("There is no evidence that aspirin causes cough.", "negated", "certain"),
        ("Aspirin may cause cough.", "affirmed", "possible"),
        ("It is unknown whether aspirin causes cough.", "affirmed", "hypothetical"),
        ("Treatment of asthma with aspirin is contraindicated.", "negated", "certain"),
        ("Lack of efficacy of aspirin for the prevention of cough.", "negated", "certain"),
    ],
)
def test_polarity_and_certainty(tagger: DictionaryTagger, text: str, polarity: str, certainty: str) -> None:
    (found,) = stated(tagger, text)
    assert (found.polarity, found.certainty) == (polarity, certainty)


@pytest.mark.parametrize("text", ["We investigated whether aspirin causes cough.", "旨在探讨阿司匹林引起咳嗽的机制。"])
def test_an_aim_states_nothing(tagger: DictionaryTagger, text: str) -> None:
    assert stated(tagger, text) == []


@pytest.mark.parametrize(
    ("title", "text", "species"),
    [
        ("", "In rats aspirin causes cough.", "rats"),
        ("Cough in mice", "Aspirin causes cough.", "mice"),
        ("Cough in mice", "In patients aspirin causes cough.", None),
        ("Cough", "Aspirin causes cough.", None),
    ],
)
def test_what_is_stated_of_animals_says_so(
    tagger: DictionaryTagger, title: str, text: str, species: str | None
) -> None:
    document = Document("PMID:1", title, (Section("abstract", text),))
    mentions = tagger.tag([document.text], "en")[0]
    (found,) = relate(document, mentions, split(document), Patterns())
    assert dict(found.qualifiers).get("species") == species


def test_what_the_sentence_and_the_document_tell_besides_are_qualifiers(tagger: DictionaryTagger) -> None:
    text = "BACKGROUND: In all, 120 patients were randomised. RESULTS: Aspirin causes nausea in 12% of adults."
    document = Document("PMID:1", "", (Section("abstract", text),), publication_types=("Clinical Trial",))
    (found,) = relate(document, tagger.tag([text], "en")[0], split(document), Patterns())
    assert dict(found.qualifiers) == {
        "frequency": "12%",
        "population": "adults",
        "study": "clinical trial",
        "patients": "120",
        "section": "results",
    }


def test_which_of_two_drugs_changes_is_told_by_its_id(tagger: DictionaryTagger) -> None:
    (found,) = stated(tagger, "Warfarin interacts with aspirin, which increases the effect of warfarin.")
    assert (found.subject, found.object) == (ASPIRIN, WARFARIN)
    assert dict(found.qualifiers) == {"effect": "increases effect", "affected": WARFARIN}


def test_the_evidence_is_the_verbatim_sentence_in_its_passage(tagger: DictionaryTagger) -> None:
    text = "Something else. " * 120 + "Aspirin causes cough. And more."
    document = Document("PMID:1", "", (Section("abstract", text),))
    passages = split(document)
    (found,) = relate(document, tagger.tag([text], "en")[0], passages, Patterns())
    assert found.sentence == "Aspirin causes cough." == document.text[found.start : found.end]
    (passage,) = [p for p in passages if p.id == found.passage]
    assert passage.start <= found.start < passage.end
    assert len(passages) > 1


def test_a_padded_sentence_stays_quick(tagger: DictionaryTagger) -> None:
    """Every share of a run of blanks between the parts of a trigger would be tried: minutes, not an instant."""
    assert stated(tagger, "Treatment of asthma" + " " * 155 + "nausea was reported.") == []


def test_a_sentence_of_many_mentions_stays_quick(tagger: DictionaryTagger) -> None:
    found = stated(tagger, "aspirin treats " + "cough and asthma " * 500)
    assert triples(found) == {(ASPIRIN, "treats", COUGH), (ASPIRIN, "treats", ASTHMA)}
