"""How well the linker finds the concept of a gold mention, and how fast it is.

    python benchmarks/linking.py models/linker-mesh --data ../shared/data [--curve]

A JSON line a figure. Accuracy: the share of the mentions with an id whose ids are those given, all of them and no
other; "reconciled" also where both mean the same in another year of MeSH or in OMIM. With "no id as right", mentions
without an id count too, and abstaining from them is right. Precision: the share of the links made that are right; a
link of a mention without an id is wrong. Measured on the development sets.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

from report import figure, peak_memory

from ingest.reading.linking.linker import Link, Linker
from ingest.reading.recognition.recognizer import Span
from training.linking.choice import Gold, gold

_SINCE = re.compile(r"MESH:D[0-9]{9}")
"""Descriptors since 2016."""
_SETS = {
    "BC5CDR dev": ("bc5cdr", ("Chemical", "Disease")),
    "NCBI Disease dev": ("ncbi_disease", ("Disease",)),
    "BioRED dev": ("biored", ("Chemical", "Disease", "Gene", "Species", "CellLine")),
}


def pairs(linker: Linker, documents: Sequence[Gold], label: str = "") -> list[tuple[tuple[str, ...], Link]]:
    """Gold ids and link of every mention of `label`, of every mention where it is empty."""
    found = []
    for document in documents:
        links = linker.link(document.text, document.spans)
        found += [
            (ids, link)
            for span, ids, link in zip(document.spans, document.ids, links, strict=True)
            if label in ("", span.label)
        ]
    return found


def right(ids: tuple[str, ...], link: Link) -> bool:
    return bool(ids) and sorted(link.ids) == sorted(ids)


def same(linker: Linker, ids: tuple[str, ...], link: Link) -> bool:
    """Whether the ids mean the same: MeSH's of two years, or MeSH's and OMIM's by Mondo and DO."""
    if not ids:
        return False
    return {linker.canonical(id) for id in ids} == {linker.canonical(id) for id in link.ids} or newer(linker, ids, link)


def newer(linker: Linker, ids: tuple[str, ...], link: Link) -> bool:
    """Whether the mention is a name of a concept that MeSH made since, and its id one that MeSH has no more and of
    which nothing at hand tells what took its place."""
    if len(ids) != 1 or len(link.ids) != 1 or linker.knows(ids[0]) or not ids[0].startswith("MESH:"):
        return False
    return bool(_SINCE.fullmatch(link.ids[0])) and "a name of" in link.reason


def report(data: str, found: Sequence[tuple[tuple[str, ...], Link]], **context: object) -> None:
    with_id = [(ids, link) for ids, link in found if ids]
    made = [(ids, link) for ids, link in found if link.ids]
    hits = sum(right(ids, link) for ids, link in found)
    rest = sum(not ids and not link.ids for ids, link in found)
    context = {"data": data, "mentions": len(found), "with id": len(with_id), **context}
    figure("linking accuracy", hits / max(1, len(with_id)), "share", **context)
    figure("linking accuracy, no id as right", (hits + rest) / max(1, len(found)), "share", **context)
    figure("linking precision", hits / max(1, len(made)), "share", links=len(made), **context)


def curve(data: str, found: Sequence[tuple[tuple[str, ...], Link]]) -> None:
    """Accuracy and precision by threshold; `found` is of a linker that never abstains."""
    with_id = sum(bool(ids) for ids, _ in found)
    for threshold in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        made = [(ids, link) for ids, link in found if link.ids and link.score >= threshold]
        hits = sum(right(ids, link) for ids, link in made)
        figure(
            "linking precision at a threshold", hits / max(1, len(made)), "share",
            data=data, threshold=threshold, accuracy=round(hits / with_id, 4), links=len(made), mentions=len(found),
        )  # fmt: skip


def _half(document: Gold) -> str:
    """Rules were made after looking at the even half of the development sets, not at the odd one."""
    return "odd" if int(document.id.rpartition(":")[2]) % 2 else "even"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--curve", action="store_true", help="precision and accuracy at other thresholds too")
    given = parser.parse_args()
    before = peak_memory()
    began = perf_counter()
    linker = Linker(given.model, withdrawn=True)
    linker.link("renall fxilur", [Span(0, 13, "Disease", 1.0)])  # no name: the indexes of words and letters are made
    figure("loading and first link", perf_counter() - began, "s", model=linker.version)
    sets = {
        name: (gold(given.data / "ner" / folder / "dev.pubtator"), labels) for name, (folder, labels) in _SETS.items()
    }
    abstracts = [document for documents, _ in sets.values() for document in documents]
    began = process_time()
    for document in abstracts:
        linker.link(document.text, document.spans)
    spans = sum(len(document.spans) for document in abstracts)
    each = (process_time() - began) / len(abstracts) * 1000
    figure("linking time", each, "ms CPU an abstract", abstracts=len(abstracts), mentions=spans)
    figure("memory of the linker", peak_memory() - before, "MiB")
    for name, (documents, labels) in sets.items():
        for half in ("all", "even", "odd"):
            some = [document for document in documents if half in ("all", _half(document))]
            for label in ("", *labels):
                report(name, pairs(linker, some, label), label=label or "all", ids="as annotated", documents=half)
    for mode, other in {
        "default threshold": linker,
        "strict threshold": Linker(given.model, strict=True, withdrawn=True),
        "present ids": Linker(given.model),
        "never abstains": Linker(given.model, threshold=0.0, withdrawn=True),
    }.items():
        for name, (documents, _) in sets.items():
            if name != "BioRED dev":
                found = pairs(other, documents)
                report(name, found, label="all", mode=mode)
                share = sum(same(other, *one) for one in found) / sum(bool(ids) for ids, _ in found)
                figure("linking accuracy, reconciled", share, "share", data=name, mode=mode, mesh=other.mesh)
                if given.curve and mode == "never abstains":
                    curve(name, found)


if __name__ == "__main__":
    main()
