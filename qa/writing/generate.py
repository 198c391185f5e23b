"""Answers written by a language model: any LangChain chat model, streamed, cut into sentences with their citations."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from qa.errors import ModelUnavailable
from qa.evidence.material import Material
from qa.model import Question, Sentence, Understanding
from qa.writing.prompt import NO_ANSWER, cited, messages
from qa.writing.structured import Objects, is_structured, response_format
from qa.writing.together import leads, of_one, unfound
from qa.writing.told import told
from storage import deadline

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage, BaseMessageChunk

LONGEST = 8000
"""Characters read of an answer; a model that has not stopped by then is running in circles."""

SHARE = 0.9
"""Of the time that is left to the answer the model's part: in the rest it can still be written by quoting."""

_TAKE_SCHEMAS = ("ChatOpenAI", "AzureChatOpenAI")
"""The LangChain classes whose servers take a JSON schema as OpenAI's do."""
_REFUSALS = {"BadRequestError", "UnprocessableEntityError", "NotFoundError"}

# How vendors say that an answer is complete; LangChain marks their messages with `model_provider`.
_REASONS = ("finish_reason", "stop_reason", "done_reason")

# A sentence ends at its full stop and the citations that may follow it.
_SENTENCE = re.compile(r"(?:[.!?]+[\"”’)]*|[。！？]+[”’）」]*)(?:\s*\[\s*E\d+[^\]]*\])*(?=\s|$|[^\s\d\[a-z])|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|al|dr|approx|ca|no)|\b[A-Z]|^\s*\d+)\.$", re.IGNORECASE)
_MARKUP = re.compile(r"^\s*(?:[-*•]\s+|\d+[.)]\s+(?=\S)|#+\s*)|\*\*|__")


