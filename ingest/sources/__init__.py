"""The readers: one module a format, each with `read(path)`, a generator that never holds a file in memory.

Read first: `detect` (which reader a file needs; `documents` and `curated` are the doors of this room), `files/` (bytes,
lines, tables, XML and JSON in a stream), `ids` (one spelling for every identifier), `records` (what readers check).

Documents, yielded as Document, Deletion or Failure, in `documents/`, `annotated/` and `fhir/`:
`medline` PubMed XML · `jats` PMC full text · `jsonl` one JSON object a line · `text` plain text and Markdown ·
`html` · `pdf` · `docx` · `pubtator` and `bioc` texts with given annotations · `bundles` patients' resources, FHIR R4.

Curated knowledge, yielded as Source, Entity, Assertion, Mapping or Failure, in `curated/`:
`obo` ontologies · `hpoa` HPO disease annotations · `hetionet` nodes and edges · `sssom` exact mappings ·
`babelon` translated labels · `lexicon` names and aliases · `mesh` descriptors and their trees ·
`indications` PharmacotherapyDB · `interactions` the ONC lists of drug-drug interactions.

A malformed record is yielded as a Failure and skipped. A malformed file yields what was readable, then one Failure for
the rest that says how far reading came.
"""
