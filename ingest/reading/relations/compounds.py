"""Names that stand in a text as parts of others, and are not meant themselves: of a class of drugs, a deficiency, a
scale, an institute, cells, or of what is free of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Mention
from ingest.reading.relations.model import Finding

COMPOUND = re.compile(r"^\s*[-–]\s*(?:induced|associated|related|mediated)\b", re.IGNORECASE)
"""What stands behind a cause within one word with its effect."""
# A name of a scale names no disease that somebody has: "the Parkinson's Disease Rating Scale".
_SCALE = re.compile(
    r"^(?:['’]s)?(?: [\w-]+){0,3}? (?:rating )?(?:scales?|scores?|index|inventory|questionnaire)\b|^评分|^量表",
    re.IGNORECASE,
)
# A name that only qualifies another is not meant itself: "histamine H2-receptor antagonists", "thiamine deficiency".
_QUALIFIES = re.compile(
    r"^[\s-]{1,2}(?:[A-Z0-9()-]{1,8}[\s-])?(?:receptors?|(?:ant)?agonists?|inhibitors?|blockers?|blockade|deficien\w+|"
    r"depletion|withdrawal|reuptake|transporters?|symporters?|synthase|antibod\w+|adjuvants?|resistance|sensitivity|"
    r"donors?|lowering|precursors?|D\d)\b"
    r"|^(?:受体|拮抗剂|激动剂|抑制剂|缺乏|拮抗|抵抗)",
    re.IGNORECASE,
)
# Too little of something is not it: "a deficiency of thiamine and riboflavin".
_WANTING = re.compile(
    r"\b(?:deficienc(?:y|ies)|lack|depletion|insufficiency|dysfunction|deprivation) (?:of|in) "
    r"(?:(?!efficacy|effect|evidence|benefit|response)[\w-]+,? (?:and |or )?){0,3}$",
    re.IGNORECASE,
)
_INSTITUTE = re.compile(
    r"^ (?:[A-Z][\w-]+ ){0,2}(?:Institutes?|Society|Foundation|Cent(?:er|re)|Hospital|Association|Council|Network)\b"
)
# What is free of something is not it: "non-beta-lactam drugs", "bisphosphonate-naive patients"; nor "CT-guided biopsy".
_FREE = re.compile(
    r"^-(?:na[iï]ve|sparing|free|deficient|independent|resistant|refractory|like|guided|based|assisted|controlled)\b",
    re.IGNORECASE,
)
_NON = re.compile(r"(?:\bnon[- ]|\banti[- ]|\bpre[- ]|非)$", re.IGNORECASE)
_CELLS = re.compile(
    r"^(?: [A-Z0-9][\w/-]*)?(?: stem| tumou?r| cancer| epithelial)? (?:cells?|cell[- ]lines?|xenografts?)\b|^细胞"
)
_CELLS_OF = frozenset(("treats", "prevents"))
_OF_OBJECT = frozenset({"treats", "prevents", "causes", "has_adverse_effect", "contributes_to"})
# What is done or undergone is not treated, nor an effect that harms: "propofol sedation".
_UNDERGONE = re.compile(
    r"(?:conscious )?sedation|an(?:a)?esthesia|emergenc(?:y|ies)|(?:h(?:a)?emo)?dialysis|surgery|convalescence|"
    r"pregnancy|resuscitation|transplantation|fasting|\w+(?:ectomy|otomy|ostomy|plasty)|镇静|麻醉|手术|透析|妊娠",
    re.IGNORECASE,
)


def misnamed(text: str, finding: Finding, subjects: Sequence[Mention], object: Mention) -> bool:
    """Whether the names are parts of others: of a class, a deficiency, a scale, an institute, something undergone."""
    behind = text[object.end : object.end + 60]
    if _SCALE.match(behind) or _INSTITUTE.match(behind) or _free(text, object):
        return True
    if finding.predicate in _CELLS_OF and _CELLS.match(behind):
        return True
    if all(_free(text, subject) for subject in subjects):
        return True
    qualified = all(_qualified(text, subject) for subject in subjects)
    return finding.predicate in _OF_OBJECT and (qualified or _UNDERGONE.fullmatch(object.surface) is not None)


def qualifies(text: str, finding: Finding, objects: Sequence[Mention]) -> bool:
    """Whether the object only qualifies another name: "relieves sepsis-induced injury" says nothing of sepsis."""
    return finding.predicate in _OF_OBJECT and all(COMPOUND.match(text[m.end : m.end + 20]) for m in objects)


def _qualified(text: str, mention: Mention) -> bool:
    """Whether the mention of a drug only qualifies another word."""
    if mention.type != "Drug":
        return False
    wanting = _WANTING.search(text[max(0, mention.start - 60) : mention.start]) is not None
    return wanting or _QUALIFIES.match(text[mention.end : mention.end + 40]) is not None


def _free(text: str, mention: Mention) -> bool:
    """Whether the word that holds the mention means what is free of it, or what is done with it."""
    behind, before = text[mention.end : mention.end + 20], text[max(0, mention.start - 6) : mention.start]
    return _FREE.match(behind) is not None or _NON.search(before) is not None
