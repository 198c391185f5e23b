"""Makes `models/linker-mesh`: the lexicon from public vocabularies, abstracts and headings, the weights from corpora.

What an annotated surface means is counted under a hash of it; for each document that the weights are trained on, the
document's own counts are taken away, so that the weights see surfaces as new as they will be.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.reading.linking import names
from ingest.reading.linking.lexicon import (
    CAPITALS,
    DESCRIPTOR,
    GROUPS,
    ONTOLOGY,
    PREFERRED,
    SUPPLEMENT,
    Lexicon,
    Orthologs,
    Strings,
    Table,
    rooted_key,
    short_key,
    signature_key,
    strict_key,
)
from ingest.sources.files.markup import elements
from text import abbreviations
from training.linking import beside
from training.linking.alike import alike
from training.linking.choice import Gold, Taught, gold, teach, train_model
from training.linking.names import Concept, Named, concepts

_SOURCES = {
    "mesh": DESCRIPTOR, "supplement": SUPPLEMENT, "doid": ONTOLOGY, "mondo": ONTOLOGY, "hp": ONTOLOGY,
    "hgnc": DESCRIPTOR, "taxon": DESCRIPTOR, "ncbi": ONTOLOGY, "drug": ONTOLOGY,
}  # fmt: skip
_CODES = {code: number for number, code in enumerate(GROUPS.values())}
_MOST_WORDS = 8
"""In a name that is compared word by word."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Files beside the vocabularies, each of which may lack: NCBI's `gene_info` and `homologene.data`, and a table of
    what else drugs are called."""

    genes: Path | None = None
    homologs: Path | None = None
    drugs: Path | None = None
    mesh: str = ""
    """The year of the MeSH that the vocabularies hold."""


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
    older: Sequence[Path],
    out: Path,
    more: Beside = Beside(),
) -> dict[str, object]:
    """Write lexicon, weights and settings to `out`; returns what was counted on the way.

    `corpora` are PubTator files to learn from, without the documents of `held_out`; `abstracts` texts in which short
    forms are defined; `headings` how often MEDLINE has a MeSH id as a heading or substance. Raises OSError and
    UnreadableSource.
    """
    declared, bearers, omim = concepts(resources)
    orthologs = _add(more, declared, bearers)
    human = {one.id: one.human for one in orthologs}
    out.mkdir(parents=True, exist_ok=True)
    kept_out = {document.id for path in held_out for document in gold(path)}
    train: dict[str, list[Gold]] = {}
    for path in corpora:
        for document in gold(path):
            if document.id not in kept_out:
                train.setdefault(document.id, []).append(document)
    documents = [_pooled(replace(document, id=id), human) for id, several in train.items() for document in several]
    names_older = {id: name for path in older for id, name in _names_older(path)}
    withdrawn = _declare(documents, declared, names_older)
    replaced = _replaced(names_older, declared, bearers)
    for id in replaced:
        declared.setdefault(id, Concept(id, names_older[id], declared[replaced[id]].trees, 9))
    order = {id: at for at, id in enumerate(sorted(declared))}
    taught = teach(documents, order)
    lexicon = _lexicon(declared, bearers, omim, order, taught, documents, withdrawn, abstracts, headings, replaced)
    lexicon = replace(
        lexicon, orthologs=Orthologs.of([(order[o.human], o.taxon, int(o.id[9:]), o.symbol) for o in orthologs])
    )
    lexicon.save(out / "lexicon.npz")
    model, report = train_model(lexicon, documents, taught)
    model.save(out / "model.json")
    digest = hashlib.blake2b((out / "lexicon.npz").read_bytes() + (out / "model.json").read_bytes(), digest_size=6)
    version = f"linker-mesh/1-{digest.hexdigest()}"
    settings: dict[str, object] = {
        "version": version,
        "mesh": more.mesh,
        "concepts": len(declared),
        "names": len(bearers),
    }
    (out / "config.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return {**settings, **report}


def _add(more: Beside, declared: dict[str, Concept], bearers: list[Named]) -> list[beside.Ortholog]:
    """Declare what `more` has, with its names; the genes of other species that are one of man's."""
    found = beside.orthologs(more.homologs) if more.homologs else []
    bearers += list(beside.bases(bearers, declared))
    if more.genes:
        for concept, names_of in beside.genes(more.genes, {one.id: one.human for one in found}, declared):
            declared.setdefault(concept.id, concept)
            bearers += names_of
    if more.drugs:
        bearers += list(beside.drugs(more.drugs, beside.usual(bearers, declared)))
    return [one for one in found if one.human in declared]


