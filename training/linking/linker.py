"""Makes `models/linker-mesh`: the lexicon from public vocabularies, abstracts and headings, the weights from corpora.

What an annotated surface means is counted under a hash of it; for each document that the weights are trained on, the
document's own counts are taken away, so that the weights see surfaces as new as they will be.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np

from ingest.reading.linking import names
from ingest.reading.linking.lexicon import (
    CAPITALS,
    DESCRIPTOR,
    GROUPS,
    ONTOLOGY,
    PREFERRED,
    SUPPLEMENT,
    Lexicon,
    Strings,
    Table,
    rooted_key,
    short_key,
    signature_key,
    strict_key,
)
from ingest.sources.files.markup import elements
from text import abbreviations
from training.linking.choice import Gold, Taught, gold, teach, train_model
from training.linking.names import Concept, Named, concepts

_SOURCES = {
    "mesh": DESCRIPTOR, "supplement": SUPPLEMENT, "doid": ONTOLOGY, "mondo": ONTOLOGY, "hp": ONTOLOGY,
    "hgnc": DESCRIPTOR, "taxon": DESCRIPTOR,
}  # fmt: skip
_CODES = {code: number for number, code in enumerate(GROUPS.values())}
_ALIKE = (
    "neoplasm tumor cancer carcinoma malignancy", "renal kidney", "hepatic liver", "cardiac heart myocardial",
    "impairment insufficiency failure dysfunction", "defect deficiency", "inherited hereditary familial genetic",
    "disease disorder syndrome", "abnormality anomaly malformation defect", "pulmonary lung", "gastric stomach",
    "cerebral brain", "injury damage lesion", "seizure convulsion", "muscle muscular myopathy", "nerve neural",
    "vascular vessel", "ocular eye visual", "cutaneous skin dermal", "bone osseous", "bladder vesical",
    "disturbance disorder impairment deficit", "lymphoid lymphatic", "infection infectious", "hypertrophy enlargement",
    "ovarian ovary", "prostatic prostate", "uterine uterus", "intestinal bowel", "venous vein", "arterial artery",
    "mental psychiatric", "deafness hearing", "childhood infantile juvenile child", "pancreatic pancreas",
    "testicular testis", "thyroidal thyroid", "hematologic blood", "respiratory breathing", "dental tooth",
)  # fmt: skip
"""Words that take each other's place in names of diseases, beside those that the names themselves show."""
_ALIKE_WEIGHT = 235
_LEAST_LIKE = 0.04


def group_of(trees: str) -> str:
    """The group of a concept: what label it may be linked from."""
    for letters, group in (("dD", "c"), ("g", "g"), ("T", "t"), ("l", "l")):
        if set(letters) & set(trees) and not set("CPc") & set(trees):
            return group
    return "d"


