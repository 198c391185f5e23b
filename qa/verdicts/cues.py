"""The words by which a question and a conclusion are told for what they are, English and Chinese.

Pure tables: each cue is a name and a pattern, and what it weighs is learnt (`training/findings`).
"""

from __future__ import annotations

import re


def _tables(rows: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in rows.items()}


_GOOD = (
    r"\b(?:effective(?:ly)?|efficac\w+|useful|beneficial|benefits?|safe(?:ly|ty)?|well tolerated|valuable|helpful|"
    r"superior|better|best|recommend(?:ed)?|feasible|reliable|valid|accurate|advantage\w*|success\w*|improv\w+|"
    r"sufficient|adequate|appropriate|alternative|good|excellent|satisf\w+|protect\w*|promising|support(?:s|ed)?|"
    r"option|should be (?:considered|used|offered|recommended|given))\b|有效|有益|获益|安全|改善|优于|推荐|可行"
)
_UP = (
    r"\b(?:increas\w+|higher|greater|enhanc\w+|elevat\w+|rais(?:e[sd]?|ing)|augment\w*|potentiat\w+|more|longer|"
    r"promot\w+|stimulat\w+|induc\w+|gain\w*|aggravat\w+|accelerat\w+)\b|增加|升高|提高|延长|增强|加重|促进"
)
_DOWN = (
    r"\b(?:decreas\w+|reduc\w+|lower\w*|less|fewer|diminish\w*|attenuat\w+|suppress\w*|inhibit\w*|shorten\w*|"
    r"declin\w+|prevent\w*|blunt\w*|slow\w*|delay\w*|reliev\w+|alleviat\w+|amelior\w+|loss)\b|"
    r"降低|减少|减轻|缓解|预防|抑制|缩短|延缓|下降"
)
_ASSOCIATED = (
    r"\b(?:associat\w+|correlat\w+|related|linked|relation\w*|predict\w*|depend\w*|marker|factor|influenc\w+|"
    r"affect\w*|role|involv\w*|contribut\w*|mediat\w*|determin\w*)\b|相关|关系|关联|影响|预测|作用"
)

SAID = _tables(
    {
        "null": r"\b(?:no|not|without|neither|nor|lack of|absence of|fail\w* to \w+) (?:\w+[ -]){0,4}?"
        r"(?:differen\w*|differ\w*|effects?|influence\w*|impact|benefi\w*|advantages?|improve\w*|changes?|changed|"
        r"associat\w*|relation\w*|correlat\w*|evidence|increase\w*|decrease\w*|reduc\w*|superior\w*|affect\w*|alter\w*|"
        r"add\w*|support\w*|predict\w*|prevent\w*|enhance\w*|necess\w*|need\w*|useful|effective\w*|recommend\w*|"
        r"warrant\w*|justif\w*|modif\w*|role|significant\w*|better|worse|greater|higher|lower|contribut\w*|provid\w*|"
        r"confirm\w*|demonstrat\w*|show\w*|appear\w*|seem\w*|cause\w*|induc\w*|risk\w*|danger\w*)|"
        r"(?:无|没有|未见?|并?不)(?:显著|明显|统计学)?(?:差异|影响|改善|降低|增加|减少|相关|优于|支持|效果)",
        "not": r"\b(?:not|no|never|neither|nor|none|cannot|without|unable|failed|fails?|failure)\b|无|没有|未|不",
        "fail": r"\b(?:fail(?:ed|s|ure)?|unable|could not|cannot|can not|"
        r"did not (?:demonstrate|show|find|support|confirm)|unlikely|rejected|refute[sd]?|against|"
        r"contrary to (?:our|the|what|expect\w*|hypothes\w*)|disprove|"
        r"unproved|unproven|unnecessary|ineffective|inferior|insufficient|inadequate|inappropriate|unaffected|"
        r"unchanged|unrelated|independent of|avoid(?:ed)?|lack(?:s|ed|ing)?|little|negligible|limited|should not|"
        r"question(?:s|ed|able)?|doubt\w*|rather than|less likely)\b|未能|无效|不足|不支持",
        "same": r"\b(?:similar(?:ly)?|comparable|equivalent|equal(?:ly)?|the same|"
        r"as (?:well|effective|safe|good|efficacious|accurate|satiating) as|no different|equivalence|"
        r"non-?inferior\w*|identical|did not differ|do not differ|not differ\w*|no (?:\w+ ){0,3}differences?)\b|"
        r"相似|相当|等效|非劣",
        "diff": r"\b(?:differ(?:s|ed|ent|ently|ence|ences)?|whereas|in contrast|unlike|more than|greater than|"
        r"less than|compared (?:with|to))\b|不同|而",
        "hedge": r"\b(?:may|might|could|possibl[ey]|perhaps|appears?|seems?|suggests?|tend(?:s|ed)?|potential(?:ly)?|"
        r"likely|probabl[ey]|promising|preliminary)\b|可能|或许|似乎|提示",
        "open": r"\b(?:unclear|inconclusive|controvers\w*|uncertain\w*|unknown|"
        r"remains? (?:to be|open|unclear|contro\w*)|insufficient evidence|limited (?:evidence|data|information)|"
        r"conflicting|debat\w*|mixed|not (?:yet )?(?:clear|established|known|definitive)|"
        r"cannot be (?:excluded|ruled)|rule out|inconsistent)\b|不明确|不清楚|争议|不一致|尚无定论",
        "more": r"\b(?:further|additional|more|larger|future|long-?term|prospective|controlled|confirm\w*) "
        r"(?:\w+[ -]){0,4}?(?:stud(?:y|ies)|trials?|research|investigation\w*|data|work|evaluation|needed|required|"
        r"warranted|confirm\w*)\b|\b(?:warrants?|needs?|requires?|awaits?) (?:further|confirmation|more)|"
        r"\bneed(?:s|ed)? (?:to be )?(?:confirm|verif)\w*|进一步(?:研究|证实|验证)|有待",
        "but": r"\b(?:however|although|but|despite|whereas|while|though|nevertheless|except|only|some|certain|subset|"
        r"subgroups?)\b|但|然而|尽管|仅",
        "good": _GOOD,
        "bad": r"\b(?:risk\w*|harm\w*|adverse\w*|worse\w*|danger\w*|hazard\w*|toxic\w*|complication\w*|caution|"
        r"side[- ]effects?|mortality|deteriorat\w*|impair\w*|detriment\w*)\b|风险|危险|有害|恶化|不良|并发症|死亡",
        "up": _UP,
        "down": _DOWN,
        "sig": r"\bsignificant(?:ly)?\b|显著|明显",
        "nosig": r"\bnot (?:\w+ ){0,2}significant\w*|\bno (?:\w+ ){0,2}significant|\bNS\b|"
        r"p ?[=>] ?0?\.(?:[1-9]|0[5-9])|无(?:显著|统计学)",
        "psig": r"p ?[<=] ?0?\.0[0-4]",
        "assoc": _ASSOCIATED,
        "show": r"\b(?:demonstrat\w+|show(?:s|ed|n)?|confirm(?:s|ed)?|indicat\w+|conclude[sd]?|reveal\w*|found|"
        r"prove[dns]?|evidence (?:that|for|of))\b|表明|证实|显示|证明",
    }
)
"""What a sentence of a conclusion says, by name."""

