"""A small world of names, from which a linker is made as the real one is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.reading.linking.linker import Linker
from ingest.reading.recognition.recognizer import Span
from training.linking.linker import Beside, build

DESCRIPTORS = (
    ("D000001", "Kidney Diseases", "Kidney Disease|Disease, Kidney|Renal Disease", "C12.777", ""),
    ("D000002", "Hypertension", "High Blood Pressure|Blood Pressure, High", "C14.907", ""),
    ("D000003", "Hypotension", "Low Blood Pressure", "C14.908", ""),
    ("D000004", "Breast Neoplasms", "Breast Cancer|Cancer of the Breast|Breast Tumor", "C04.588.180", ""),
    ("D000005", "Ovarian Neoplasms", "Ovarian Cancer|Cancer of the Ovary", "C04.588.322", ""),
    ("D000006", "Liver Diseases", "Liver Disease|Hepatic Disease", "C06.552", ""),
    (
        "D000007",
        "Kidney Failure, Acute",
        "Acute Renal Failure|Acute Kidney Failure|Acute Duct Damage",
        "C12.777.419",
        "",
    ),
    ("D000008", "Attention Deficit Disorder", "ADD", "F03.625", ""),
    ("D000009", "Doxorubicin", "Adriamycin", "D02.455.426", ""),
    ("D000010", "Clonidine", "Catapres", "D03.383.129", ""),
    ("D000011", "Naloxone", "Narcan", "D03.132.577", ""),
    ("D000012", "Quetiapine Fumarate", "Quetiapine", "D03.494.201", ""),
    ("D000013", "Mice", "Mouse|House Mouse", "B01.050.150", "10090"),
    ("D000014", "Humans", "Human|Man", "B01.050.151", "9606"),
    ("D000015", "Anemia", "Anaemia", "C15.378", ""),
    ("D000016", "Epilepsy", "Seizure Disorder", "C10.228.140", ""),
    ("D000017", "Melanoma", "Malignant Melanoma", "C04.557.465", ""),
    ("D000018", "Tuberculosis", "Koch's Disease", "C01.150.252", ""),
    ("D000019", "Penicillamine", "Dimethylcysteine", "D02.886.030", ""),
)
SUPPLEMENTS = (
    ("C000001", "ropivacaine", "LEA 103", "D000010"),
    ("C531816", "Fabry-like syndrome", "Syndrome of Fabry type", "D000001"),
    ("C000003", "ABC1 protein, human", "", "D000009"),
)
GENES = (("HGNC:1", "ADR1", "adrenergic thing 1", "Approved", "DOXO", "77", "", "", "", "ADR", "", "", ""),)
MONDO = (
    {"id": "0001", "name": "Fabry-like disease", "namespace": "mondo", "synonyms": ["angiokeratoma of Fabry"],
     "xrefs": [{"namespace": "MESH", "id": "C531816"}, {"namespace": "OMIM", "id": "301500"}]},
)  # fmt: skip

_TAUGHT = (
    ("Chemical", "Clonidine", "D000010"), ("Disease", "hypertension", "D000002"), ("Chemical", "naloxone", "D000011"),
    ("Disease", "kidney disease", "D000001"), ("Disease", "breast cancer", "D000004"),
    ("Disease", "wobbles", "D000003"),
    ("Chemical", "quetiapine", "C999999"), ("Disease", "anaemia", "D000015"), ("Disease", "liver damage", "D000006"),
    ("Disease", "seizure disorders", "D000016"), ("Disease", "unwellness", "-1"), ("Chemical", "stuff", "-1"),
    ("Chemical", "doxorubicine", "D000009"), ("Disease", "malignant melanomas", "D000017"),
    ("Species", "mice", "10090"), ("Gene", "ADR1", "77"), ("Disease", "renal disease", "D000001"),
    ("Disease", "ovarian tumour", "D000005"), ("Disease", "cancers of the breast", "D000004"),
)  # fmt: skip


def pubtator(number: int) -> str:
    """A document in which a few of the names stand, by its number."""
    text, rows = "Seen:", []
    for step in (0, 1, 5, 8, 12):
        label, surface, id = _TAUGHT[(number * 7 + step) % len(_TAUGHT)]
        rows.append(f"{number}\t{len(text) + 1}\t{len(text) + 1 + len(surface)}\t{surface}\t{label}\t{id}")
        text += f" {surface},"
    return "\n".join((f"{number}|t|{text}", f"{number}|a|", *rows, "", ""))


def resources(folder: Path) -> Path:
    """The files that names are read from, small."""
    for file, rows in {
        "mesh_id_label_mappings.tsv": DESCRIPTORS,
        "mesh_supp_id_label_mappings.tsv": SUPPLEMENTS,
        "hgnc_entries.tsv": GENES,
    }.items():
        (folder / file).write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    for file, entries in {"doid.json": (), "mondo.json": MONDO, "hp.json": ()}.items():
        (folder / file).write_text(json.dumps(entries), encoding="utf-8")
    return folder


def beside(folder: Path) -> Beside:
    """What stands beside those files: names of genes, genes of animals, names of drugs; in the forms of NCBI."""
    files = {name: folder / name for name in ("gene_info", "homologene.data", "drugs.tsv")}
    rows = (
        ("9606", "77", "ADR1", "-", "ADRX", "-", "1", "-", "adrenergic thing 1", "", "-", "-", "-", "thing receptor"),
        ("10090", "1077", "Adr1", "-", "Murx", "-", "1", "-", "adrenergic thing 1", "", "-", "-", "-", "-"),
    )
    files["gene_info"].write_text("#tax_id\n" + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    groups = ("5\t9606\t77\tADR1", "5\t10090\t1077\tAdr1", "5\t10116\t2077\tAdr1", "6\t10090\t1078\tMuronly")
    files["homologene.data"].write_text("".join(f"{row}\t1\tNP\n" for row in groups), encoding="utf-8")
    files["drugs.tsv"].write_text("Clonidine\tDixarit\nNothing\tNil\n", encoding="utf-8")
    return Beside(files["gene_info"], files["homologene.data"], files["drugs.tsv"], "2024")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A linker's folder, trained on sixty documents of five mentions each."""
    place = tmp_path_factory.mktemp("linker")
    corpus = place / "train.pubtator"
    corpus.write_text("".join(pubtator(number) for number in range(1, 121)), encoding="utf-8")
    held = place / "dev.pubtator"
    held.write_text("".join(pubtator(number) for number in range(1, 11)), encoding="utf-8")
    build(
        resources(place), [corpus], [held],
        ["Quite common is malignant melanoma (MMEL).", "One of them is malignant melanoma (MMEL)."],
        {"D000017": 3}, (),
        place / "model", beside(place),
    )  # fmt: skip
    return place / "model"


@pytest.fixture(scope="session")
def linker(folder: Path) -> Linker:
    return Linker(folder)


@pytest.fixture(scope="session")
def spans() -> Callable[..., list[Span]]:
    return _spans


def _spans(text: str, *wanted: tuple[str, str]) -> list[Span]:
    """Spans of the surfaces, each at its first place after the one before."""
    found, at = [], 0
    for surface, label in wanted:
        at = text.index(surface, at)
        found.append(Span(at, at + len(surface), label, 1.0))
        at += len(surface)
    return found
