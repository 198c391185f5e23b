"""Where the names of the graph know better than what a recogniser of genes, chemicals and diseases found in English.

Its corpora annotate neither classes of drugs nor laboratory tests, and few biologicals: an antibody is a gene to it,
"calcium channel blockers" is calcium, and "serum creatinine" is a chemical.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Mention
from text.species import PEOPLE

_CLASS = re.compile(
    r".*(?:inhibitors?|blockers?|blocking agents?|agonists?|antagonists?|vaccin(?:es?|ations?)|immuni[sz]ations?|"
    r"toxoids?|immunoglobulins?|antibiotics?|antimicrobials?|antibacterials?|antifungals?|antivirals?|opioids?|"
    r"opiates?|steroids?|"
    r"corticosteroids?|glucocorticoids?|diuretics?|contraceptives?|anticoagulants?|anti-?platelet agents?|"
    r"antidepressants?|antipsychotics?|anticonvulsants?|antiepileptics?|antihistamines?|antihypertensives?|"
    r"analgesics?|an(?:a)?esthetics?|sedatives?|hypnotics?|laxatives?|antacids?|bronchodilators?|vasodilators?|"
    r"statins?|fibrates?|bisphosphonates?|sulfonylureas?|chemotherapy|immunosuppressants?|immunosuppressive "
    r"(?:agents?|drugs?)|anti-?inflammatory (?:agents?|drugs?)|antimalarials?|antiretrovirals?|benzodiazepines?|"
    r"barbiturates?|nitrates|interferons?|cytotoxic (?:agents?|drugs?)|alkylating agents?|contrast (?:media|agents?)|"
    r"probiotics?)",
    re.IGNORECASE,
)
_EXPOSURE = re.compile(
    r".*(?:juices?|drinks?|beverages?|beers?|wines?|spirits|liquor|tea|coffee|milk|formula|yog(?:h)?urt|cheese|butter|"
    r"foods?|meals?|meats?|offal|sausages?|fish|seafood|shellfish|eggs?|nuts?|peanuts?|walnuts?|beans?|legumes|tofu|"
    r"fruits?|vegetables?|greens|broccoli|berries|blueberr(?:y|ies)|mushrooms?|grains?|oats|oatmeal|rice|fibre|fiber|"
    r"salts?|sugars?|sweets|candy|honey|sweeteners?|carbohydrates?|fats?|gluten|chocolate|intake|consumption|"
    r"tobacco|cigarettes?|vaping|smoke|fumes|smog|pollution|pollutants?|particulate matter|PM\(?[\d.]+\)?|exhaust|dust|"
    r"pollens?|dander|spores|allergens?|venoms?|pesticides?|insecticides?|herbicides?|poison|powders?|detergents?|soaps?|"
    r"shampoos?|cosmetics|perfumes?|fragrances?|dyes?|bleach|latex|asbestos|radiation|exposures?)",
    re.IGNORECASE,
)
_RECEPTOR = re.compile(r".*(?:receptors?|channels?|transporters?|co-?transporters?|pumps?)", re.IGNORECASE)
_BIOLOGICAL = re.compile(
    r".*(?:mab|cept|kinra|plase|icase|grastim|leukin|parin|glutide|reotide|ase (?:alfa|beta))", re.IGNORECASE
)
_GERM = re.compile(
    r".*(?:virus(?:es)?|bacill(?:us|i)|bacteri(?:um|a)|parasites?|fung(?:us|i)|spirochetes?)", re.IGNORECASE
)
_MEASURED = frozenset(("Measurement", "Procedure"))
_CONDITIONS = frozenset(("Disease", "Phenotype"))
_TAKEN = frozenset(("Drug", "Gene", "Variant"))
_NAMING = _TAKEN | {"Organism", "Disease"}
"""Of these a class of drugs may bear the name: "measles vaccine", "HPV vaccine"."""
_LABELS = {"Drug": "Chemical", "Organism": "Species"}
"""What the recogniser calls them."""


def is_class(mention: Mention) -> bool:
    """Whether a name of the graph is one of a class of drugs, of what is eaten or breathed, or of a receptor, which the
    recogniser was not taught to find."""
    if mention.type == "Gene":
        return _RECEPTOR.fullmatch(mention.surface) is not None
    return mention.type == "Drug" and any(form.fullmatch(mention.surface) for form in (_CLASS, _EXPOSURE))


def overruled(mentions: Sequence[Mention], named: Sequence[Mention]) -> list[Mention]:
    """`mentions` without those in whose place a name of `named` tells more; both come in order of `start`.

    A name counts where it holds all of a mention: of the same place where a gene without an entity is a drug by its
    name, and of a wider one where that is a class of drugs or a test, a germ with the name of its disease ("measles
    virus"), a state that people are in ("pregnant women"), or something else that somebody suffers from ("low blood
    sugar" is no sugar), of which it is the only mention.
    """
    starts = [m.start for m in named]
    alone = _alone(mentions, named)
    kept: list[Mention] = []
    taken = -1
    for mention in mentions:
        at = bisect_right(starts, mention.start) - 1
        name = named[at] if at >= 0 and named[at].end >= mention.end else None
        if name is None or mention.type not in _NAMING | _CONDITIONS:
            kept.append(mention)
        elif (name.start, name.end) == (mention.start, mention.end):
            kept.append(_renamed(mention, name))
        elif (
            (name.type in _MEASURED and mention.type in _TAKEN)
            or is_class(name)
            or (at in alone and (_tells_more(mention, name) or _other(mention, name)))
        ):
            if at != taken:
                kept.append(replace(name, label=_LABELS.get(name.type, "")))
            taken = at
        else:
            kept.append(mention)
    return kept


def _tells_more(mention: Mention, name: Mention) -> bool:
    """Whether a wider name is not of what the mention is of: people by a state of theirs, a germ by its disease."""
    if mention.type == "Organism":
        return name.type in _CONDITIONS and PEOPLE.fullmatch(mention.surface) is not None
    return mention.type == "Disease" and name.type == "Organism" and _GERM.fullmatch(name.surface) is not None


def _other(mention: Mention, name: Mention) -> bool:
    """Whether a name of what somebody suffers from is of another thing than the mention in it, and does not only say
    before it of which kind that is ("acute heart failure"): corpora leave such words out of their mentions."""
    if mention.type == "Organism" or name.type == "Organism":
        return False
    return mention.type != "Disease" or mention.entity is None or name.end > mention.end


def _alone(mentions: Sequence[Mention], named: Sequence[Mention]) -> set[int]:
    """Which of `named` are findings, diseases or germs that overlap one of `mentions` and no other: "nausea and
    vomiting" are two."""
    ends = [m.end for m in mentions]
    held: set[int] = set()
    for at, name in enumerate(named):
        if name.type in _CONDITIONS or name.type == "Organism":
            first = bisect_right(ends, name.start)
            if bisect_left(mentions, name.end, lo=first, key=lambda m: m.start) == first + 1:
                held.add(at)
    return held


def _renamed(mention: Mention, name: Mention) -> Mention:
    """The mention as the name of the same place has it, where its own type is one that the recogniser gets wrong."""
    biological = name.type == "Drug" and mention.type == "Gene"
    if biological and (mention.entity is None or _BIOLOGICAL.fullmatch(mention.surface)):
        return replace(mention, type="Drug", label="Chemical", entity=name.entity, reason=name.reason)
    if name.type in _MEASURED and mention.type in _TAKEN and mention.entity is None:
        return replace(name, label="")
    if name.type == "Organism" and mention.type == "Disease" and _GERM.fullmatch(name.surface):
        return replace(name, label=_LABELS["Organism"])
    return mention
