import pytest

from graph.pages import PAGES, page, pages


@pytest.mark.parametrize(
    ("id", "address"),
    [
        ("HP:0001083", "https://hpo.jax.org/browse/term/HP:0001083"),
        ("OMIM:154700", "https://omim.org/entry/154700"),
        ("ORPHA:558", "https://www.orpha.net/en/disease/detail/558"),
        ("PMID:123", "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ("DRUGBANK:DB00331", "https://go.drugbank.com/drugs/DB00331"),
        ("MESH:D008382", "https://meshb.nlm.nih.gov/record/ui?ui=D008382"),
        ("MONDO:0007947", "https://monarchinitiative.org/MONDO:0007947"),
        ("DOID:14323", "https://disease-ontology.org/term/DOID:14323/"),
        ("NCBIGene:2200", "https://www.ncbi.nlm.nih.gov/gene/2200"),
        ("UBERON:0000947", "http://purl.obolibrary.org/obo/UBERON_0000947"),
        ("UniProt:P04150", "https://www.uniprot.org/uniprotkb/P04150/entry"),
        ("UniProt:A0A024R161", "https://www.uniprot.org/uniprotkb/A0A024R161/entry"),
        ("PUBCHEM.COMPOUND:2244", "https://pubchem.ncbi.nlm.nih.gov/compound/2244"),
        ("reactome:R-HSA-109704", "https://reactome.org/content/detail/R-HSA-109704"),
        ("InterPro:IPR000003", "https://www.ebi.ac.uk/interpro/entry/InterPro/IPR000003/"),
        ("DOI:10.1/a?b#c", "https://doi.org/10.1/a%3Fb%23c"),
    ],
)
def test_an_id_has_a_page(id: str, address: str) -> None:
    assert page(id) == address


@pytest.mark.parametrize("id", ["", "line 7", "HP:1", "OMIM:<script>", "local:note", "sha256:00", "PMID:", "PMID:1 2"])
def test_what_is_no_known_id_has_none(id: str) -> None:
    assert page(id) == ""


def test_a_record_may_name_several() -> None:
    assert pages("PMID:1; PMID:2;CbG line 3") == [page("PMID:1"), page("PMID:2")]
    assert pages("AuG line 4") == []
    assert pages("OMIM:154700 HP:0001083") == [page("OMIM:154700"), page("HP:0001083")]
    assert pages("PMID:1;PMID:1") == [page("PMID:1")]


def test_every_address_is_filled_and_safe() -> None:
    for prefix, (_, address) in PAGES.items():
        assert address.startswith("http"), prefix
        assert "{local}" in address
