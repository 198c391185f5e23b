"""Ontologies in OBO 1.2 and 1.4 (https://owlcollab.github.io/oboformat/doc/obo-syntax.html): HPO, DO, SYMP and others.

What is read of a term: name, definition, synonyms, cross-references, `is_a`, `alt_id`, and of an obsolete term
`replaced_by`. An obsolete term becomes no entity: its id, and every `alt_id`, becomes a mapping to the term that took
its place, which another file may define, as it may a parent. Synonyms are names only where they are EXACT, or RELATED
and marked as a layperson's word: a BROAD or NARROW synonym names another concept. Other relationships, typedefs and
instances are not of this graph and are left alone.

The tags of OBO 1.0 (`exact_synonym`, `use_term`) are read as what took their place. A line that cannot be read costs
that line, a stanza without an id or a name that stanza, a circle of parents these; each is a Failure.

The file is read by our own stanza reader (`obo_syntax`) because every assertion carries its line as written, and one
malformed stanza must not cost the others; obonet gives neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.model import CuratedRecord, Failure, Mapping, Obsolete
from ingest.sources.circles import circles
from ingest.sources.curated.obo_syntax import Line, bare, plain, quoted, stanzas
from ingest.sources.ids import curie

EXTRACTOR = "obo/4"

TYPES: dict[str, str] = {
    "HP": "Phenotype",
    "SYMP": "Phenotype",
    "DOID": "Disease",
    "MONDO": "Disease",
    "UBERON": "Anatomy",
    "CHEBI": "Drug",
}
"""The entity type by the prefix of the id; any other prefix is a Concept."""

PHENOTYPIC_ABNORMALITY = "HP:0000118"
"""HPO's terms outside this branch (inheritance, onset, frequency, modifiers, history) are Concepts."""


@dataclass(frozen=True, slots=True)
class Ontology:
    source: str
    title: str
    licence: str
    url: str


ONTOLOGIES: dict[str, Ontology] = {
    "hp": Ontology("HPO", "Human Phenotype Ontology", "HPO licence", "https://hpo.jax.org"),
    "doid": Ontology("DO", "Human Disease Ontology", "CC0-1.0", "https://disease-ontology.org"),
    "symp": Ontology("SYMP", "Symptom Ontology", "CC0-1.0", "https://obofoundry.org/ontology/symp"),
    "mondo": Ontology("MONDO", "Mondo Disease Ontology", "CC-BY-4.0", "https://mondo.monarchinitiative.org"),
    "uberon": Ontology("UBERON", "Uberon Anatomy Ontology", "CC-BY-3.0", "https://uberon.github.io"),
    "chebi": Ontology("CHEBI", "Chemical Entities of Biological Interest", "CC-BY-4.0", "https://www.ebi.ac.uk/chebi"),
}
"""What is known of an ontology by its `ontology:` header; the licence in a file's own header goes before this one."""

DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FILE = re.compile(r"\.(?:obo|gz|bz2|xz|zip|txt)\b.*$", re.IGNORECASE)
_LICENCE = re.compile(r"terms:license|dc:license|dcterms:license")
_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/([\d.]+)|publicdomain/zero/([\d.]+))")
_NOT_NAMES = ("obsolete_synonym", "HP:0034334")
"""Synonym types that are no names: discarded ones, and HPO's allelic requirement codes."""


@dataclass(slots=True)
class _Term:
    line: int
    id: str = ""
    name: str = ""
    definition: str = ""
    synonyms: list[Name] = field(default_factory=list)
    xrefs: list[str] = field(default_factory=list)
    parents: list[tuple[str, str]] = field(default_factory=list)
    """(id of the parent, the line as written)"""
    alternatives: list[str] = field(default_factory=list)
    replaced_by: list[str] = field(default_factory=list)
    consider: list[str] = field(default_factory=list)
    obsolete: bool = False
    once: set[str] = field(default_factory=set)
    """The tags given that may stand once."""
    wrong: list[tuple[int, str]] = field(default_factory=list)
    """Lines that could not be read, and why."""


