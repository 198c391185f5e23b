"""POST /v1/chat/completions and GET /v1/models: any OpenAI client can ask.

The question is the last message of the user; what it leaves out comes from the user's earlier ones. Citations stand
in the text as `[E1]`, and what they cite below it. Clients show Markdown: what documents say is no markup of ours.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Generator
from typing import Annotated, Any

from fastapi import APIRouter, Body
from fastapi.responses import StreamingResponse

from api.audit.visit import asks
from api.http.access import Reader
from api.http.chat_schemas import ChatBody, ChatChoice, ChatMessage, ChatOut
from api.http.dependencies import OpenParts
from api.http.streams import Streamed
from api.http.visit import Recorded, told
from api.problems import Problem
from qa.answer import Answerer
from qa.evidence.cited import shown, titled
from qa.evidence.kinds import Evidence
from qa.model import Answer, Question, Sentence
from text.links import link
from text.markup import markdown

router = APIRouter(tags=["answers"], route_class=Recorded)

MODEL = "medgraph"
_ANEW = "\n\n[The answer broke off and begins anew. 回答中断，重新开始。]\n\n"


@router.get("/v1/models", summary="The one model an OpenAI client can name")
def models(reader: Reader) -> dict[str, Any]:
    """Clients that list models before they ask find this one."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}


@router.post(
    "/v1/chat/completions",
    summary="Answer as an OpenAI chat completion",
    response_model=ChatOut,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
def complete(parts: OpenParts, reader: Reader, asked: Annotated[ChatBody, Body()]) -> ChatOut | StreamingResponse:
    """The whole answer as one completion, or, with `stream`, sentence by sentence as it is checked."""
    texts = [message.text for message in asked.messages if message.role == "user"]
    question = Question(texts[-1] if texts else "", access=reader, conversation=tuple(texts[:-1]))
    asks(question.text)
    id, created = f"chatcmpl-{uuid.uuid4().hex}", int(time.time())
    answerer = parts.answerer()
    if asked.stream:
        return Streamed(_chunks(answerer, question, id, created), _broken)
    answer = answerer.answer(question)
    lines = [_line(sentence) for sentence in answer.sentences]
    message = ChatMessage(role="assistant", content="\n".join(lines) + _end(answer))
    return ChatOut(id=id, created=created, choices=[ChatChoice(message=message)], medgraph=told(answer))


def _chunks(answerer: Answerer, question: Question, id: str, created: int) -> Generator[str, None, None]:
    def chunk(delta: dict[str, str], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        body = {"id": id, "object": "chat.completion.chunk", "created": created, "model": MODEL, "choices": [choice]}
        return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"

    yield chunk({"role": "assistant", "content": ""})
    first = True
    for event in answerer.stream(question):
        match event.data:
            case Sentence() as sentence:
                yield chunk({"content": _line(sentence) if first else f"\n{_line(sentence)}"})
                first = False
            case Answer() as answer:
                told(answer)
                yield chunk({"content": _end(answer)})
            case _ if event.kind == "discard" and not first:
                yield chunk({"content": _ANEW})
                first = True
            case _:
                pass
    yield chunk({}, "stop")
    yield "data: [DONE]\n\n"


def _broken(problem: Problem) -> str:
    body = problem.body()
    return f"data: {json.dumps({'error': {**body, 'message': body['detail'], 'code': body['status']}})}\n\n"


def _line(sentence: Sentence) -> str:
    return f"{markdown(sentence.text)} {''.join(f'[{id}]' for id in sentence.citations)}"


def _end(answer: Answer) -> str:
    """What comes after the sentences: their sources, or why there are none."""
    if answer.abstained:
        return markdown(answer.message)
    cited = {id for sentence in answer.sentences for id in sentence.citations}
    language = answer.understanding.language if answer.understanding else "en"
    return "\n\n" + "\n\n".join(_source(piece, language) for piece in answer.evidence if piece.id in cited)


def _source(piece: Evidence, language: str) -> str:
    told = " · ".join(part for part in (markdown(titled(piece, language)), link(piece.url)) if part)
    return f"[{piece.id}] {told}\n> " + markdown(shown(piece, language)).replace("\n", "\n> ")
