"""What may be given instead of a drug, or beside another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.instead import instead
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages

_INSTEAD = re.compile(
    r"\balternatives?\b|\binstead\b|\bsubstitut\w*|\breplace[sd]?\b|\breplacement\b|\brather than\b|"
    r"\bswitch(?:ed)? (?:to|from)\b|\bwhat else\b|\b(?:which|what) (?:other|else) (?:drugs?|medicines?|medications?|"
    r"agents?|options?|treatments?)\b|\bother options?\b"
    r"|\b(?:which|what)\b[^?.]*(?:\b(?:no|not|without|least|fewest|lowest)\b|n['’]t\b)[^?.]*\binteract\w*"
    r"|\b(?:is|are) there\b[^?.]*\b(?:that|which)\b[^?.]*(?:\b(?:no|not|without)\b|n['’]t\b)[^?.]*\binteract\w*"
    r"|\b(?:(?:is|are) there|which|what)\b[^?.]*\b(?:safe|safely|compatible|fine|okay|ok)\b[^?.]*\bwith\b"
    r"|\bwhich\b[^?.]*\bcan be (?:given|taken|used|combined)\b[^?.]*\bwith\b"
    r"|替代|代替|替换|换成|换用|换什么|还能用什么|还可以用什么|(?:其他|别的)(?:什么)?药|改用什么|"
    r"不用[^？，]{1,12}的话|有什么可选|还有什么可|可选(?:什么|哪)|"
    r"\bwhich\b[^?.]*\b(?:safest|safer|best|preferred)\b[^?.]*\bwith\b|哪[种个些类][^？]{0,10}(?:更?安全|最安全|"
    r"更?合适|首选)|"
    r"哪[种个些类][^？]{0,10}(?:没有|无|不)[^？]{0,10}相互作用|(?:没有|无|"
    r"不)[^？]{0,10}相互作用的[^？]{1,20}(?:哪|什么)|"
    r"(?:哪|什么)[^？]{0,8}(?:可以|能)[^？]{0,4}(?:和|与|跟|同)",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _INSTEAD.search(text) is not None and bool(drugs_asked(entities))


PLAN = Plan(
    intent="alternatives",
    cue=_asks,
    steps=(instead,),
    passages=Passages(search_words="alternative", joins=True),
)
