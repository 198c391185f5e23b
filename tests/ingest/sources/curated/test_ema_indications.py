"""What a text of an indication is read as; the texts are ours, in the words of regulators."""

from __future__ import annotations

import pytest

from ingest.sources.curated.ema_indications import conditions, indications

KNOWN = conditions()
T2, HF, CKD, HT = "Type 2 diabetes mellitus", "Heart failure", "Chronic kidney disease", "Hypertension"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Heart failure Azurol is indicated in adults for the treatment of symptomatic chronic heart "
            "failure. Chronic "
            "kidney disease Azurol is indicated in adults for the treatment of chronic kidney disease.",
            [("treats", HF), ("treats", CKD)],
        ),
        (
            "Treatment of adults with insufficiently controlled type 2 diabetes mellitus, in addition to other "
            "medicinal "
            "products for the treatment of diabetes.",
            [("treats", T2)],
        ),
        ("Treatment of essential hypertension as substitution therapy.", [("treats", HT)]),
        ("Treatment of essential hypertension&nbsp;in patients with asthma who had a stroke.", [("treats", HT)]),
        ("Prevention of stroke in adult patients with atrial fibrillation.", [("prevents", "Stroke")]),
        ("Treatment and prophylaxis of malaria.", [("treats", "Malaria"), ("prevents", "Malaria")]),
        ("Symptomatic treatment of gout in adults.", [("palliates", "Gout")]),
        ("Symptomatic treatment of chronic stable angina pectoris", [("palliates", "Angina pectoris")]),
        (
            "Azurol is indicated for the treatment of the following infections in adults:  Complicated urinary tract "
            "infections; Hospital-acquired pneumonia (HAP).",
            [("treats", "Urinary tract infection"), ("treats", "Hospital-acquired pneumonia")],
        ),
        (
            "Azurol is indicated as adjunctive therapy in adults and children aged 4 years and older with "
            "partial-onset "
            "seizures.",
            [("treats", "partial epilepsy")],
        ),
        ("Treatment of HIV-1 infected adults.", [("treats", "HIV infection")]),
        (
            "Azurol is indicated for the treatment of adult patients with:  active gout that did not improve; asthma.",
            [("treats", "Gout"), ("treats", "Asthma")],
        ),
        (
            "Treatment of partial-onset seizures in adults with epilepsy who have not been controlled by other drugs.",
            [("treats", "partial epilepsy")],
        ),
        ("Treatment of gout has not been studied.", []),
        ("Treatment of deep vein thrombosis (DVT) and pulmonary embolism (PE).",
         [("treats", "Venous thrombosis"), ("treats", "Pulmonary embolism")]),
        ("Active immunisation against influenza.", [("prevents", "Influenza")]),
        # What a sentence names besides, or is about something else.
        ("Treatment of pain after surgery in patients with gout.", [("treats", "Pain")]),
        ("Diagnosis of asthma.", []),
        ("Azurol is used in patients receiving therapy for gout.", []),
        ("Azurol is indicated for the prevention of azure events in adult patients with coronary artery disease.", []),
        ("Azurol is not recommended in patients with gout.", []),
        ("Azurol is indicated for weight loss in adults.", []),
        ("Treatment of gout flare-like azure syndrome.", []),
    ],
)  # fmt: skip
def test_only_what_is_the_object_counts(text: str, told: list[tuple[str, str]]) -> None:
    read = list(indications(text, KNOWN))
    assert [(one.predicate, one.condition.name.casefold()) for one in read] == [
        (predicate, name.casefold()) for predicate, name in told
    ]
    assert all(one.sentence in text for one in read)


def test_what_a_medicine_is_not_for_is_denied() -> None:
    text = (
        "Treatment of type 2 diabetes mellitus. Azurol is not indicated for the treatment of type 1 diabetes mellitus."
    )
    assert [(one.polarity, one.condition.name) for one in indications(text, KNOWN)] == [
        ("affirmed", "Type 2 diabetes mellitus"),
        ("negated", "Type 1 diabetes mellitus"),
    ]
