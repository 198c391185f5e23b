"""An invented patient with a record in a small ward, asked about through the steps and through answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.answering import answerer
from graph.model import Assertion, Contribution, Entity, PassageNode, Source
from graph.store import GraphStore
from qa.model import Answer, Question
from qa.steps.record.reading import Record, read
from tests.qa.conftest import World
from tests.qa.drugs.page.conftest import AF, ALL, AMOX, INFECTION, STORES, W, _fill, _opened
from tests.qa.steps.conftest import Asked

LABEL, OTHER = "patient:7", "patient:8"
A1C, UPPER, LOWER, CREATININE, WEIGHT = "LOINC:4548-4", "LOINC:8480-6", "LOINC:8462-4", "LOINC:2160-0", "LOINC:29463-7"
NAMES = {
    A1C: ("Measurement", "Hemoglobin A1c/Hemoglobin.total in Blood"),
    UPPER: ("Measurement", "Systolic Blood Pressure"),
    LOWER: ("Measurement", "Diastolic Blood Pressure"),
    CREATININE: ("Measurement", "Creatinine [Mass/volume] in Serum"),
    WEIGHT: ("Measurement", "Body Weight"),
    "SNOMEDCT:1": ("Procedure", "Knee repair"),
    "CVX:1": ("Procedure", "Influenza vaccine"),
    "SNOMEDCT:2": ("Disease", "Sore toe"),
}
Line = tuple[str, str, str, dict[str, str]]
HISTORICAL = "historical"
LINES: tuple[Line, ...] = (
    ("has_condition", AF, "2015-03-01 Condition: Atrial fibrillation", {"date": "2015-03-01"}),
    ("has_condition", "SNOMEDCT:2", "2019-05-01 Condition: Sore toe (resolved)",
     {"date": "2019-05-01", "abatement": "2019-06-01", "status": "resolved", "certainty": HISTORICAL}),
    ("takes", W, "2015-03-01 Medication: Warfarin, 5 mg once a day", {"date": "2015-03-01", "dose": "5 mg once a day"}),
    ("allergic_to", AMOX, "2001-01-01 Allergy: Amoxicillin", {"date": "2001-01-01"}),
    ("has_measurement", A1C, "2018-02-01 HbA1c: 6.1 %", {"date": "2018-02-01", "value": "6.1", "unit": "%"}),
    ("has_measurement", A1C, "2019-02-01 HbA1c: 7.25431 %", {"date": "2019-02-01", "value": "7.25431", "unit": "%"}),
    ("has_measurement", A1C, "2020-02-01 HbA1c: 6.8 %", {"date": "2020-02-01", "value": "6.8", "unit": "%"}),
    ("has_measurement", UPPER, "2019-02-01 Systolic: 130 mm[Hg]",
     {"date": "2019-02-01", "value": "130", "unit": "mm[Hg]"}),
    ("has_measurement", LOWER, "2019-02-01 Diastolic: 80 mm[Hg]",
     {"date": "2019-02-01", "value": "80", "unit": "mm[Hg]"}),
    ("has_measurement", UPPER, "2020-02-01 Systolic: 158 mm[Hg]",
     {"date": "2020-02-01", "value": "158", "unit": "mm[Hg]"}),
    ("has_measurement", LOWER, "2020-02-01 Diastolic: 92 mm[Hg]",
     {"date": "2020-02-01", "value": "92", "unit": "mm[Hg]"}),
    ("has_measurement", CREATININE, "2020-02-01 Creatinine: 2.4 mg/dL",
     {"date": "2020-02-01", "value": "2.4", "unit": "mg/dL"}),
    ("has_measurement", WEIGHT, "2020-02-01 Weight: 70 kg",
     {"date": "2020-02-01", "value": "70", "unit": "kg", "interpretation": "Normal"}),
    ("underwent", "SNOMEDCT:1", "2017-01-01 Procedure: Knee repair", {"date": "2017-01-01"}),
    ("underwent", "CVX:1", "2020-02-01 Immunization: Influenza", {"date": "2020-02-01", "kind": "immunization"}),
)  # fmt: skip


@pytest.fixture(scope="package", params=STORES)
def charted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The ward with one long record and one that holds an infection alone."""
    store = _opened(request, tmp_path_factory.mktemp("charted"))
    _fill(store)
    infected: Line = ("has_condition", INFECTION, "2020-01-01 Condition: Infection", {"date": "2020-01-01"})
    store.replace([_record(LABEL, LINES), _record(OTHER, (infected,))])
    yield store
    store.close()


def _record(label: str, lines: tuple[Line, ...]) -> Contribution:
    own = frozenset({label})
    source = Source(f"fhir:{label}", "document", title="Record", access=own)
    text = "\n".join(("Sex: female", "Born: 1950", *(sentence for _, _, sentence, _ in lines)))
    passage = PassageNode(f"{source.id}#0", source.id, "patient", 0, len(text), text, access=own)
    entities = [Entity(label, "Patient", "A patient", access=own)]
    entities += [Entity(id, type, name, access=own) for id, (type, name) in NAMES.items()]
    return Contribution(
        source, tuple(entities), (passage,), (), tuple(_line(label, source, text, one) for one in lines)
    )


def _line(label: str, source: Source, text: str, line: Line) -> Assertion:
    predicate, object, sentence, qualifiers = line
    start = text.index(sentence)
    return Assertion.new(
        label, predicate, object, source=source.id, sentence=sentence, passage=f"{source.id}#0", start=start,
        end=start + len(sentence), access=source.access,
        certainty="historical" if qualifiers.get("certainty") == HISTORICAL else "certain",
        qualifiers={key: value for key, value in qualifiers.items() if key != "certainty"},
    )  # fmt: skip


Ask = Callable[..., Answer]


@pytest.fixture
def ask(charted: GraphStore, texts: Any) -> Ask:
    """Asks about the patient of the long record, or another."""

    def asked(text: str, patient: str | None = LABEL, *earlier: str) -> Answer:
        access = ALL | ({patient} if patient else frozenset())
        question = Question(text, access=access, patient=patient, conversation=earlier)
        return answerer(charted, texts[1]).answer(question)

    return asked


@pytest.fixture
def record(charted: GraphStore, texts: Any) -> Record:
    """The long record as the steps read it."""
    asking = Asked(World(charted, texts[0], texts[1]))("How is she?", access=ALL | {LABEL}, patient=LABEL)
    return read(asking)
