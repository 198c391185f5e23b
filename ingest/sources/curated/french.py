"""French non-proprietary names as English ones: `acide valproïque` is valproic acid, `metformine` metformin.

Only what the two languages do alike in every name is done here (endings, acids, salts, the order of words), beside a
few names that differ; whether what comes out is the name of a drug, the lexicon decides. Accents are no difference to
it.
"""

from __future__ import annotations

import re

from text.names import normalise

_WHOLE = {
    "alcool boisson ou excipient": "ethanol",
    "argent": "silver",
    "arsenieux": "arsenic trioxide",
    "bleu de methylene": "methylene blue",
    "botulique toxine": "botulinum toxin",
    "brentuximab": "brentuximab vedotin",
    "cafeine": "caffeine",
    "certolizumab": "certolizumab pegol",
    "charbon active": "activated charcoal",
    "estrogenes conjugues": "conjugated estrogens",
    "fer": "iron",
    "ibritumomab": "ibritumomab tiuxetan",
    "inotuzumab": "inotuzumab ozogamicin",
    "millepertuis": "St John's wort",
    "pamplemousse jus et fruit": "grapefruit",
    "or": "gold",
    "reglisse": "liquorice",
    "sene": "senna",
    "theine": "caffeine",
    "trinitrine": "nitroglycerin",
}
_WORDS = {
    "aluminium": "aluminum", "bromure": "bromide", "calcique": "calcium", "chlorure": "chloride", "fer": "iron",
    "ferreux": "ferrous", "fluorure": "fluoride", "hydroxyde": "hydroxide", "iodure": "iodide",
    "magnesique": "magnesium", "nitroprussiate": "nitroprusside", "oxyde": "oxide", "potassique": "potassium",
    "sodique": "sodium", "dimethyle": "dimethyl",
}  # fmt: skip
_ASIDE = re.compile(r"\((?:seule?s?\b[^)]*|voie [^)]*|c 7e3b fab)\)")
_FORM = re.compile(
    r"(?<=\w\w\w )(?:sodique|calcique|potassique|trometamol|recombinante?|tert[ -]butylamine|"
    r"(?:bio|hemi)synthetique)\b.*"
)
"""Salts and makes of the drug that stands before them."""
_TURNED = re.compile(r"(.+?) \(\s*(.+? d(?:e|u|'))\s*\)")


def english(name: str) -> tuple[str, ...]:
    """The English names that a French one may be, normalised, the surest first: as it is written before any change."""
    bare = " ".join(_ASIDE.sub(" ", name.lower().replace("œ", "oe")).split())
    if turned := _TURNED.fullmatch(bare):
        bare = f"{turned[2]} {turned[1]}"
    shorter = _FORM.sub("", bare).strip()
    made = [text for whole in dict.fromkeys((bare, shorter)) for text in _made(normalise(whole))]
    return tuple(dict.fromkeys(norm for text in made if text and (norm := normalise(text))))


def _made(plain: str) -> list[str]:
    words = plain.split()
    of = next((place for place in range(1, len(words) - 1) if words[place] in ("de", "d")), 0)
    if words[:1] == ["acide"] and len(words) > 1:
        words = [*words[2:], words[1]]
        return [" ".join((*rest, "acid")) for rest in _each(words)]
    if of:
        words = [*words[of + 1 :], *words[:of]]
    elif words[:2] == ["insuline", "humaine"]:
        words = ["insulin", "human"]
    return [_WHOLE.get(plain, ""), plain, *(" ".join(rest) for rest in _each(words))]


def _each(words: list[str]) -> list[list[str]]:
    """The words with their English endings, the last changes last."""
    ended = [_WORDS.get(word) or _ended(word) for word in words]
    spelt = [word.replace("desoxy", "deoxy") for word in ended]
    return [words, [*ended[:1], *words[1:]], ended, spelt]


def _ended(word: str) -> str:
    """`valproique` is valproic, `metformine` metformin, `heparine` heparin."""
    if len(word) < 6:
        return word
    if word.endswith("ique"):
        return word[:-3] + "c"
    return word[:-1] if word.endswith("e") else word
