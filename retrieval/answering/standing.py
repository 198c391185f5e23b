"""Where a sentence stands in its text: an aim asks what a result answers. Pure functions, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answering.model import Standing

_LABEL = re.compile(
    r"^\W*(?:(?P<aim>(?:aims?|objectives?|purposes?|goals?|hypothesis|study objectives?|"
    r"aims? of (?:the )?study|目的|目标)"
    r"(?: and \w+)?)|"
    r"(?P<background>background|introduction|context|rationale|unlabelled|importance|significance|背景|引言)|"
    r"(?P<method>(?:materials?|patients?|subjects?|participants?) and methods?|methods?(?: and \w+)?|methodology|"
    r"(?:study |research |trial )?design(?: and \w+)?|settings?|participants?|patients?|subjects?|interventions?|"
    r"measurements?|main outcome measures?|data sources?|study selection|outcome measures?|experimental approach|"
    r"方法|对象|资料)|"
    r"(?P<result>(?:main |key )?results?|findings?|observations?|case (?:report|presentation|summary)|"
    r"outcomes?|结果)|"
    r"(?P<conclusion>(?:authors' )?conclusions?(?: and \w+)?|interpretation|discussion|summary|implications|"
    r"comments?|"
    r"(?:key )?messages?|结论|讨论))(?:\s*[:：.]\s*|\s*[-–—]\s+|(?<=[A-Z])\s+(?=[A-Z])|"
    r"(?<=[a-z])\s+(?=[A-Z][a-z]+ )|\s*】)",
    re.IGNORECASE,
)
_CUES: tuple[tuple[Standing, re.Pattern[str]], ...] = tuple(
    (standing, re.compile(cue, re.IGNORECASE))  # type: ignore[misc]  # the words of the literal
    for standing, cue in (
        (
            "aim",
            r"\b(?:aim(?:s|ed)?|objectives?|purpose|goal)\b.{0,60}\b(?:was|were|is|are|to)\b|"
            r"\bwe (?:aim(?:ed)?|sought|"
            r"set out|wish(?:ed)?|hypothesi[sz]ed?|wanted)\b|\bin order to (?:determine|investigate|assess|evaluate)|"
            r"^\W*to (?:determine|assess|evaluate|investigate|compare|examine|describe|study|test|explore|"
            r"report|review|"
            r"establish|identify|characteri[sz]e|analy[sz]e|estimate|measure|define|clarify|find|document|"
            r"elucidate)\b|"
            r"\b(?:this|the present|our|the current) (?:study|paper|article|review|trial|work|"
            r"report)\b.{0,40}\b(?:aim|"
            r"investigat|examin|evaluat|assess|determin|compar|explor|review|describ|address|was (?:designed|"
            r"undertaken|"
            r"conducted|performed|carried out|to))|\bwe (?:therefore )?(?:investigated|examined|evaluated|"
            r"assessed|studied|"
            r"compared|tested|asked|explored|describe|report|present|review) (?!that)|"
            r"\bwhether\b.{0,80}\bwas (?:studied|"
            r"investigated|examined|assessed|tested)|旨在|目的(?:是|在于)|为了(?:探讨|研究|评价|观察)|本研究拟|"
            r"探讨.{0,30}(?:作用|关系|影响|价值)。",
        ),
        (
            "conclusion",
            r"\b(?:in conclusion|in summary|to conclude|we conclude|conclud(?:e|ed|ing) that|taken together|"
            r"collectively|"
            r"these (?:results|findings|data|observations|studies)\b|(?:our|the|present|this|"
            r"these) (?:\w+ )?(?:results?|"
            r"findings?|data|study|studies|analysis) (?:\w+ )?(?:suggests?|indicates?|shows?|demonstrates?|supports?|"
            r"confirms?|provides?|reveals?|highlights?|underlines?)|it (?:is|was) concluded|we (?:suggest|"
            r"propose|postulate)|"
            r"overall|thus|therefore|hence)\b|综上|总之|结论|提示|表明|说明",
        ),
        (
            "method",
            r"\b(?:were|was) (?:randomi[sz]ed|randomly|enrolled|recruited|assigned|allocated|included in|"
            r"treated with|given|"
            r"administered|measured|assessed|evaluated|examined|recorded|collected|analy[sz]ed|performed|determined|"
            r"calculated|estimated|obtained|interviewed|studied|investigated|conducted|carried out|compared|used to|"
            r"selected|identified (?:from|through|by)|searched|followed|retrospectively)\b|\bwe (?:searched|"
            r"used|measured|"
            r"collected|recruited|enrolled|performed|analy[sz]ed|conducted|developed)\b|\bdouble-blind\b|"
            r"\bcross-?over\b|"
            r"\bpatients (?:received|underwent)\b|随机(?:分|对照)|采用|选取|纳入|分为",
        ),
        (
            "result",
            r"\bp\s*[<=>≤]\s*0?[.·]\d|\bci\b|\bconfidence interval|\bsignificant(?:ly)?\b|\b(?:was|"
            r"were) (?:not )?(?:found|"
            r"observed|detected|seen|noted|higher|lower|similar|greater|associated|reduced|increased|decreased|"
            r"improved|"
            r"effective|unchanged)\b|\b(?:increased|decreased|reduced|improved|showed|revealed|caused|produced|"
            r"induced|"
            r"resulted in|occurred|experienced|reported|developed|inhibited|remained)\b|\d\s*%|\+/-|±|\bn\s*=\s*\d|"
            r"差异有|有效率|高于|低于|显著",
        ),
        (
            "background",
            r"\b(?:is|are) (?:a|an|the|one of|known|common(?:ly)?|widely|frequently|often|usually|considered|"
            r"characteri[sz]ed)"
            r"\b|\b(?:has|have) (?:been|become|recently)\b|\blittle is known|\bunclear\b|\bunknown\b|"
            r"\bcontrovers|\bremains?\b|"
            r"目前|近年来|尚不清楚|是一种",
        ),
    )
)
_MORE_STUDY = re.compile(
    r"\b(?:further|future|more|additional|larger|prospective|well-designed) (?:\w+ ){0,2}(?:stud(?:y|ies)|"
    r"research|trials?|"
    r"investigations?|work)\b|\bwarrant|\bremains? to be\b|\bare (?:discussed|reviewed|presented|described)\b|"
    r"\bis (?:discussed|reviewed)\b|有待|进一步研究|需要更多",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^\W*(?:(?:however|moreover|furthermore|in addition|but|and|also|similarly|consequently|thus|therefore|"
    r"nevertheless|"
    r"by contrast|in contrast|conversely|then)\b[\s,]*)?(?:this|these|those|that|such|it|its|they|their|he|she|"
    r"his|her|both|"
    r"neither|the (?:latter|former|same|drug|agent|compound|disease|condition|mutation|gene|patient|child|"
    r"difference|effect|"
    r"effects|combination|increase|decrease|reduction|reaction|treatment|device|protein|system|method|test|"
    r"syndrome|disorder|"
    r"virus)|here|all (?:of )?(?:them|these)|one|another|others?|two|three|none|most|many|some|half)\b(?! (?:study|"
    r"paper|article|review) )|"
    r"^\W*(?:however|moreover|furthermore|in addition|similarly|consequently|conversely|by contrast|"
    r"in contrast|for example)\b|"
    r"^(?:这|此|该|其|它|他|她|上述|前者|后者|两者|二者|但|而|因此|所以|另外|此外)",
    re.IGNORECASE,
)


def label(sentence: str) -> Standing | None:
    """What a heading at the beginning of a sentence says: `RESULTS: …`; None where there is none."""
    match = _LABEL.match(sentence)
    if match is None or not match.lastgroup:
        return None
    written = match.group().strip(" \t:：.-–—】【[]")
    # A heading is a heading by its mark or its capitals; "Results were good" and "Patients with …" are not.
    marked = match.group().rstrip()[-1:] in ":：】" or (written.isupper() and len(written) > 3)
    if not marked and not (written[:1].isupper() and match.group().endswith((" ", "\t")) and _runs_in(sentence, match)):
        return None
    return match.lastgroup  # type: ignore[return-value]  # the groups are named so


def standings(sentences: Sequence[str], section: Sequence[str], title: str) -> list[Standing]:
    """Where each of a document's sentences stands, in order; `section` is the name of each one's section.

    A heading holds until the next one; without headings, phrases tell ("we aimed", "in conclusion").
    """
    # One heading alone says nothing of what follows: many abstracts have BACKGROUND or UNLABELLED before all of it.
    headings = {label(text) for text in sentences} | {label(f"{name}:") for name in section}
    many = len(headings - {None}) > 2
    standing: list[Standing] = []
    under: Standing | None = None
    for text, name in zip(sentences, section, strict=True):
        if (title and text.strip() == title.strip()) or name == "title":
            standing.append("title")
            continue
        headed = label(text) or label(f"{name}:")
        under = (headed or under) if many else None
        cued = next((one for one, cue in _CUES if cue.search(text)), None)
        if under is None:
            standing.append(cued or "text")
        elif cued == "aim" and under in ("background", "aim"):
            standing.append("aim")
        else:
            standing.append(under)
    return standing


def puts_off(sentence: str) -> bool:
    """Whether a sentence says that others must find out, or what the text will speak of."""
    return _MORE_STUDY.search(sentence) is not None


def leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it to be understood: "This was seen in …"."""
    return _LEANS.search(sentence) is not None


def _runs_in(sentence: str, match: re.Match[str]) -> bool:
    """Whether a heading without a mark is followed by a sentence: "Methods 81 patients …", "Results A total …"."""
    following = sentence[match.end() :]
    return re.match(
        r"(?:A|An|The|In|We|This|To|Of|All|Both|There|At|For|[A-Z][a-z]+|\d+)\s", following
    ) is not None and (
        match.group().strip().lower() in ("methods", "results", "conclusion", "conclusions", "background", "objective")
    )
