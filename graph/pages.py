"""Where an id is explained to people: the page of its own that a term, an entry, a gene or an article has."""

from __future__ import annotations

import re
from urllib.parse import quote

_OBO = "http://purl.obolibrary.org/obo/{prefix}_{local}"
PAGES: dict[str, tuple[str, str]] = {
    "ATC": (r"[A-Z]\d\d(?:[A-Z]{1,2}(?:\d\d)?)?", "https://atcddd.fhi.no/atc_ddd_index/?code={local}"),
    "CHEBI": (r"\d+", "https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:{local}"),
    "CL": (r"\d{7}", _OBO),
    "CLINICALTRIALS": (r"NCT\d{8}", "https://clinicaltrials.gov/study/{local}"),
    "DECIPHER": (r"\d+", "https://www.deciphergenomics.org/syndrome/{local}"),
    "DOI": (r"10\.\S+", "https://doi.org/{local}"),
    "DOID": (r"\d+", "https://disease-ontology.org/term/DOID:{local}/"),
    "DRUGBANK": (r"DB\d{5}", "https://go.drugbank.com/drugs/{local}"),
    "GO": (r"\d{7}", "https://amigo.geneontology.org/amigo/term/GO:{local}"),
    "HGNC": (r"\d+", "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{local}"),
    "HP": (r"\d{7}", "https://hpo.jax.org/browse/term/HP:{local}"),
    "ICD10CM": (r"[A-Z]\d[\dA-Z](?:\.?[\dA-Z]{1,4})?", "https://bioregistry.io/icd10cm:{local}"),
    "InterPro": (r"IPR\d{6}", "https://www.ebi.ac.uk/interpro/entry/InterPro/{local}/"),
    "LOINC": (r"\d+-\d", "https://loinc.org/{local}/"),
    "MESH": (r"[CDQ]\d+", "https://meshb.nlm.nih.gov/record/ui?ui={local}"),
    "MONDO": (r"\d{7}", "https://monarchinitiative.org/MONDO:{local}"),
    "NCBIGene": (r"\d+", "https://www.ncbi.nlm.nih.gov/gene/{local}"),
    "NCBITaxon": (r"\d+", "https://www.ncbi.nlm.nih.gov/taxonomy/?term={local}"),
    "NCIT": (r"C\d+", _OBO),
    "OMIM": (r"\d{6}", "https://omim.org/entry/{local}"),
    "ORPHA": (r"\d+", "https://www.orpha.net/en/disease/detail/{local}"),
    "PMCID": (r"PMC\d+", "https://pmc.ncbi.nlm.nih.gov/articles/{local}/"),
    "PMID": (r"\d+", "https://pubmed.ncbi.nlm.nih.gov/{local}/"),
    "RXNORM": (r"\d+", "https://mor.nlm.nih.gov/RxNav/search?searchBy=RXCUI&searchTerm={local}"),
    "PUBCHEM.COMPOUND": (r"\d+", "https://pubchem.ncbi.nlm.nih.gov/compound/{local}"),
    "SNOMEDCT": (r"\d+", "https://browser.ihtsdotools.org/?perspective=full&conceptId1={local}"),
    "SYMP": (r"\d+", _OBO),
    "reactome": (r"R-[A-Z]{3}-\d+", "https://reactome.org/content/detail/{local}"),
    "UBERON": (r"\d{7}", _OBO),
    "UniProt": (
        r"[OPQ]\d[A-Z\d]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z\d]{2}\d){1,2}",
        "https://www.uniprot.org/uniprotkb/{local}/entry",
    ),
    "UMLS": (r"C\d{7}", "https://uts.nlm.nih.gov/uts/umls/concept/{local}"),
}
"""By prefix, in the spelling of `ingest.sources.ids`: what the rest of an id looks like, and the address."""


def pages(record: str) -> list[str]:
    """The pages of a record that is an id or several, such as `PMID:1;PMID:2` or `OMIM:1 HP:2`, each once."""
    return list(dict.fromkeys(address for id in re.split(r"[;\s]+", record) if (address := page(id))))


def page(id: str) -> str:
    """The address of the page that explains this id; empty where the id is of no form that is known to have one."""
    prefix, _, local = id.partition(":")
    form, address = PAGES.get(prefix, ("", ""))
    if not address or not re.fullmatch(form, local):
        return ""
    return address.format(prefix=prefix, local=quote(local, safe="/()-._;"))
