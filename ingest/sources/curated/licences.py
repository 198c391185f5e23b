"""The licences that a user accepts by name before a source under them is loaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    title: str
    """Of the source."""
    words: str
    """As `Source.licence` keeps it."""
    allows: str
    url: str


LICENCES: dict[str, Licence] = {
    "ddinter": Licence(
        "DDInter",
        "CC-BY-NC-SA-4.0",
        "use that is not commercial, with the source named, and passing it on under the same licence",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    ),
    "sider": Licence(
        "SIDER 4",
        "CC-BY-NC-SA-4.0",
        "use that is not commercial, with the source named, and passing it on under the same licence",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    ),
    "drugbank": Licence(
        "DrugBank",
        "DrugBank terms of use, non-commercial",
        "use that is not commercial, with the source named; anything else needs an agreement with DrugBank",
        "https://go.drugbank.com/legal/terms_of_use",
    ),
    "ansm": Licence(
        "the ANSM's thesaurus of interactions",
        "terms of the ANSM, which do not come with the data: research only until asked",
        "what the ANSM allows, of which the package that carries the data says nothing: ask before you use it",
        "https://ansm.sante.fr/page/mentions-legales",
    ),
    "who": Licence(
        "the WHO's essential medicines in GNU Health",
        "GPL-3.0-or-later; the list itself CC-BY-NC-SA-3.0-IGO",
        "use that is not commercial, with the source named, and passing it on under the same licence",
        "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/",
    ),
    "umls": Licence(
        "UMLS and RxNorm",
        "UMLS Metathesaurus licence",
        "use by holders of a licence of their own; vocabularies within it have further terms",
        "https://uts.nlm.nih.gov/uts/assets/LicenseAgreement.pdf",
    ),
}
"""By the name that `--accept-licence` takes."""


def refused(name: str, file: str) -> str:
    """What is said to whoever loads a file of that licence without having accepted it."""
    licence = LICENCES[name]
    return (
        f"{file}: {licence.title} is under a licence of its own, {licence.words} ({licence.url}). It allows "
        f"{licence.allows}. To accept it: --accept-licence {name}; answers leave it out with --licence open"
    )