ASKED = _tables(
    {
        "q_same": r"\b(?:as \w+ as|equivalent|equal(?:ly)?|similar|same|comparable|replace|substitut\w*|alternative|"
        r"non-?inferior\w*|agree|consistent|equally)\b|一样|同样|等效|相当|替代|代替|相同",
        "q_diff": r"\b(?:differ\w*|distinct|vary|variation)\b|不同|差异|差别|区别",
        "q_any": r"\b(?:affect|influence|alter|change|modify|effects?|impact|matter|role|interact|modulate|impair)\b|"
        r"影响|改变|作用",
        "q_comp": r"\b(?:better|worse|superior|more|less|than|versus|vs|greater|higher|lower|advantages?|additional|"
        r"additive|added?|addition)\b|更|优于|比|加用|联合",
        "q_need": r"\b(?:necessary|needed?|required?|should|must|justified|warranted|indicated|mandatory|essential|"
        r"routine(?:ly)?)\b|必要|需要|应该|应当|必须|常规",
        "q_safe": r"\b(?:safe\w*|tolerat\w*|harmless)\b|安全|耐受",
        "q_harm": r"\b(?:risk\w*|harm\w*|adverse\w*|worse\w*|danger\w*|hazard\w*|toxic\w*|deadly|cause|cancer|"
        r"complication\w*|impair\w*|concern)\b|风险|危险|有害|导致|引起|加重",
        "q_up": _UP,
        "q_down": _DOWN,
        "q_good": _GOOD,
        "q_assoc": _ASSOCIATED,
        "q_neg": r"\b(?:not|no|without|fail\w*|lack|unnecessary|un\w+ed|independent|ineffective|inferior|abandon\w*|"
        r"avoid\w*|useless|weaken|unassociated)\b|不必|无效|无关|无需|放弃",
        "q_can": r"^\W*(?:can|could|may|might|is it possible)\b|: can\b|能否|能不能|可以|能.{0,40}吗",
        "q_should": r"\bshould\b|应该|应当|该不该",
        "q_all": r"\b(?:all|always|only|every|really|truly|single|just|still|ever)\b|所有|都|总是|真的",
        "q_or": r"\bor\b|或|还是",
        "q_predict": r"\bpredict\w*|useful for|marker|factor|预测",
        "q_why": r"\b(?:explain\w*|due to|mediated|mechanism|involved|responsible)\b|由于|机制|参与",
    }
)
"""What a question asks, by name."""

DENIES = frozenset((
    "not", "no", "neither", "nor", "without", "fail", "failed", "fails", "unable", "cannot", "lack",
    "unlikely", "little", "never", "unaffected", "unchanged", "insufficient",
))  # fmt: skip
CONCLUDES = re.compile(r"\b(?:conclu\w+|suggest|demonstrat|thus|therefore|show|indicate)|结论|表明|提示", re.IGNORECASE)