def read(path: Path) -> Iterator[CuratedRecord]:
    """The ontology: its Source, mappings, entities, then `subclass_of` assertions, with malformed stanzas among them.

    A term is malformed without an id of the form `PREFIX:local` or, unless obsolete, without a name. The terms are
    held in memory (HPO: about 60 MB); what is yielded is not. Raises UnreadableSource.
    """
    header: dict[str, list[str]] = {}
    terms: dict[str, _Term] = {}
    failures: list[Failure] = []
    for stanza in stanzas(path, failures):
        if not stanza.name:
            for told in stanza.lines:
                tag, _, value = told.text.partition(":")
                header.setdefault(tag, []).append(value.strip())
        elif stanza.name == "[Term]":
            term = _term(stanza.number, stanza.lines)
            if isinstance(term, str):
                failures.append(Failure(str(path), f"line {stanza.number}", term))
                continue
            failures += [Failure(str(path), f"line {line}", f"{term.id}: {reason}") for line, reason in term.wrong]
            if term.id in terms:
                failures.append(Failure(str(path), f"line {stanza.number}", f"{term.id} was defined before"))
            else:
                terms[term.id] = term
    if "format-version" not in header and not terms:
        yield from failures or [Failure(str(path), "", "no OBO header and no term")]
        return
    source = _source(header, path, terms)
    yield source
    yield from failures
    yield from _mappings(path, terms)
    live = [term for term in terms.values() if not term.obsolete]
    abnormal = _descendants(live, PHENOTYPIC_ABNORMALITY)
    for term in live:
        yield _entity(term, abnormal)
    yield from _hierarchy(path, live, terms, source.id)


def _hierarchy(
    path: Path, live: Sequence[_Term], terms: dict[str, _Term], source: str
) -> Iterator[Assertion | Failure]:
    """What is a kind of what, but for circles and obsolete parents."""
    ring_of = {id: ring for ring in circles({t.id: [id for id, _ in t.parents] for t in live}) for id in ring}
    for term in live:
        for parent, line in term.parents:
            if term.id in ring_of and ring_of.get(parent) == ring_of[term.id]:
                yield Failure(str(path), f"line {term.line}", _circular(term.id, parent, ring_of[term.id]))
                continue
            if parent in terms and terms[parent].obsolete:
                yield Failure(str(path), f"line {term.line}", f"{term.id} has a parent that is obsolete: {parent}")
                continue
            yield Assertion.new(
                term.id, "subclass_of", parent, source=source, sentence=line, record=term.id, extractor=EXTRACTOR
            )


def _circular(id: str, parent: str, ring: list[str]) -> str:
    if id == parent:
        return f"{id} has itself for a parent"
    more = f" and {len(ring) - 5} more" if len(ring) > 5 else ""
    return f"{id} has a parent below it: {parent} (in a circle: {', '.join(ring[:5])}{more})"


def _term(number: int, body: Iterable[Line]) -> _Term | str:
    """The term, or why it is none."""
    term = _Term(number)
    for line in body:
        if wrong := _take(term, line.text):
            term.wrong.append((line.number, wrong))
    if not term.id:
        return "a term without an id of the form PREFIX:local"
    if not term.name and not term.obsolete:
        return f"{term.id} has no name"
    return term


_ONCE = ("id", "name", "def", "is_obsolete")
_REPLACES = ("replaced_by", "use_term")
_SCOPES = {
    "exact_synonym": "EXACT", "broad_synonym": "BROAD", "narrow_synonym": "NARROW", "related_synonym": "RELATED",
}  # fmt: skip
"""The tags of OBO 1.0 for synonyms, with the scopes that took their place."""


def _take(term: _Term, line: str) -> str:
    """Take a line of a stanza; what is wrong with it, or an empty string."""
    tag, colon, value = line.partition(":")
    if not colon:
        return "a line without a tag"
    value = value.strip()
    if tag in _ONCE:
        if tag in term.once:
            return f"a second {tag}, where there may be one"
        term.once.add(tag)
    match tag:
        case "id":
            term.id = curie(bare(value))
        case "name":
            term.name = plain(bare(value)).strip()
        case "def" | "synonym" | "exact_synonym" | "broad_synonym" | "narrow_synonym" | "related_synonym":
            return _take_quoted(term, tag, value)
        case "xref" | "xref_analog" | "xref_unk":
            _append(term.xrefs, plain(value.split(' "')[0]))
        case "is_a":
            if not (parent := curie(bare(value))):
                return "a parent that is no identifier"
            term.parents.append((parent, line))
        case "alt_id":
            return "" if _append(term.alternatives, value) else "an alternative id that is no identifier"
        case "replaced_by" | "use_term":
            return "" if _append(term.replaced_by, value) else "a replacement that is no identifier"
        case "consider":
            return "" if _append(term.consider, value) else "a term to consider that is no identifier"
        case "is_obsolete":
            term.obsolete = bare(value).lower() in ("true", "1")
        case _:
            pass  # tags that say nothing this graph holds: subset, created_by, relationship, …
    return ""


