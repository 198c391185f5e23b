from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.model import Mention
from ingest.reading.relations.model import Finding
from ingest.reading.relations.possible import possible


def _mention(text: str, surface: str, type: str, entity: str) -> Mention:
    start = text.index(surface)
    return Mention(
        start=start,
        end=start + len(surface),
        surface=surface,
        type=type,
        entity=entity,
        score=1.0,
        polarity="affirmed",
        certainty="certain",
        experiencer="patient",
        tagger="test/1",
        reason="",
        label=type,
    )


def _stands(text: str, subject: tuple[str, str], predicate: str, object: tuple[str, str]) -> bool:
    mentions = [_mention(text, *subject, "X:1"), _mention(text, *object, "X:2")]
    finding = Finding("X:1", "X:2", predicate, predicate, "affirmed", "certain", 0.6, 0, len(text))
    return bool(possible(text, sorted(mentions, key=lambda m: m.start), [finding]))


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "object"),
    [
        ("Humans cause depression.", ("Humans", "Organism"), "causes", ("depression", "Disease")),
        ("Rats cause depression.", ("Rats", "Organism"), "causes", ("depression", "Disease")),
        ("Analgesia relieves pain.", ("Analgesia", "Procedure"), "treats", ("pain", "Phenotype")),
        ("Phenylketonuria causes an autosomal recessive disease.", ("Phenylketonuria", "Disease"), "causes",
         ("autosomal recessive disease", "Disease")),
        ("Disorders cause pain.", ("Disorders", "Disease"), "causes", ("pain", "Phenotype")),
        ("Asthma causes asthma.", ("Asthma", "Disease"), "causes", ("asthma", "Disease")),
        ("Asthma treats pain.", ("Asthma", "Disease"), "treats", ("pain", "Phenotype")),
        ("疾病引起疼痛。", ("疾病", "Disease"), "causes", ("疼痛", "Phenotype")),
        ("Rifaximin for the treatment of encephalopathy in patients with cirrhosis.", ("Rifaximin", "Drug"), "treats",
         ("cirrhosis", "Disease")),
        ("Thiamine deficiency causes neuropathy.", ("Thiamine", "Drug"), "causes", ("neuropathy", "Disease")),
        ("Histamine H2-receptor antagonists heal ulcers.", ("Histamine", "Drug"), "treats", ("ulcers", "Disease")),
        ("Pallidotomy eases levodopa-induced dyskinesia of parkinsonism.", ("levodopa", "Drug"), "treats",
         ("parkinsonism", "Disease")),
        ("Imatinib was studied by the Cancer Institute.", ("Imatinib", "Drug"), "treats", ("Cancer", "Disease")),
        ("维生素B1缺乏可致脚气病。", ("维生素B1", "Drug"), "causes", ("脚气病", "Disease")),
        ("Patients with severe renal impairment received apixaban.", ("apixaban", "Drug"), "treats",
         ("renal impairment", "Disease")),
        ("Healthy volunteers without gout took febuxostat.", ("febuxostat", "Drug"), "treats", ("gout", "Disease")),
        ("Midazolam sedation was used.", ("Midazolam", "Drug"), "treats", ("sedation", "Phenotype")),
        ("Clozapine lowered the Parkinson's disease rating scale.", ("Clozapine", "Drug"), "treats",
         ("Parkinson's disease", "Disease")),
        ("Coffee reduced the risk of gout.", ("Coffee", "Drug"), "contributes_to", ("gout", "Disease")),
        ("With aspirin there were fewer strokes.", ("aspirin", "Drug"), "has_adverse_effect", ("strokes", "Disease")),
        ("阿司匹林降低了卒中的风险。", ("阿司匹林", "Drug"), "contributes_to", ("卒中", "Disease")),
        ("To investigate whether aspirin causes ulcer.", ("aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("We examined the effect of aspirin on ulcer.", ("aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("The effect of aspirin on ulcer was examined.", ("aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("The aim was to show that aspirin causes ulcer.", ("aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("We also investigated whether aspirin causes ulcer.", ("aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("Morphine was titrated to pain relief.", ("Morphine", "Drug"), "causes", ("pain", "Phenotype")),
        ("Naproxen and the control of pain.", ("Naproxen", "Drug"), "causes", ("pain", "Phenotype")),
        ("Aspirin may cause ulcer-related anaemia.", ("Aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("Aspirin relieves ulcer-induced pain.", ("Aspirin", "Drug"), "treats", ("ulcer", "Disease")),
        ("The study evaluated drug interactions of aspirin and warfarin.", ("aspirin", "Drug"), "interacts_with",
         ("warfarin", "Drug")),
        ("The usefulness of aspirin in the treatment of gout has not been assessed adequately.", ("aspirin", "Drug"),
         "treats", ("gout", "Disease")),
        ("Does aspirin cause ulcer?", ("aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("目的探讨阿司匹林引起溃疡的机制。", ("阿司匹林", "Drug"), "causes", ("溃疡", "Disease")),
        ("Rash was less common with cetirizine than with placebo.", ("cetirizine", "Drug"), "has_adverse_effect",
         ("Rash", "Phenotype")),
        ("Dizziness occurred in more patients on doxazosin than on tamsulosin.", ("tamsulosin", "Drug"),
         "has_adverse_effect", ("Dizziness", "Phenotype")),
        ("Dizziness due to migraine was treated with betahistine.", ("betahistine", "Drug"), "treats",
         ("migraine", "Disease")),
        ("Prevention of stroke in diabetes by ramipril.", ("ramipril", "Drug"), "treats", ("diabetes", "Disease")),
        ("The pharmacokinetics of digoxin in asthma.", ("digoxin", "Drug"), "treats", ("asthma", "Disease")),
        ("Curcumin slowed the growth of glioma cells.", ("Curcumin", "Drug"), "treats", ("glioma", "Disease")),
        ("Ulcers are seen in aspirin-naive people, too.", ("aspirin", "Drug"), "has_adverse_effect",
         ("Ulcers", "Disease")),
        ("A rash caused by non-penicillin antibiotics.", ("penicillin", "Drug"), "has_adverse_effect",
         ("rash", "Phenotype")),
        ("CT-guided biopsy confirmed sarcoidosis.", ("CT", "Procedure"), "diagnoses", ("sarcoidosis", "Disease")),
        ("Ondansetron stops morphine-induced vomiting.", ("Ondansetron", "Drug"), "has_adverse_effect",
         ("vomiting", "Phenotype")),
        ("Naloxone was tried in itching induced by morphine.", ("Naloxone", "Drug"), "has_adverse_effect",
         ("itching", "Phenotype")),
        ("Headache was as common on zolmitriptan; the incidence was similar to placebo.", ("zolmitriptan", "Drug"),
         "has_adverse_effect", ("Headache", "Phenotype")),
        ("Weakness from a deficiency of iron and copper.", ("copper", "Drug"), "has_adverse_effect",
         ("Weakness", "Phenotype")),
        ("Colchicine in obese and lean patients with gout.", ("Colchicine", "Drug"), "treats", ("obese", "Phenotype")),
        ("Paracetamol for tonsillectomy.", ("Paracetamol", "Drug"), "treats", ("tonsillectomy", "Disease")),
        ("Insulin resistance leads to acanthosis.", ("Insulin", "Drug"), "contributes_to", ("acanthosis", "Disease")),
        ("螺内酯可使血钾升高。", ("螺内酯", "Drug"), "treats", ("血钾升高", "Phenotype")),
        ("氯沙坦引起干咳少于依那普利。", ("氯沙坦", "Drug"), "has_adverse_effect", ("干咳", "Phenotype")),
        ("依那普利组干咳发生率高于氯沙坦组。", ("氯沙坦", "Drug"), "has_adverse_effect", ("干咳", "Phenotype")),
        ("与依那普利相比，氯沙坦干咳更少。", ("氯沙坦", "Drug"), "has_adverse_effect", ("干咳", "Phenotype")),
        ("If metformin causes acidosis, stop.", ("metformin", "Drug"), "has_adverse_effect", ("acidosis", "Disease")),
        ("Clozapine caused toxicity.", ("Clozapine", "Drug"), "has_adverse_effect", ("toxicity", "Phenotype")),
    ],
)  # fmt: skip
def test_what_cannot_be(text: str, subject: tuple[str, str], predicate: str, object: tuple[str, str]) -> None:
    assert not _stands(text, subject, predicate, object)


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "object"),
    [
        ("Aspirin causes ulcer.", ("Aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("Staphylococcus aureus causes pneumonia.",
        ("Staphylococcus aureus", "Organism"), "causes", ("pneumonia", "Disease")),
        ("Addison disease causes fatigue.", ("Addison disease", "Disease"), "causes", ("fatigue", "Phenotype")),
        ("We examined 20 patients and found that aspirin causes ulcer.",
        ("aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("To study cisplatin-induced nephrotoxicity we gave zinc.",
        ("cisplatin", "Drug"), "causes", ("nephrotoxicity", "Disease")),
        ("The aim was met: we found that aspirin causes ulcer.", ("aspirin", "Drug"), "causes", ("ulcer", "Disease")),
        ("结果显示阿司匹林引起溃疡。", ("阿司匹林", "Drug"), "causes", ("溃疡", "Disease")),
        ("Patients with gout received colchicine.", ("colchicine", "Drug"), "treats", ("gout", "Disease")),
        ("Rifaximin for the treatment of encephalopathy in patients with cirrhosis.", ("Rifaximin", "Drug"), "treats",
         ("encephalopathy", "Disease")),
        ("Aspirin lowers platelets and causes bleeding.", ("Aspirin", "Drug"), "causes", ("bleeding", "Disease")),
        ("A reduced dose of aspirin increased gout.", ("aspirin", "Drug"), "contributes_to", ("gout", "Disease")),
        ("Rash was less common with cetirizine than with loratadine.", ("loratadine", "Drug"), "has_adverse_effect",
         ("Rash", "Phenotype")),
        ("Dizziness occurred in more patients on doxazosin than on tamsulosin.", ("doxazosin", "Drug"),
         "has_adverse_effect", ("Dizziness", "Phenotype")),
        ("In less than 1% of patients, simvastatin causes myalgia.", ("simvastatin", "Drug"), "has_adverse_effect",
         ("myalgia", "Phenotype")),
        ("Less commonly, metformin causes acidosis.", ("metformin", "Drug"), "has_adverse_effect",
         ("acidosis", "Disease")),
        ("Because of its high bioavailability, fluconazole is used in thrush.", ("fluconazole", "Drug"), "treats",
         ("thrush", "Disease")),
        ("Chloroquine treats malaria in otherwise healthy adults.", ("Chloroquine", "Drug"), "treats",
         ("malaria", "Disease")),
        ("螺内酯适用于低钾血症，可使血钾升高。", ("螺内酯", "Drug"), "treats", ("低钾血症", "Disease")),
        ("依那普利引起干咳多于氯沙坦。", ("依那普利", "Drug"), "has_adverse_effect", ("干咳", "Phenotype")),
        ("There was less pain in one group. Rash was due to cetirizine.", ("cetirizine", "Drug"), "has_adverse_effect",
         ("Rash", "Phenotype")),
    ],
)  # fmt: skip
def test_what_can_be(text: str, subject: tuple[str, str], predicate: str, object: tuple[str, str]) -> None:
    assert _stands(text, subject, predicate, object)


def test_an_entity_does_nothing_to_itself_and_what_no_predicate_says_is_not_judged() -> None:
    loop = Finding("X:1", "X:1", "causes", "causes", "affirmed", "certain", 0.6, 0, 3)
    label = Finding("X:1", "X:1", "", "Comparison", "affirmed", "certain", 0.6, 0, 3)
    assert possible("abc", [], [loop, label]) == [label]


def test_what_a_sentence_denies_is_not_caused() -> None:
    text = "Mice on pilocarpine did not have seizures."
    drug = _mention(text, "pilocarpine", "Drug", "X:1")
    harm = replace(_mention(text, "seizures", "Phenotype", "X:2"), polarity="negated")
    finding = Finding("X:1", "X:2", "causes", "causes", "affirmed", "certain", 0.6, 0, len(text))
    assert possible(text, [drug, harm], [finding]) == []
    assert possible(text, [drug, replace(harm, polarity="affirmed")], [finding]) == [finding]


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "object"),
    [
        ("Unlike atenolol, nebivolol did not cause fatigue.", ("atenolol", "Drug"), "has_adverse_effect",
         ("fatigue", "Phenotype")),
        ("The effect of ginger on gout has not yet been studied.", ("ginger", "Drug"), "treats", ("gout", "Disease")),
        ("Biopsy showed granulomas without evidence of lymphoma.", ("Biopsy", "Procedure"), "diagnoses",
         ("lymphoma", "Disease")),
        ("Carriage of TLR7 is not sufficient to cause lupus.", ("TLR7", "Gene"), "causes", ("lupus", "Disease")),
        ("Scores for ginger were similar in people with or without gout.", ("ginger", "Drug"), "treats",
         ("gout", "Disease")),
    ],
)  # fmt: skip
def test_what_is_not_denied(text: str, subject: tuple[str, str], predicate: str, object: tuple[str, str]) -> None:
    mentions = [_mention(text, *subject, "X:1"), _mention(text, *object, "X:2")]
    denied = Finding("X:1", "X:2", predicate, predicate, "negated", "certain", 0.6, 0, len(text))
    assert possible(text, sorted(mentions, key=lambda m: m.start), [denied]) == []


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Azelastine versus fluticasone in hay fever\nBoth relieved it.", "hypothetical"),
        ("Safety of azelastine in hay fever\nIt was safe.", "hypothetical"),
        ("Azelastine improves hay fever: a randomised trial\nIt did.", "certain"),
        ("In spring, azelastine versus fluticasone in hay fever was the question. More.", "certain"),
        ("Whether azelastine helps in hay fever is open.", "hypothetical"),
    ],
)
def test_a_title_that_announces_a_study_tells_an_aim(text: str, certainty: str) -> None:
    name = "Azelastine" if text.startswith("Azelastine") else "azelastine"
    mentions = [_mention(text, name, "Drug", "X:1"), _mention(text, "hay fever", "Disease", "X:2")]
    end = text.index("\n") if "\n" in text else len(text)
    told = Finding("X:1", "X:2", "treats", "treats", "affirmed", "certain", 0.9, 0, end)
    assert [f.certainty for f in possible(text, mentions, [told])] == [certainty]


def test_what_is_unknown_of_something_else_leaves_a_denial() -> None:
    text = "Although its mechanism is not fully understood, lithium does not cause hepatitis."
    mentions = [_mention(text, "lithium", "Drug", "X:1"), _mention(text, "hepatitis", "Disease", "X:2")]
    denied = Finding("X:1", "X:2", "has_adverse_effect", "x", "negated", "certain", 0.6, 0, len(text))
    assert possible(text, mentions, [denied]) == [denied]


def test_a_word_of_another_clause_leaves_a_denial() -> None:
    text = "Similar to placebo, lithium did not cause hepatitis."
    mentions = [_mention(text, "lithium", "Drug", "X:1"), _mention(text, "hepatitis", "Disease", "X:2")]
    denied = Finding("X:1", "X:2", "has_adverse_effect", "x", "negated", "certain", 0.6, 0, len(text))
    assert possible(text, mentions, [denied]) == [denied]


def test_what_is_to_be_used_with_caution_is_not_forbidden() -> None:
    text = "Use lithium with caution in hepatitis."
    mentions = [_mention(text, "lithium", "Drug", "X:1"), _mention(text, "hepatitis", "Disease", "X:2")]
    forbidden = Finding("X:1", "X:2", "contraindicated_in", "x", "affirmed", "certain", 0.6, 0, len(text))
    assert [f.predicate for f in possible(text, mentions, [forbidden])] == ["cautioned_in"]
    assert not _stands(
        "Lithium is safe in hepatitis.", ("Lithium", "Drug"), "contraindicated_in", ("hepatitis", "Disease")
    )
