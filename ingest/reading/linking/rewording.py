"""Other words for a surface that is no name. What hurts or disturbs a part of the body is a disease of it; that
something is a gene, a protein or a salt says little of which it is. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STATES = (
    "toxicit(?:y|ies) damages? injur(?:y|ies) lesions? dysfunctions? impairments? abnormalit(?:y|ies) anomal(?:y|ies) "
    "defects? involvement complications? symptoms? disturbances? problems? deteriorations? illness(?:es)? troubles? "
    "manifestations? disorders? diseases? changes? alterations?"
)
_STATE = f"(?:{'|'.join(_STATES.split())})"
_ENDED = re.compile(rf"(?P<part>[^,;/]+?)[\s-]+{_STATE}", re.IGNORECASE)
_LED = re.compile(rf"{_STATE}\s+(?:of|in|to)\s+(?:the\s+)?(?P<part>[^,;/]+)", re.IGNORECASE)
_KINDS = ("diseases", "disorders")
_SAID = re.compile(
    r"^(?:(?:human|mouse|murine|rat|wild[- ]?type|mutant|recombinant|phospho-|phosphorylated|p-)\s*)+(?=\w{2})"
    r"|[\s-]+(?:genes?|proteins?|mRNAs?|transcripts?|polypeptides?|antigens?|alleles?|locus)$",
    re.IGNORECASE,
)
_MICRO = re.compile(r"(?:hsa-)?(?:mi(?:cro)?RNAs?|miR)[\s-]?(\d+[a-z]?(?:-\d)?)(?:-[35]p)?", re.IGNORECASE)
_SALT = re.compile(
    r"[\s-]+(?:(?:di|mono|tri)?(?:hydrochlorides?|sodium|potassium|citrate|maleate|fumarate|tartrate|mesylate|acetate|"
    r"phosphate|sul[fp]hate|succinate|hydrobromide|bromide|chloride|nitrate|besylate|tosylate)|hcl|salts?|hydrate|CE)$",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"^(?:\([RS+±-]+\)-?|[dlrs]-|dl-|\(?\[?3H\]?\)?-|\[?1?[14][0-9]?[CI]\]?-)(?=[A-Za-z]{4})", re.IGNORECASE
)

_LONGEST = 100


def reworded(surface: str, group: str) -> list[str]:
    """What else may be meant, the likeliest first; nothing for what is too long a name."""
    if len(surface) > _LONGEST:
        return []
    return [other for other in dict.fromkeys(_reworded(surface, group)) if other and other != surface]


def _reworded(surface: str, group: str) -> Iterator[str]:
    if group == "d":
        if match := _ENDED.fullmatch(surface) or _LED.fullmatch(surface):
            yield from (f"{match['part']} {kind}" for kind in _KINDS)
    elif group == "g":
        if match := _MICRO.fullmatch(surface):
            yield f"MIR{match[1]}"
        yield _SAID.sub("", _SAID.sub("", surface))
    elif group == "c":
        yield _SALT.sub("", surface)
        yield _FORM.sub("", surface)
