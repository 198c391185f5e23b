"""What is answered to the question that names a mention: "Any fever? No. Cough is present."

The answer is the next sentence, on the same line or the next, and may begin with who gives it. Only a plain yes or no
is taken for one; what else follows a question leaves it open.
"""

from __future__ import annotations

import re

from text.context.judgement import Polarity

_SPEAKER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:a|answer|patient|pt|mother|father|parent|mom|dad|client|[a-z]+|[a-z]+\. [a-z]+|患者|病人|"
    r"家属|家长|答|患)\s*[:：]\s*)?[\"'“]?"
)
_NO = re.compile(
    r"(?:(?:oh |well |um |uh |hmm )?(?:no|nope|nah)(?=\s*(?:[.,;!]|$|\n|[-–—])| (?:sir|ma'am|doctor|he|she|i|it|"
    r"there|they|not|never|none|"
    r"thank))|never\b|none\b(?! of)|not (?:at all|that i|that he|that she|really|recently|now|any|since|lately|"
    r"so far)\b|not?(?=\s*[.,;!])|(?:she |he |patient |pt )?(?:denies|denied)\b|negative\b|"
    r"i (?:don't|do not|haven't|have not|didn't|did not|never|have never)\b|"
    r"(?:he|she) (?:doesn't|does not|hasn't|has not|didn't|did not)\b|"
    r"n(?=\s*[.,;]|\s*$)|absent\b|没有|没(?!关系|问题|事)|无(?=[。，,；;\s]|$)|否|不(?=[。，,；;\s]|$)|不(?:发|咳|痛|疼|晕|吐|会|是)|从来没|从没)"
)
# A relative who has it answers a question about the family.
_RELATIVE = re.compile(
    r"(?:yes,? )?(?:my|his|her|our) (?:[a-z-]+ ){1,3}?(?:does|did|do|has|had|have)\b|"
    r"(?:我|他|她)(?:爸|妈|爷|奶|姥|哥|姐|弟|妹)"
)
# "I have." says yes; "I have joint pain." says something else.
_PLAIN = r"(?=\s*(?:[.,;!]|$)| (?:had|that|it|one|some|those|this|been|always|often|both|sometimes|indeed|too)\b)"
_YES = re.compile(
    r"(?:(?:oh |well |um |uh )?(?:yes|yeah|yep|yup|sure|definitely|correct|a little|a bit|some)\b|y(?=\s*[.,;]|"
    r"\s*$)|positive\b|present\b|"
    rf"i (?:do|have|did|am){_PLAIN}|(?:he|she) (?:does|has|did){_PLAIN}|"
    r"(?!(?:好|退|没|不|消|停|忘|算|行|除|为|到|缓解)了)[\u4e00-\u9fff]{1,2}了(?!吗|没|么)|(?:烧|疼|痛|咳|吐|晕|痒)(?:到|得)|"
    r"有(?=[。，,；;！!\s]|$|的|过|啊|呀|一点|点儿|时)|是的|对(?=[。，,；;！!\s]|$|的|啊)|嗯|会的)"
)
# A question about what is to be done, or what something is, is answered by no yes that somebody has it.
_OPEN = re.compile(
    r"(?:[\w' ]+, ?)?(?:should|(?:what|how)(?! about)|why|when|where|which|am i|do i|do you think|"
    r"怎么|如何|为什么|什么)"
)
_ASKED = re.compile(r"[?？][\"'”’)」]*\s*$|(?:吗|么|没有|有没有|嘛)[？?。，,]?\s*$")


def answered(
    folded: str, question: tuple[int, int], answer: tuple[int, int] | None, *, family: bool = False
) -> Polarity | None:
    """What the sentence `answer` of `folded` says to the sentence `question`; None where that asks nothing, or no plain
    yes or no follows. `family`: the question is about relatives."""
    if answer is None or not _ASKED.search(folded, max(question[0], question[1] - 12), question[1]):
        return None
    if _OPEN.match(folded, question[0], question[1]):
        return None
    speaker = _SPEAKER.match(folded, answer[0], answer[1])
    at = speaker.end() if speaker else answer[0]
    if _NO.match(folded, at, answer[1]):
        return "negated"
    if family and _RELATIVE.match(folded, at, answer[1]):
        return "affirmed"
    return "affirmed" if _YES.match(folded, at, answer[1]) else None
