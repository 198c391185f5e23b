"""POST /v1/answers: a question, answered whole or as it is written."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Annotated

from fastapi import APIRouter, Body, Header
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.http.access import Reader, held
from api.http.dependencies import OpenParts
from api.http.streams import Streamed
from api.http.visit import Recorded, told
from api.patients import must_be_there
from api.schemas.answers import AnswerOut, EvidenceOut, QuestionBody, SentenceOut, UnderstandingOut
from graph.licences import readable
from qa.answer import Answerer, Event
from qa.model import Answer, Question, Sentence, Understanding

router = APIRouter(tags=["answers"], route_class=Recorded)

EVENTS = """\
event: evidence
data: {"evidence": [{"id": "E1", "kind": "passage", "source": "PMID:12345", …}]}

event: sentence
data: {"text": "…", "citations": ["E1"]}

event: done
data: {"answer": "…", "abstained": false, …}
"""


@router.post(
    "/v1/answers",
    summary="Answer a question, every sentence cited",
    response_model=AnswerOut,
    responses={
        200: {
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": EVENTS}},
            "description": "The answer, or that there is none and why. As server-sent events when asked for: "
            "`understanding`, `evidence`, each `sentence` once it is checked, `discard` where the sentences so far no "
            "longer count, and `done` with the whole answer; `error` with a problem if it breaks off.",
        }
    },
)
def answer(
    parts: OpenParts,
    reader: Reader,
    asked: Annotated[QuestionBody, Body()],
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> AnswerOut | StreamingResponse:
    """An answer that finds no support abstains: `abstained` is true and `reason` says why. That is no error."""
    labels = readable(held(asked.access, reader), open_only=asked.licence == "open")
    if asked.patient is not None:
        must_be_there(parts.graph(), asked.patient, reader)
        labels |= {asked.patient}
    question = Question(
        asked.question,
        language=asked.language,
        access=labels,
        patient=asked.patient,
        limit=asked.k,
        conversation=tuple(asked.conversation),
        choices=tuple(asked.choices),
    )
    answerer = parts.answerer()
    if asked.stream or "text/event-stream" in accept:
        return Streamed(_events(answerer, question), lambda problem: _event("error", problem.body()))
    return told(answerer.answer(question))


def _events(answerer: Answerer, question: Question) -> Generator[str, None, None]:
    language = "en"
    for event in answerer.stream(question):
        if isinstance(event.data, Understanding):
            language = event.data.language
        yield _event(event.kind, _data(event, language))


def _data(event: Event, language: str) -> dict[str, object]:
    body: BaseModel
    match event.data:
        case Answer() as answer:
            body = told(answer)
        case Sentence() as sentence:
            body = SentenceOut.model_validate(sentence, from_attributes=True)
        case Understanding() as understanding:
            body = UnderstandingOut.model_validate(understanding, from_attributes=True)
        case tuple() as evidence:
            return {"evidence": [EvidenceOut.of(e, language).model_dump() for e in evidence]}
        case _:
            return {}
    return body.model_dump()


def _event(kind: str, data: dict[str, object]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
