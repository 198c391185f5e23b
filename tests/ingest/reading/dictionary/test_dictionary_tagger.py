from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Contribution, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from ingest.model import Mention
from ingest.reading.dictionary.dictionary import Dictionary
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger


def tag(tagger: DictionaryTagger, text: str, language: str = "en") -> list[Mention]:
    return tagger.tag([text], language)[0]


def found(tagger: DictionaryTagger, text: str, language: str = "en") -> list[tuple[str, str | None]]:
    return [(m.surface, m.entity) for m in tag(tagger, text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Type-2 diabetes mellitus.", "en", [("Type-2 diabetes mellitus", "MESH:D003924")]),
        ("High blood pressures", "en", [("High blood pressures", "MESH:D006973")]),
        ("betablockers and ß", "en", []),
        ("β-blockers, beta-blocker", "en", [("β-blockers", "MESH:D000319"), ("beta-blocker", "MESH:D000319")]),
        ("ＡＳＴＨＭＡ", "en", [("ＡＳＴＨＭＡ", "MESH:D001249")]),
        ("nonasthmatic asthmatic", "en", []),
        ("non-asthma, Non-Asthma and asthma", "en", [("asthma", "MESH:D001249")]),
        ("a cat sat; CAT rose", "en", [("CAT", "NCBIGene:847")]),
        ("the onset", "en", []),
        ("患者發熱伴咳嗽", "zh", [("發熱", "HP:0001945"), ("咳嗽", "HP:0012735")]),
        ("口服二甲双胍治疗2型糖尿病", "zh", [("二甲双胍", "MESH:D008687"), ("2型糖尿病", "MESH:D003924")]),
        ("用metformin治疗", "zh", [("metformin", "MESH:D008687")]),
        ("", "en", []),
        ("。，！", "zh", []),
    ],
)
def test_names(tagger: DictionaryTagger, text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert found(tagger, text, language) == expected


def test_the_longest_name_wins_and_the_reason_is_kept(tagger: DictionaryTagger) -> None:
    (mention,) = tag(tagger, "He had type 2 diabetes mellitus.")
    assert mention.entity == "MESH:D003924"
    assert mention.reason == "preferred name, normalised from 'Type 2 diabetes mellitus'"


def test_an_abbreviation_means_what_the_text_defines(tagger: DictionaryTagger) -> None:
    text = "Pulmonary embolism (PE) is feared. PE was found, APE not."
    assert found(tagger, text) == [
        ("Pulmonary embolism", "MESH:D011655"),
        ("PE", "MESH:D011655"),
        ("PE", "MESH:D011655"),
    ]
    assert "defines at 0" in tag(tagger, text)[1].reason
    assert found(tagger, "PE was found.") == []


def test_homonyms_of_different_types_stay_apart(graph: SqliteStore) -> None:
    graph.load(Source("other", "curated"), [Entity("OMIM:1", "Disease", "Fever"), Entity("HP:9", "Phenotype", "Ague")])
    (mention,) = tag(DictionaryTagger(graph), "Fever rose.")
    assert mention.entity == "HP:0001945"
    assert "also a name of OMIM:1" in mention.reason


def test_a_name_does_not_begin_within_a_word(graph: SqliteStore) -> None:
    graph.load(Source("S", "curated"), [Entity("X:1", "Disease", "Hypoglycaemia", (Name("低血糖", "zh"),))])
    tagger = DictionaryTagger(graph)
    assert found(tagger, "格列本脲可降低血糖。", "zh") == []
    assert found(tagger, "患者有低血糖。", "zh") == [("低血糖", "X:1")]


def test_names_from_documents_are_not_used(graph: SqliteStore) -> None:
    before = DictionaryTagger(graph)
    document = Source("PMID:1", "document")
    graph.replace([Contribution(document, (Entity("MESH:X1", "Drug", "Newdrug", (Name("Anotherdrug"),)),))])
    after = DictionaryTagger(graph)
    assert found(after, "Newdrug and Anotherdrug") == []
    assert before.version == after.version
    graph.load(Source("small", "curated", version="1"), [Entity("MESH:X2", "Drug", "Curateddrug")])
    assert DictionaryTagger(graph).version != before.version


@pytest.mark.parametrize(
    ("text", "language", "polarity"),
    [
        ("No fever.", "en", "negated"),
        ("The patient denied cough, nausea or fever.", "en", "negated"),
        ("No cough but fever persisted.", "en", "affirmed"),
        ("There was no change in fever.", "en", "affirmed"),
        ("Fever was not observed.", "en", "negated"),
        ("无发热", "zh", "negated"),
        ("否认咳嗽、发热", "zh", "negated"),
        ("无咳嗽，发热3天", "zh", "affirmed"),
        ("不排除发热", "zh", "affirmed"),
        ("乏力伴发热", "zh", "affirmed"),
    ],
)
def test_negation(tagger: DictionaryTagger, text: str, language: str, polarity: str) -> None:
    fever = [m for m in tag(tagger, text, language) if m.entity == "HP:0001945"]
    assert [m.polarity for m in fever] == [polarity]


@pytest.mark.parametrize(
    ("text", "language", "certainty", "experiencer"),
    [
        ("Asthma is common.", "en", "certain", "patient"),
        ("Probable asthma.", "en", "possible", "patient"),
        ("Asthma was suspected.", "en", "possible", "patient"),
        ("Asthma cannot be excluded.", "en", "possible", "patient"),
        ("She has a history of asthma.", "en", "historical", "patient"),
        ("To rule out asthma.", "en", "hypothetical", "patient"),
        ("Family history of asthma.", "en", "historical", "family"),
        ("Her mother had asthma.", "en", "certain", "family"),
        ("既往哮喘病史", "zh", "historical", "patient"),
        ("可能为哮喘", "zh", "possible", "patient"),
        ("母亲患哮喘", "zh", "certain", "family"),
    ],
)
def test_certainty_and_experiencer(
    tagger: DictionaryTagger, text: str, language: str, certainty: str, experiencer: str
) -> None:
    (mention,) = tag(tagger, text, language)
    assert (mention.certainty, mention.experiencer) == (certainty, experiencer)


WORDS = ["Fever", "發熱", "no ", "β-blockers", "type 2 diabetes mellitus", " (TDM)", "ﬁ", "🙂", "\u200f", "\x00", "\n",
         ". ", "ＣＯＰＤ", "CAT", "'s", "’S", "，", "무", "e\u0301", "病",
         "Chronic obstructive pulmonary disease (COPD)"]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=12).map("".join), st.sampled_from(["en", "zh"]))
def test_a_mention_points_at_its_surface(tagger: DictionaryTagger, text: str, language: str) -> None:
    position = 0
    for mention in tag(tagger, text, language):
        assert text[mention.start : mention.end] == mention.surface
        assert mention.start >= position
        position = mention.end


def test_one_sentence_of_a_megabyte(tagger: DictionaryTagger) -> None:
    text = "fever and nothing else of note, over and over again " * 20_000
    assert len(tag(tagger, text)) == 20_000


def test_an_empty_dictionary_finds_nothing() -> None:
    assert Dictionary([]).find("fever") == []
    assert Dictionary([]).exact("fever") == ()
