"""What is configured, reachable and missing, part by part."""

from __future__ import annotations

import importlib.util
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from api import problems
from api.callers.known import asked_for
from api.callers.table import today
from api.errors import BadSettings, HomeUnavailable, MissingExtra
from api.extras import install
from api.home import has_salt, home, open_salt
from api.privacy import exposed, mending
from api.schemas.state import CheckOut
from api.settings import Settings
from api.wiring import Parts

_EMPTY = "nothing is loaded and nothing ingested: see medgraph load, medgraph ingest, and MEDGRAPH_HOME"
_HELD = "something is loaded or ingested"
NEEDED = ("ok", "off", "exposed")
"""The states in which a part is no hindrance."""


def look(parts: Parts) -> list[CheckOut]:
    """Every part with its state: `ok`, `off` (not asked for), `exposed` (to others on this machine), `missing` (to be
    installed) or `unreachable`."""
    settings = parts.settings
    return [
        _tried("home", lambda: _home(settings)),
        _tried("graph", lambda: _graph(parts)),
        _tried("passages", lambda: _passages(parts)),
        _content(parts),
        _tried("ledger", lambda: f"{len(parts.ledger()):,} documents done"),
        _tried("encoder", parts.encoder.ping),
        _tried("index", parts.searcher.ping),
        _tried("reader", lambda: _reader(parts)),
        _model(settings),
        _sentence_transformers(),
        _server(parts),
        _privacy(settings),
    ]


def ready(parts: Parts, opening: Collection[str] = ()) -> list[CheckOut]:
    """The parts that a question needs, and those that are still `opening`, which nobody waits for; no more work than a
    probe may cost."""
    pings = {
        "graph": parts.graph.ping,
        "passages": parts.passages.ping,
        "encoder": parts.encoder.ping,
        "index": parts.searcher.ping,
    }
    needed = [_tried(part, ping) for part, ping in pings.items() if part not in opening]
    waiting = [CheckOut(part=part, state="opening", detail="is being opened") for part in opening]
    return [*needed, *waiting, _model(parts.settings)]


def _tried(part: str, ping: Callable[[], str]) -> CheckOut:
    try:
        return CheckOut(part=part, state="ok", detail=ping())
    except Exception as error:
        if problems.of(error) is None:
            raise
        missing = isinstance(error, MissingExtra)
        return CheckOut(part=part, state="missing" if missing else "unreachable", detail=str(error))


def _home(settings: Settings) -> str:
    path = home(settings)
    if not os.access(path, os.W_OK):
        raise HomeUnavailable(f"{path} (MEDGRAPH_HOME) cannot be written")
    if has_salt(settings):
        open_salt(settings)
    space = os.statvfs(path)
    return f"{path}, {space.f_bavail * space.f_frsize / 2**30:.1f} GiB free"


def _privacy(settings: Settings) -> CheckOut:
    """The last to be looked at: what else is looked at may have made files."""
    places = exposed(settings)
    if not places:
        return CheckOut(part="privacy", state="ok", detail="what is kept is its owner's alone")
    more = f" and {len(places) - 1:,} more" if len(places) > 1 else ""
    told = f"others on this machine may read {places[0]}{more}: {mending(settings, places)}"
    return CheckOut(part="privacy", state="exposed", detail=told)


def _graph(parts: Parts) -> str:
    detail = f"{parts.settings.graph_url}: {parts.graph.ping()}"
    waiting, ids = parts.graph().waiting(limit=3)
    if waiting:
        detail += f"; {waiting:,} assertions wait for what nobody declares, such as {', '.join(ids)}"
    return detail


def _content(parts: Parts) -> CheckOut:
    """Whether there is anything to answer from: a mistyped MEDGRAPH_HOME is a new and empty one."""
    tried = _tried("content", lambda: "" if parts.graph().sources() or parts.passages().counts()[0] else _EMPTY)
    return tried.model_copy(
        update={"state": "missing"} if tried.detail == _EMPTY else {"detail": tried.detail or _HELD}
    )


def _passages(parts: Parts) -> str:
    documents, passages, vectors = parts.passages().counts()
    return f"{documents:,} documents, {passages:,} passages, {vectors:,} vectors"


def _reader(parts: Parts) -> str:
    """What reads texts. Raises WeightsUnavailable."""
    if parts.settings.tagger == "dictionary":
        return f"the names of the graph, {parts.relator.ping()}"
    return f"{parts.models.ping()}, {parts.relator.ping()}"


def _model(settings: Settings) -> CheckOut:
    if not settings.llm_model:
        return CheckOut(part="language model", state="off", detail="answers are quoted; set MEDGRAPH_LLM_MODEL for one")
    if importlib.util.find_spec("langchain") is None:
        return CheckOut(part="language model", state="missing", detail=install("llm"))
    return _tried("language model", lambda: _asked(settings))


def _asked(settings: Settings) -> str:
    """Ask an OpenAI-compatible server for its models: that costs nothing and shows that it is there."""
    from qa.errors import ModelUnavailable

    if not settings.llm_url:
        return f"{settings.llm_model}, not asked"
    request = urllib.request.Request(  # noqa: S310  # settings let http and https through, nothing else
        settings.llm_url.rstrip("/") + "/models",
        headers={"Authorization": f"Bearer {settings.llm_key.get_secret_value() or 'none'}"},
    )
    where = urlsplit(settings.llm_url).netloc
    try:
        with urllib.request.urlopen(request, timeout=min(settings.llm_timeout, 5)) as reply:  # noqa: S310  # as above
            reply.read(1)
    except urllib.error.HTTPError as error:
        if error.code in (401, 403):
            raise BadSettings(f"{where} refuses MEDGRAPH_LLM_KEY ({error.code})") from error
        # Some servers have no list of models, but a reply is a reply.
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"{where} does not answer: {error}") from error
    return f"{settings.llm_model} at {where}"


def _sentence_transformers() -> CheckOut:
    if importlib.util.find_spec("sentence_transformers") is None:
        return CheckOut(part="extra models", state="off", detail=f"any encoder of a hub: {install('models')}")
    return CheckOut(part="extra models", state="ok", detail="installed")


def _server(parts: Parts) -> CheckOut:
    settings = parts.settings
    tried = _tried("server", lambda: f"{settings.host}:{settings.port}, {_keys(parts)}")
    if tried.state == "ok" and not settings.loopback and not asked_for(settings, parts.keys()):
        more = "make one with medgraph keys add to serve beyond loopback"
        return tried.model_copy(update={"state": "missing", "detail": f"{tried.detail}: {more}"})
    return tried


def _keys(parts: Parts) -> str:
    kept = [key.state(today()) for key in parts.keys().every()]
    good = len(parts.settings.keys) + kept.count("good")
    if parts.settings.oidc_issuer:
        return f"{good} API keys, and tokens of {parts.settings.oidc_issuer}"
    if not good:
        return "every API key has expired or is revoked" if kept else "no API key"
    return f"{good} API keys" if good > 1 else "1 API key"
