"""Which drugs interact, and whether two may be taken together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.asked.understand import STRANGER
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.circumstances import not_told
from qa.steps.facts import Facts, Template
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages
from qa.steps.together import Checked, drugs_named, only_these

_TOGETHER = re.compile(
    r"\b(?:take|taken|taking|use|used|using|combine|combined|combining|mix|mixed|mixing|given|give|giving|"
    r"prescribed?|"
    r"co-?administ\w+|swallow\w*|drink\w*)\b"
    r"[^?.]*\b(?:together|with|and|at the same time|concomitantly|simultaneously|while|alongside|plus|after|before|"
    r"on top of)\b"
    # A drug comes to another that somebody takes.
    r"|\b(?:add|adds|added|adding|start|starts|started|starting|initiat\w+|begin|begun|beginning|introduc\w+|put)\b"
    r"[^?.]*\b(?:to|with|in|on|while|when|for|who)\b"
    r"|\b(?:on|takes?|taking|receiv\w+|treated with|asks? for|wants?|"
    r"needs?)\b[^?]*\b(?:can|could|may|should|is|what|any)\b"
    # Whether they get on with one another.
    r"|\b(?:problem|problems|issue|issues|danger|dangers|dangerous|risk|risks|risky|trouble|harm|harmful|bad|wrong|"
    r"conflict\w*|clash\w*|concern|concerns|serious|severe|severity|bleed\w*)\b[^?.]*\b(?:with|and|together|"
    r"between|plus)\b"
    r"|\b(?:with|and|between|plus)\b[^?.]*\b(?:problem|problems|issue|issues|danger|dangers|dangerous|risk|"
    r"risks|risky|"
    r"trouble|harmful|conflict\w*|clash\w*|concern|concerns|serious|severe|severity|safe|safely|okay|"
    r"ok|fine|"
    r"compatible|together|bad idea|duplicat\w*|separat\w+|apart|spaced?)\b"
    r"|\b(?:okay|ok|fine|safe|safely|alright|all right|compatible|allowed|get along|go|goes|alongside)\b[^?.]*"
    r"\b(?:with|and|together|alongside|plus)\b"
    r"|\bcan (?:i|he|she|we|they|you|one)\b[^?.]*\b(?:with|and|while on|on|plus)\b"
    r"|\b(?:is|are|can|may|should|could)\b[^?.]*\b(?:with|alongside|on top of|on|while on)\b"
    r"|\b(?:done|do|happen|monitor\w*|watch\w*|check\w*|manag\w+)\b[^?.]*\b(?:when|if|with|and|together|while)\b"
    # A list of drugs is to be looked through.
    r"|\bcheck\b|\bduplicat\w*|\bmedication list\b|检查|核对|清单|重复|级别|分级|严重程度|监测"
    r"|(?:一起|同时|联合|一块儿?|同时段|一同|并用|共用)|能[^。？]{0,10}(?:一起|同时)|同服|同用|同吃|冲突|打架|相克|"
    r"(?:加用|加上|加服|再吃|再用|再服|再加|又吃|又用|改用|开始(?:用|吃|服)|正在(?:用|吃|服)|在(?:用|吃|服)|"
    r"服用|吃|期间)[^。？]{0,30}"
    r"(?:能|可以|可否|能否|行吗|吗|要|怎么|会)"
    r"|(?:和|与|跟|同|加)[^。？]{1,20}(?:有没有|有无|会不会|会|危险|风险|安全|问题|严重|怎么|间隔|隔|重复|影响)",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(
    r"\binteract(?:s|ed|ion|ions|ing)?\b|\bcontra-?indicated (?:with|together)\b|相互作用|合用|联用|配伍|同服|"
    r"药物冲突|"
    r"相冲",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bdiffer\w*|\bversus\b|\bvs\b|\bcompar\w*|\bbetter\b|\bor\b|\bsame\b|区别|不同|差别|比较|对比|哪个|还是|一样",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\bcheck\b|\bduplicat\w*|\blist\b|\bboth\b|\btwice\b|检查|核对|清单|重复|同时吃", re.IGNORECASE)
_OF_ONE_PERSON = re.compile(
    r"\b(?:her|his|their|my|the|these|those|current|patient['’]s|takes?|taking|on)\b[^?.]{0,20}"
    r"\b(?:medicines?|medications?|drugs|meds|pills|tablets|prescriptions?|regimen)\b[^?.]*\b(?:safe\w*|"
    r"together|okay|ok|compatible|problems?|"
    r"danger\w*|fine|conflict\w*|clash\w*|combination|risks?)\b"
    r"|(?:她|他|患者|病人|我|这些|目前|现在|正在)[^？。]{0,8}药[^？。]{0,12}(?:安全|一起|冲突|问题|重复|风险)",
    re.IGNORECASE,
)
"""Whether what somebody takes is asked about, whatever it is."""
_ONE_ANOTHER = re.compile(r"[和与跟同][^。？，]{1,20}(?:一起|同时|合用|联用|同服)")


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    entities = [one for one in entities if not one.id.startswith(STRANGER) or not_told(text, [one.surface])]
    if _OUTRIGHT.search(text) is not None:
        return True
    if not types_of(entities) & {"Disease", "Phenotype"} and _OF_ONE_PERSON.search(text) is not None:
        return True
    if len(drugs_asked(entities)) > 1 and _LISTED.search(text) is not None:
        return True
    if drugs_asked(entities) and _ONE_ANOTHER.search(text) is not None:
        return True
    return drugs_named(entities) and _TOGETHER.search(text) is not None


def _names_several(text: str, entities: Sequence[AskedEntity]) -> bool:
    """Whether drugs are named together and nothing says that it is for another reason."""
    entities = [one for one in entities if not one.id.startswith(STRANGER) or not_told(text, [one.surface])]
    return drugs_named(entities) and _COMPARES.search(text) is None


PLAN = Plan(
    intent="interaction",
    cue=_asks,
    weaker=_names_several,
    steps=(
        Checked(lists=True),
        Facts(
            templates=(
                Template(("interacts_with",), "subject", ("Drug",)),
                Template(("interacts_with",), "object", ("Drug",)),
            ),
            alone=only_these,
        ),
    ),
    passages=Passages(
        cue=re.compile(r"interact|concomitant|together|combin|co-?admin|相互作用|合用|联用|同时", re.IGNORECASE),
        search_words="drug interaction",
        joins=True,
    ),
)
