"""The readers: one module a format, each with `read(path)`, a generator that never holds a file in memory.

Read first: `detect` (which reader a file needs; `documents` and `curated` are the doors of this room), `files/` (bytes,
lines, tables, XML and JSON in a stream), `ids` (one spelling for every identifier), `records` (what readers check).

Documents, yielded as Document, Deletion or Failure, in `documents/`, `annotated/` and `fhir/`:
`medline` PubMed XML · `jats` PMC full text · `jsonl` one JSON object a line · `text` plain text and Markdown ·
`html` · `pdf` · `docx` · `pubtator` and `bioc` texts with given annotations · `bundles` patients' resources, FHIR R4 ·
`medquad` questions and answers of NIH sites.

Curated knowledge, yielded as Source, Entity, Assertion, Mapping or Failure, in `curated/`, whose `formats` is the list:
`obo`, `obographs` ontologies · `hpoa` HPO's annotations, `hpo_lists` its plain lists · `sssom` exact mappings ·
`babelon` translated labels · `lexicon` names and aliases · `mesh`, `icd10cm`, `ontology_tables` (DO, Mondo) ·
`hetionet`, `hetionet_json`, `kgx` networks · `indications`, `interactions` (ONC), `drugmechdb`, `drugcentral`, `ema`,
`guidelines` (CPIC, DPWG), `ndfrt` of drugs · `ddinter`, `sider`, `drugbank`, `ansm`, `who`, `rrf` (UMLS, RxNorm) under
`licences` that are accepted by name · `table` anybody's table, as a `table_map` says.

A malformed record is yielded as a Failure and skipped. A malformed file yields what was readable, then one Failure for
the rest that says how far reading came.
"""
