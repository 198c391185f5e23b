from __future__ import annotations

import pytest

from ingest.reading.linking.species import Spoken

_MAN, _MOUSE, _RAT, _FISH, _FLY, _YEAST, _WORM = 9606, 10090, 10116, 7955, 7227, 4932, 6239


@pytest.mark.parametrize(
    ("text", "taxon"),
    [
        ("GENE is raised.", _MAN),
        ("GENE is raised in patients.", _MAN),
        ("In mice GENE is raised.", _MOUSE),
        ("Wistar animals: GENE is raised.", _RAT),
        ("GENE in zebrafish.", _FISH),
        ("GENE of Drosophila.", _FLY),
        ("GENE of S. cerevisiae.", _YEAST),
        ("GENE of C. elegans.", _WORM),
        ("Patients and patients. In mice GENE is raised.", _MOUSE),
        ("Patients. Mice and mice. GENE is raised.", _MOUSE),
        ("Mice, mice and mice. Human GENE is raised.", _MAN),
        ("Patients, patients. The murine GENE is raised.", _MOUSE),
        ("Patients, patients. The rat liver GENE is raised.", _RAT),
        ("Patients, patients and mice. The GENE is raised.", _MAN),
    ],
)
def test_a_gene_is_of_the_species_that_is_spoken_of(text: str, taxon: int) -> None:
    assert Spoken.of(text).at(text.index("GENE")) == taxon


def test_a_text_may_speak_of_several() -> None:
    assert [Spoken.of(text).several for text in ("Mice and mice.", "Mice and men.", "")] == [False, True, False]