class Generate:
    """The writer that asks a chat model. `seconds` is the time for one whole answer, less where less is left to what is
    running.

    The model's own time-outs may be longer or missing: it is read in a thread of its own, which is left behind when
    the time is over. An OpenAI-compatible server is asked for JSON under a schema that demands citations; one that
    refuses it is asked for text, from then on.
    """

    def __init__(self, model: BaseChatModel, *, seconds: float = 60.0) -> None:
        self._model, self._seconds = model, seconds
        self._takes_schema = type(model).__name__ in _TAKE_SCHEMAS

    @property
    def name(self) -> str:
        described = getattr(self._model, "model_name", None) or getattr(self._model, "model", None)
        return str(described or type(self._model).__name__)

    def write(self, question: Question, understanding: Understanding, material: Material) -> Iterator[Sentence]:
        """See `Writer`. Nothing at all where the model says that the evidence holds no answer.

        What speaks against a drug and what drugs mean together stand before what the model writes, and what no
        source has behind it, whatever it writes: neither is left to it.
        """
        language = understanding.language
        yield from told(material, language, warnings=True)
        if material.typed is not None:
            # A verdict, a count or a list is not left to it either: it writes the reasons.
            yield from islice(told(material, language, warnings=False), 1)
        yield from [*leads(material, language), *of_one(material, language)]
        yield from self._written(question, understanding, material)
        yield from unfound(material, language)

    def _written(self, question: Question, understanding: Understanding, material: Material) -> Iterator[Sentence]:
        buffer, whole = "", 0
        objects: Objects | None = None
        pieces = self._pieces(messages(question, understanding, material), [e.id for e in material.evidence])
        for piece in pieces:
            whole += len(piece)
            if objects is not None:
                yield from (one for one in objects.more(piece) if NO_ANSWER not in one.text.upper())
                continue
            buffer += piece
            if is_structured(buffer):
                objects = Objects()
                yield from objects.more(buffer)
                buffer = ""
                continue
            # The last sentence may still grow: citations can follow its full stop.
            *ready, buffer = _split(buffer)
            yield from _sentences(ready)
            if whole > LONGEST:
                return
        yield from _sentences(_split(buffer))

    def _pieces(self, prompt: list[BaseMessage], ids: Sequence[str]) -> Iterator[str]:
        """The text as it comes. Raises ModelUnavailable on any failure of the model, and when time is over."""
        queue: Queue[str | BaseException | None] = Queue()
        over = Event()
        Thread(target=self._read, args=(prompt, ids, queue, over), name="chat model", daemon=True).start()
        left = deadline.left()
        seconds = self._seconds if left is None else min(self._seconds, SHARE * left)
        ends = monotonic() + seconds
        try:
            while True:
                try:
                    piece = queue.get(timeout=max(0.0, min(deadline.LOOK_SECONDS, ends - monotonic())))
                except Empty:
                    deadline.check()
                    if monotonic() < ends:
                        continue
                    raise ModelUnavailable(f"the language model took longer than {seconds:g} s") from None
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    # The vendor's message may quote the prompt, and with it a patient's facts: only its kind is said.
                    raise ModelUnavailable(f"the language model failed: {type(piece).__name__}") from piece
                yield piece
        finally:
            over.set()

    def _read(
        self, prompt: list[BaseMessage], ids: Sequence[str], queue: Queue[str | BaseException | None], over: Event
    ) -> None:
        try:
            provider, finished = False, False
            for chunk in self._stream(prompt, ids):
                if over.is_set():
                    return
                provider = provider or "model_provider" in chunk.response_metadata
                finished = finished or any(chunk.response_metadata.get(key) for key in _REASONS)
                if chunk.text:
                    queue.put(str(chunk.text))
            # A connection that closes early looks like an end; only the reason to finish tells them apart.
            queue.put(None if finished or not provider else EOFError("the answer broke off"))
        except _failures() as error:
            queue.put(error)

    def _stream(self, prompt: list[BaseMessage], ids: Sequence[str]) -> Iterator[BaseMessageChunk]:
        """The chunks of the answer, under the schema where the server takes it. Raises what the vendor raises.

        The schema goes as a part of the body: given as an option, the client parses the whole answer once more, and
        breaks off on what servers leave out.
        """
        if self._takes_schema and ids:
            try:
                yield from self._model.stream(prompt, extra_body={"response_format": response_format(ids)})
                return
            except _failures() as error:
                if not {kind.__name__ for kind in type(error).__mro__} & _REFUSALS:
                    raise
                self._takes_schema = False
        yield from self._model.stream(prompt)


def _failures() -> tuple[type[BaseException], ...]:
    """What a chat model may raise when its server fails: the vendors' error trees have nothing in common, so each is
    taken from its module where that is loaded. LangChain itself raises ValueError for an answer it cannot read."""
    found: list[type[BaseException]] = [OSError, ValueError, RuntimeError, EOFError, KeyError, TypeError]
    for module, name in (
        ("openai", "OpenAIError"),
        ("anthropic", "AnthropicError"),
        ("httpx", "HTTPError"),
        ("httpx", "StreamError"),
        ("httpcore", "NetworkError"),
        ("httpcore", "ProtocolError"),
        ("requests", "RequestException"),
        ("ollama", "ResponseError"),
        ("langchain_core.exceptions", "LangChainException"),
    ):
        error = getattr(sys.modules.get(module), name, None)
        if isinstance(error, type) and issubclass(error, BaseException):
            found.append(error)
    return tuple(found)


def _split(text: str) -> list[str]:
    """Finished sentences and, last, what is not finished yet (possibly empty)."""
    parts, start = [], 0
    for match in _SENTENCE.finditer(text):
        if match.group()[0] == "." and _ABBREVIATION.search(text[start : match.start() + 1]):
            continue
        following = text[match.end() :].lstrip()
        if not following or following.startswith("["):
            break
        parts.append(text[start : match.end()])
        start = match.end()
    return [*parts, text[start:]]


def _sentences(parts: list[str]) -> Iterator[Sentence]:
    for part in parts:
        text, ids = cited(_MARKUP.sub("", part))
        if NO_ANSWER in text.upper():
            continue
        if text.strip(" .。\n"):
            yield Sentence(text, ids)
