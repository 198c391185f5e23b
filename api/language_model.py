"""The language model that settings name, through langchain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.errors import BadSettings, MissingExtra
from api.extras import install
from api.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def open_model(settings: Settings) -> BaseChatModel | None:
    """The chat model that MEDGRAPH_LLM_MODEL names; nothing is asked of it yet. Raises MissingExtra, BadSettings."""
    if not settings.llm_model:
        return None
    try:
        from langchain.chat_models import init_chat_model
    except ModuleNotFoundError as error:
        raise MissingExtra(f"a language model is set, but langchain is not installed: {install('llm')}") from error
    key = settings.llm_key.get_secret_value()
    options: dict[str, Any] = {"timeout": settings.llm_timeout, "max_retries": 1, "temperature": 0}
    if settings.llm_url:
        # A server on loopback takes any key, but the client insists on one.
        options |= {"model_provider": "openai", "base_url": settings.llm_url, "api_key": key or "none"}
    elif key:
        options |= {"api_key": key}
    try:
        model: BaseChatModel = init_chat_model(settings.llm_model, **options)
    except ImportError as error:
        raise MissingExtra(f"the client of this language model is not installed: {install('llm')}") from error
    except ValueError as error:
        raise BadSettings(f"MEDGRAPH_LLM_MODEL: {error}") from error
    return model