def _take_quoted(term: _Term, tag: str, value: str) -> str:
    if not (told := quoted(value)):
        return "a definition whose quotes cannot be told" if tag == "def" else "a synonym whose quotes cannot be told"
    text, after = told
    if tag == "def":
        term.definition = text
        return ""
    scope = [_SCOPES[tag]] if tag in _SCOPES else after.split("[")[0].split()
    if _is_name(scope):
        term.synonyms.append(Name(text, "en"))
    return ""


def _append(ids: list[str], value: str) -> bool:
    """Append an identifier; whether it is one."""
    if id := curie(bare(value)):
        ids.append(id)
    return bool(id)


def _is_name(scope: list[str]) -> bool:
    if any(word in _NOT_NAMES for word in scope):
        return False
    return bool(scope) and (scope[0] == "EXACT" or (scope[0] == "RELATED" and "layperson" in scope))


def _source(header: dict[str, list[str]], path: Path, terms: Iterable[str]) -> Source:
    name = header.get("ontology", [""])[0].lower().removesuffix(".obo") or _unnamed(header, path, terms)
    ontology = ONTOLOGIES.get(name) or Ontology(name.upper(), name, "", "")
    version = header.get("data-version", header.get("date", [""]))[0]
    dated = DATE.search(version)
    return Source(
        ontology.source,
        "curated",
        title=ontology.title,
        version=dated[0] if dated else version,
        licence=_licence(header) or ontology.licence,
        language="en",
        url=ontology.url,
    )


def _unnamed(header: dict[str, list[str]], path: Path, terms: Iterable[str]) -> str:
    """What an ontology without a name is called, so that two of them never take each other's place: by its namespace
    and the commonest prefix of its terms, or by its file where it has neither."""
    prefixes = Counter(id.partition(":")[0].lower() for id in terms)
    prefix = min(prefixes, key=lambda word: (-prefixes[word], word), default="")
    namespace = header.get("default-namespace", [""])[0].lower()
    if namespace:
        return "-".join(dict.fromkeys(part for part in (namespace, prefix) if part))
    return "-".join(dict.fromkeys(part for part in (prefix, _FILE.sub("", path.name).lower()) if part)) or "obo"


def _licence(header: dict[str, list[str]]) -> str:
    """The Creative Commons licence that the header itself names."""
    statements = [v for v in header.get("property_value", []) if _LICENCE.match(v)] + header.get("remark", [])
    return next((licence for value in statements if (licence := creative_commons(value))), "")


def creative_commons(text: str) -> str:
    """The SPDX id of the Creative Commons licence whose address stands in `text`, or an empty string."""
    if match := _CREATIVE_COMMONS.search(text):
        return f"CC0-{match[3]}" if match[3] else f"CC-{match[1].upper()}-{match[2]}"
    return ""


def _mappings(path: Path, terms: dict[str, _Term]) -> Iterator[Mapping | Obsolete | Failure]:
    told: dict[str, dict[str, int]] = {}
    for term in terms.values():
        if term.obsolete:
            replacements = list(dict.fromkeys(term.replaced_by))
            if len(replacements) == 1:
                told.setdefault(term.id, {})[replacements[0]] = term.line
            else:
                yield Obsolete(term.id, f"line {term.line}", (*replacements, *dict.fromkeys(term.consider)))
        else:
            for alternative in term.alternatives:
                told.setdefault(alternative, {})[term.id] = term.line
    for other, canonicals in told.items():
        canonical, line = next(iter(canonicals.items()))
        where = f"line {line}"
        if other in terms and not terms[other].obsolete:
            yield Failure(str(path), where, f"{other} is an alternative id and a term of its own")
        elif len(canonicals) > 1:
            yield Failure(str(path), where, f"{other} is an alternative id of several: {', '.join(canonicals)}")
        else:
            yield Mapping(other, canonical)


def _descendants(terms: Iterable[_Term], root: str) -> set[str]:
    children: dict[str, list[str]] = {}
    for term in terms:
        for parent, _ in term.parents:
            children.setdefault(parent, []).append(term.id)
    descendants, waiting = {root}, [root]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in descendants:
                descendants.add(child)
                waiting.append(child)
    return descendants


def _entity(term: _Term, abnormal: set[str]) -> Entity:
    prefix = term.id.partition(":")[0]
    type = TYPES.get(prefix, "Concept")
    if prefix == "HP" and term.id not in abnormal:
        type = "Concept"
    synonyms = dict.fromkeys(s for s in term.synonyms if s.text and s.text != term.name)
    return Entity(term.id, type, term.name, tuple(synonyms), tuple(dict.fromkeys(term.xrefs)), term.definition)
