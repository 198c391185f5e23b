"""Answers in English."""

from __future__ import annotations

from qa.evidence.wording import DISAGREE
from qa.writing.templates import Templates


def _quotation(text: str, source: str, name: str) -> str:
    return f"{name + ': ' if name else ''}“{text}” ({source})"


ENGLISH = Templates(
    language="en",
    stop=".",
    patient="The patient",
    disagree=DISAGREE[0],
    sources=lambda count: f" ({count} sources)",
    verbatim=lambda text, source: f": “{text}” ({source})",
    quotation=_quotation,
    messages={
        "no_evidence": "Nothing that you may read here answers this question.",
        "out_of_scope": "This does not look like a question about diseases, findings or drugs that are known here.",
        "vague": "Please say more. Which disease, symptom, drug or gene is it about, and what would you like to know? "
        "If somebody is unwell: what exactly is felt and where, since when, and the age. If it is severe or sudden, "
        "call for medical help first.",
        "unsupported_answer": "What could be written is not supported by the evidence found, so nothing is claimed; "
        "the evidence is listed.",
        "unknown_name": "What is asked of it is not answered by what is known of others.",
        "nothing_loaded": "Nothing is loaded here yet: no graph and no documents, so that nothing can be answered.",
        "model_unavailable": "The language model cannot be reached at the moment; the evidence found is listed.",
    },
    untold=" To rank diseases, tell which signs, symptoms or results there are.",
    unproven=" That is no proof of safety.",
)