def _pooled(document: Gold, human: Mapping[str, str]) -> Gold:
    """The document with the human gene for each of another species: what a surface means is learned for all at once."""
    ids = tuple(tuple(sorted({human.get(id, id) for id in those})) for those in document.ids)
    return replace(document, ids=ids)


def _names_older(path: Path) -> Iterator[tuple[str, str]]:
    """Ids and preferred names of an older release of MeSH: a table, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if re.fullmatch(r"[CD][0-9]{6,9}", cells[0]) and len(cells) > 1:
                yield f"MESH:{cells[0]}", cells[1]


def _replaced(older: Mapping[str, str], declared: Mapping[str, Concept], bearers: Sequence[Named]) -> dict[str, str]:
    """Which id MeSH has now for one of `older` that it has withdrawn: that of the one concept with its name."""
    wanted = {name.casefold() for id, name in older.items() if id not in declared}
    of: dict[str, set[str]] = defaultdict(set)
    for name in bearers:
        if name.source in ("mesh", "supplement") and name.text.casefold() in wanted:
            of[name.text.casefold()].add(name.id)
    now = {id: of.get(name.casefold(), set()) for id, name in older.items() if id not in declared}
    return {id: next(iter(ids)) for id, ids in now.items() if len(ids) == 1}


def _declare(documents: Sequence[Gold], declared: dict[str, Concept], older: Mapping[str, str]) -> set[str]:
    """Declare what only the corpora know: withdrawn ids, which are given back, composites, cell lines, other genes."""
    letters = {"Chemical": "d", "Disease": "c", "Gene": "g", "Species": "T", "CellLine": "l"}
    withdrawn = set()
    for document in documents:
        for span, ids in zip(document.spans, document.ids, strict=True):
            for id in ids:
                if id not in declared:
                    declared[id] = Concept(id, older.get(id, ""), letters[span.label], 9)
                    if id.startswith("MESH:"):
                        withdrawn.add(id)
            if len(ids) > 1:
                joined = "|".join(ids)
                declared.setdefault(joined, Concept(joined, "", letters[span.label], 9))
    return withdrawn


@dataclass(frozen=True, slots=True)
class _Spelled:
    """The names by their keys, each with the flags of all that share it."""

    strict: dict[tuple[int, int], int]
    """By (strict key, concept)."""
    loose: set[tuple[int, int, int]]
    """(signature or roots, concept, flags)."""
    rooted: dict[tuple[int, tuple[str, ...]], int]
    """By (concept, roots of the words): what is compared word by word."""


def _spelled(declared: Mapping[str, Concept], bearers: Sequence[Named], order: Mapping[str, int]) -> _Spelled:
    spelled = _Spelled({}, set(), {})
    for name in bearers:
        words = names.words(name.text)
        if not words:
            continue
        concept, at, flags = declared[name.id], order[name.id], _flags(name)
        group = group_of(concept.trees)
        key = (strict_key(group, words), at)
        spelled.strict[key] = spelled.strict.get(key, 0) | flags
        if group == "d" or (group == "c" and "D" in concept.trees):
            spelled.loose.add((signature_key(group, words), at, flags))
            spelled.loose.add((rooted_key(group, words), at, flags))
            rooted = names.rooted(words)
            if len(rooted) <= _MOST_WORDS:
                spelled.rooted[at, rooted] = spelled.rooted.get((at, rooted), 0) | flags
    return spelled


def _flags(name: Named) -> int:
    flags = _SOURCES[name.source]
    if name.preferred and flags != ONTOLOGY:
        flags |= PREFERRED
    return flags | (CAPITALS if name.text.isupper() else 0)


def _lexicon(
    declared: Mapping[str, Concept],
    bearers: Sequence[Named],
    omim: Mapping[str, str],
    order: Mapping[str, int],
    taught: Taught,
    documents: Sequence[Gold],
    withdrawn: Set[str],
    abstracts: Iterable[str],
    headings: Mapping[str, int],
    replaced: Mapping[str, str],
) -> Lexicon:
    spelled = _spelled(declared, bearers, order)
    rows = sorted(spelled.rooted)
    terms = sorted({word for _, rooted in rows for word in rooted})
    number = {term: at for at, term in enumerate(terms)}
    pairs = alike(rows, number)
    present = {order[old]: order[now] for old, now in replaced.items()}
    present |= _present(withdrawn, order, documents, spelled.strict)
    ids = sorted(declared)
    groups = [group_of(declared[id].trees) for id in ids]
    return Lexicon(
        ids=Strings.of(ids),
        names=Strings.of([declared[id].name for id in ids]),
        trees=Strings.of([declared[id].trees for id in ids]),
        depths=np.array([min(declared[id].depth, 20) for id in ids], np.uint8),
        uses=np.array([_logarithm(headings.get(id.removeprefix("MESH:"), 0), id) for id in ids], np.uint8),
        taught_uses=np.array([min(255, taught.uses[at]) for at in range(len(ids))], np.uint8),
        strict=Table.of((key, at, flags) for (key, at), flags in spelled.strict.items()),
        loose=Table.of(_united(spelled.loose)),
        taught=_meanings(taught),
        short=_short(abstracts, spelled.strict),
        terms=Strings.of(terms),
        words=np.array([number[word] for _, rooted in rows for word in rooted], np.uint32),
        ends=np.cumsum([len(rooted) for _, rooted in rows], dtype=np.uint32),
        concept_of=np.array([at for at, _ in rows], np.uint32),
        flags_of=np.array([spelled.rooted[row] for row in rows], np.uint8),
        group_of=np.array([_CODES[groups[at]] for at, _ in rows], np.uint8),
        alike=np.array([(one, other) for one, other, _ in pairs], np.uint32).reshape(-1, 2),
        weights=np.array([weight for _, _, weight in pairs], np.uint8),
        same=_same(omim, order),
        present=np.array(sorted(present.items()), np.uint32).reshape(-1, 2),
        orthologs=Orthologs.of(()),
    )


def _meanings(taught: Taught) -> Table:
    rows = ((key, concept, n) for key, counted in taught.counts.items() for concept, n in counted.items())
    return Table.of((key, concept, min(n, 255)) for key, concept, n in rows)


def _same(omim: Mapping[str, str], order: Mapping[str, int]) -> npt.NDArray[np.uint32]:
    pairs = sorted((order[mesh], order[other]) for mesh, other in omim.items() if other in order)
    return np.array(pairs, np.uint32).reshape(-1, 2)


def _logarithm(headings: int, id: str) -> int:
    """How often a concept of MeSH is a heading, as a byte."""
    return min(255, round(math.log2(1 + headings) * 1.5)) if id.startswith("MESH:") else 0


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
            ids = {child.get("UI", "") for tag in ("DescriptorName", "NameOfSubstance") for child in citation.iter(tag)}
            counted.update(ids - {""})
    return counted


def _short(abstracts: Iterable[str], strict: Mapping[tuple[int, int], int]) -> Table:
    """What abstracts define as the short form of which name."""
    by_key: dict[int, list[int]] = {}
    for key, concept in strict:
        by_key.setdefault(key, []).append(concept)
    counted: Counter[tuple[int, int]] = Counter()
    for text in abstracts:
        for definition in abbreviations.find(text):
            words = names.words(text[definition.start : definition.end])
            for group in "cdg":
                key = strict_key(group, words)
                several = by_key.get(key, []) if len(by_key.get(key, [])) <= 3 else []
                for concept in several:
                    counted[short_key(group, definition.short), concept] += 1
    return Table.of((key, concept, min(255, count)) for (key, concept), count in counted.items())
