"""What an OpenAI client sends and gets."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.answers import AnswerOut


class TextPart(BaseModel):
    """A part of a chat message; parts that are no text are passed over."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    role: str = Field(examples=["user"])
    content: str | list[TextPart] | None = Field(default=None, examples=["What does metformin treat?"])

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatBody(BaseModel):
    """What an OpenAI client sends. Its other options have no meaning here and are passed over."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {"model": "medgraph", "messages": [{"role": "user", "content": "What does metformin treat?"}]},
            ]
        },
    )

    model: str = "medgraph"
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool = False


class ChatChoice(BaseModel):
    index: int = 0
    message: ChatMessage
    finish_reason: str = "stop"


class ChatUsage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class ChatOut(BaseModel):
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = "medgraph"
    choices: list[ChatChoice]
    usage: ChatUsage = ChatUsage()
    medgraph: AnswerOut = Field(description="The same answer with its evidence, as /v1/answers gives it.")
