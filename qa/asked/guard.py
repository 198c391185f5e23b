"""What is answered at once, without search: nothing asked, too much asked, a language we do not read, an emergency.

Only a person's own present emergency is one. `What are the symptoms of myocardial infarction?` and a case told by a
clinician (`A 60-year-old patient with chest pain …`) are questions. Instructions hidden in a question need no guard:
the question is data everywhere, and `check` decides what is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from qa.asked.emergency.messages import message
from qa.asked.emergency.verdict import emergency
from qa.asked.foreign import said_in
from qa.model import Question, Reason
from text.language import of_question
from text.names import is_chinese, tokens

MAX_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered; `message` is for the asker, in the asker's language where it is known."""

    reason: Reason
    message: str


_UNSUPPORTED = (
    "Questions are answered in English and Chinese; please ask in one of them. "
    "目前支持英文和中文提问，请用其中一种语言提问。"
)
_EMPTY = {"en": "Please ask a question.", "zh": "请输入问题。"}
_TOO_LONG = {
    "en": f"The question is longer than {MAX_CHARACTERS:,} characters; please shorten it.",
    "zh": f"问题超过 {MAX_CHARACTERS} 个字符，请缩短后再问。",
}


def guard(question: Question) -> Refusal | None:
    """The refusal that ends the way here, or None where the question goes on. At once for a text of any length."""
    text = question.text
    if len(text) > MAX_CHARACTERS:
        return Refusal("question_too_long", _TOO_LONG[_spoken(question)])
    if not tokens(text):
        return Refusal("empty_question", _EMPTY[_spoken(question)])
    if verdict := emergency(text, question.conversation):
        return Refusal("emergency", message(verdict, "zh" if is_chinese(text) else "en"))
    if (question.language or of_question(text)) not in ("en", "zh"):
        return Refusal("unsupported_language", f"{said_in(text)} {_UNSUPPORTED}".strip())
    return None


def _spoken(question: Question) -> str:
    """The language for a message: what the question says, else what its first words look like."""
    if question.language in ("en", "zh"):
        return question.language
    return "zh" if is_chinese(question.text[:200]) else "en"