def build(
    resources: Path,
    corpora: Sequence[Path],
    held_out: Sequence[Path],
    abstracts: Iterable[str],
    headings: Mapping[str, int],
    mesh_2015: Path | None,
    out: Path,
) -> dict[str, object]:
    """Write lexicon, weights and settings to `out`; returns what was counted on the way.

    `corpora` are PubTator files to learn from, without the documents of `held_out`; `abstracts` texts in which short
    forms are defined; `headings` how often MEDLINE has a MeSH id as a heading or substance. Raises OSError and
    UnreadableSource.
    """
    known, named, omim = concepts(resources)
    out.mkdir(parents=True, exist_ok=True)
    kept_out = {document.id for path in held_out for document in gold(path)}
    train: dict[str, list[Gold]] = {}
    for path in corpora:
        for document in gold(path):
            if document.id not in kept_out:
                train.setdefault(document.id, []).append(document)
    documents = [replace(document, id=id) for id, several in train.items() for document in several]
    names_2015 = dict(_names_2015(mesh_2015)) if mesh_2015 else {}
    withdrawn = _declare(documents, known, names_2015)
    order = {id: at for at, id in enumerate(sorted(known))}
    taught = teach(documents, order)
    lexicon = _lexicon(known, named, omim, order, taught, documents, withdrawn, abstracts, headings)
    lexicon.save(out / "lexicon.npz")
    model, report = train_model(lexicon, documents, taught)
    model.save(out / "model.json")
    digest = hashlib.blake2b((out / "lexicon.npz").read_bytes() + (out / "model.json").read_bytes(), digest_size=6)
    version = f"linker-mesh/1-{digest.hexdigest()}"
    settings: dict[str, object] = {"version": version, "concepts": len(known), "names": len(named)}
    (out / "config.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return {**settings, **report}


def _names_2015(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            id, _, name = line.rstrip("\n").partition("\t")
            yield f"MESH:{id}", name


def _declare(documents: Sequence[Gold], known: dict[str, Concept], older: Mapping[str, str]) -> set[str]:
    """Declare what only the corpora know: withdrawn ids, which are given back, composites, cell lines, other genes."""
    letters = {"Chemical": "d", "Disease": "c", "Gene": "g", "Species": "T", "CellLine": "l"}
    withdrawn = set()
    for document in documents:
        for span, ids in zip(document.spans, document.ids, strict=True):
            for id in ids:
                if id not in known:
                    known[id] = Concept(id, older.get(id, ""), letters[span.label], 9)
                    if id.startswith("MESH:"):
                        withdrawn.add(id)
            if len(ids) > 1:
                joined = "|".join(ids)
                known.setdefault(joined, Concept(joined, "", letters[span.label], 9))
    return withdrawn


def _lexicon(
    known: Mapping[str, Concept],
    named: Sequence[Named],
    omim: Mapping[str, str],
    order: Mapping[str, int],
    taught: Taught,
    documents: Sequence[Gold],
    withdrawn: Set[str],
    abstracts: Iterable[str],
    headings: Mapping[str, int],
) -> Lexicon:
    strict: dict[tuple[int, int], int] = {}
    loose: set[tuple[int, int, int]] = set()
    spelled: dict[tuple[int, tuple[str, ...]], int] = {}
    for name in named:
        found = names.words(name.text)
        if not found:
            continue
        concept = known[name.id]
        at, group = order[name.id], group_of(concept.trees)
        flags = _SOURCES[name.source]
        if name.preferred and flags != ONTOLOGY:
            flags |= PREFERRED
        flags |= CAPITALS if name.text.isupper() else 0
        key = (strict_key(group, found), at)
        strict[key] = strict.get(key, 0) | flags
        if group == "d" or (group == "c" and "D" in concept.trees):
            loose.add((signature_key(group, found), at, flags))
            loose.add((rooted_key(group, found), at, flags))
            rooted = names.rooted(found)
            if len(rooted) <= 8:
                spelled[at, rooted] = spelled.get((at, rooted), 0) | flags
    terms = sorted({word for _, rooted in spelled for word in rooted})
    number = {term: at for at, term in enumerate(terms)}
    rows = sorted(spelled)
    present = _present(withdrawn, order, documents, strict)
    ids = sorted(known)
    uses = Counter({order[f"MESH:{id}"]: n for id, n in headings.items() if f"MESH:{id}" in order})
    pairs = _alike(rows, number)
    groups = [group_of(known[id].trees) for id in ids]
    return Lexicon(
        ids=Strings.of(ids),
        names=Strings.of([known[id].name for id in ids]),
        trees=Strings.of([known[id].trees for id in ids]),
        depths=np.array([min(known[id].depth, 20) for id in ids], np.uint8),
        uses=np.array([min(255, round(math.log2(1 + uses[at]) * 1.5)) for at in range(len(ids))], np.uint8),
        taught_uses=np.array([min(255, taught.uses[at]) for at in range(len(ids))], np.uint8),
        strict=Table.of((key, at, flags) for (key, at), flags in strict.items()),
        loose=Table.of(_united(loose)),
        taught=Table.of(
            (key, concept, min(count, 255))
            for key, counted in taught.counts.items()
            for concept, count in counted.items()
        ),
        short=_short(abstracts, strict, documents, taught),
        terms=Strings.of(terms),
        words=np.array([number[word] for _, rooted in rows for word in rooted], np.uint32),
        ends=np.cumsum([len(rooted) for _, rooted in rows], dtype=np.uint32),
        concept_of=np.array([at for at, _ in rows], np.uint32),
        flags_of=np.array([spelled[row] for row in rows], np.uint8),
        group_of=np.array([_CODES[groups[at]] for at, _ in rows], np.uint8),
        alike=np.array([(one, other) for one, other, _ in pairs], np.uint32).reshape(-1, 2),
        weights=np.array([weight for _, _, weight in pairs], np.uint8),
        same=np.array(
            sorted((order[mesh], order[other]) for mesh, other in omim.items() if other in order), np.uint32
        ).reshape(-1, 2),
        present=np.array(sorted(present.items()), np.uint32).reshape(-1, 2),
    )


def _united(rows: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    united: dict[tuple[int, int], int] = {}
    for key, concept, flags in rows:
        united[key, concept] = united.get((key, concept), 0) | flags
    for (key, concept), flags in united.items():
        yield key, concept, flags


def _present(
    withdrawn: Set[str],
    order: Mapping[str, int],
    documents: Sequence[Gold],
    strict: Mapping[tuple[int, int], int],
) -> dict[int, int]:
    """Which MeSH concept took the place of a withdrawn one: what its surfaces name now, where that is one concept."""
    by_key: dict[int, set[int]] = defaultdict(set)
    for key, concept in strict:
        by_key[key].add(concept)
    mesh = {at for id, at in order.items() if id.startswith("MESH:") and "|" not in id}
    votes: dict[int, Counter[int]] = {}
    for document in documents:
        for span, ids in zip(document.spans, document.ids, strict=True):
            if len(ids) == 1 and ids[0] in withdrawn:
                key = strict_key(GROUPS[span.label], names.words(document.text[span.start : span.end]))
                now = by_key.get(key, set()) & mesh
                if len(now) == 1:
                    votes.setdefault(order[ids[0]], Counter()).update(now)
    return {old: counted.most_common(1)[0][0] for old, counted in votes.items()}


def headings(paths: Iterable[Path]) -> Counter[str]:
    """In how many citations of MEDLINE files a MeSH id is a heading or a substance. Raises UnreadableSource."""
    counted: Counter[str] = Counter()
    for path in paths:
        for citation in elements(path, ("PubmedArticle",)):
            found = {
                child.get("UI", "") for tag in ("DescriptorName", "NameOfSubstance") for child in citation.iter(tag)
            }
            counted.update(found - {""})
    return counted


def _alike(rows: Sequence[tuple[int, tuple[str, ...]]], number: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Terms that take each other's place in names of one concept: (term, other, weight of 255), the five best a term.

    The weight grows with the share of the concepts with either term in which the two do so.
    """
    names_of: dict[int, list[frozenset[str]]] = {}
    for at, rooted in rows:
        names_of.setdefault(at, []).append(frozenset(rooted))
    together: Counter[tuple[str, str]] = Counter()
    single: Counter[str] = Counter()
    for several in names_of.values():
        single.update({word for name in several for word in name})
        found: set[tuple[str, str]] = set()
        for i, name in enumerate(several[:40]):
            for second in several[i + 1 : 40]:
                left, right = name - second, second - name
                if len(left) == 1 and len(right) == 1 and (name & second or len(name) == 1):
                    pair = (next(iter(left)), next(iter(right)))
                    found |= {pair, pair[::-1]}
        together.update(found)
    best: dict[str, list[tuple[float, str]]] = {}
    for (one, other), count in together.items():
        share = count / math.sqrt(single[one] * single[other])
        if count >= 2 and share >= _LEAST_LIKE and not (one.isdecimal() or other.isdecimal()):
            best.setdefault(one, []).append((min(0.95, 0.5 + 1.5 * share), other))
    pairs = {
        (number[one], number[other]): round(weight * 255)
        for one, several in best.items()
        for weight, other in sorted(several, reverse=True)[:5]
    }
    for line in _ALIKE:
        roots = [names.root(word) for word in line.split()]
        for terms in permutations([number[word] for word in roots if word in number], 2):
            pairs[terms] = _ALIKE_WEIGHT
    return [(term, like, weight) for (term, like), weight in sorted(pairs.items())]


def _short(
    abstracts: Iterable[str],
    strict: Mapping[tuple[int, int], int],
    documents: Sequence[Gold],
    taught: Taught,
) -> Table:
    """What abstracts define as the short form of which name."""
    by_key: dict[int, list[int]] = {}
    for key, concept in strict:
        by_key.setdefault(key, []).append(concept)
    counted: Counter[tuple[int, int]] = Counter()
    for text in abstracts:
        for definition in abbreviations.find(text):
            found = names.words(text[definition.start : definition.end])
            for group in "cdg":
                key = strict_key(group, found)
                several = by_key.get(key, []) if len(by_key.get(key, [])) <= 3 else []
                for concept in several:
                    counted[short_key(group, definition.short), concept] += 1
    return Table.of((key, concept, min(255, count)) for (key, concept), count in counted.items())
