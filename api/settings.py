"""What can be set, all of it by environment variables that begin with MEDGRAPH_.

Nothing is read at import: `Settings.read()` reads the environment when it is called.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pydantic
from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from api.callers import given
from api.callers.given import LABEL, Given
from api.errors import BadSettings

GRAPH_SCHEMES = ("sqlite", "neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
CHECKOUT = Path(__file__).resolve().parent.parent
_PREFIX = "MEDGRAPH_"
_NEAR = 0.88
"""From this likeness on (difflib's ratio) a variable is taken for a misspelt setting."""
_SECRETS = {"graph_password", "llm_key", "api_key", "api_keys"}


class Settings(BaseSettings):
    """Every setting with its default. Frozen; secrets do not show when it is printed."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    home: Path = Field(default_factory=lambda: Path.home() / ".medgraph")
    """Where all state is kept. One home belongs to one graph: give each graph its own."""
    graph_url: str = "sqlite:"
    """`sqlite:` (HOME/graph.sqlite), `sqlite:/path/file`, `neo4j://HOST:PORT`, `bolt://HOST:PORT`, or `neo4j+s://…`."""
    graph_user: str = "neo4j"
    graph_password: SecretStr = SecretStr("")
    graph_database: str = "neo4j"
    models: Path = CHECKOUT / "models"
    """The folder of the shipped models."""
    encoder: str = "bge-small-en-medical"
    """A shipped model, a folder that holds `model.onnx`, or any sentence-transformers model id (extra `models`)."""
    chinese_encoder: str | None = None
    """What encodes Chinese, named likewise; it may have as many dimensions as the other or fewer. Empty: the encoder
    that encodes all else. Where it is not set: a shipped one beside a shipped one, else the same."""
    tagger: str = "trained"
    """What reads texts: `trained` (the shipped models), `dictionary` (the names of the graph and patterns alone), a
    folder that `medgraph train ner` wrote, or any Hugging Face token-classification model (extra `models`)."""
    threads: int | None = Field(default=None, ge=1)
    """How many texts are read or encoded at once; all cores where it is not set."""
    gpu: bool = False
    """Whether texts are tagged (extra `models`) and the vector index is searched (extra `gpu`) on a GPU."""
    index_memory: int | None = Field(default=None, ge=1)
    """Bytes that the vector index may take; a fourth of the machine's memory where it is not set."""
    llm_url: str = ""
    """An OpenAI-compatible address such as `http://127.0.0.1:8000/v1`."""
    llm_model: str = ""
    """The model's name there; without LLM_URL a LangChain name such as `openai:NAME`. Empty: answers are quoted."""
    llm_key: SecretStr = SecretStr("")
    llm_timeout: float = Field(default=60.0, gt=0)
    """Seconds that one call to the language model may take."""
    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=0, le=65535)
    """0 takes any free port."""
    hosts: frozenset[str] = frozenset()
    """JSON list of further names by which clients may call the server, such as `["medgraph.hospital.example"]`."""
    api_key: SecretStr | None = None
    """A key that every client must send; it reads what is public."""
    api_keys: dict[SecretStr, Given] = Field(default_factory=dict)
    """JSON object: key to the access labels that it holds, such as `{"KEY": ["public", "patient:42"]}`, with which it
    reads and writes; or to an object of `name`, `labels`, `scopes`, `owner`, `expires`. More keys: `medgraph keys`."""
    oidc_issuer: str = ""
    """The issuer of tokens (OpenID Connect) that are taken for keys, such as `https://login.hospital.example/realms/x`
    (extra `oidc`). Empty: none are."""
    oidc_audience: str = ""
    """What a token's `aud` must name: this server, as it is registered with the issuer."""
    oidc_jwks: str = ""
    """Where the issuer's public keys are: an address, or a file where there is no network. Empty: where it says."""
    oidc_labels: str = "medgraph_labels"
    """The claim that holds access labels; a token without it reads what is public."""
    oidc_scopes: str = "scope"
    """The claim that holds `medgraph:read` and the like; within another claim as `realm_access.roles`."""
    audit: bool = True
    """Whether a line is kept of every request and command: who, when, which ids; never a word of a question."""
    audit_strict: bool = False
    """Whether nothing is answered either while no line can be written. Writes are always refused then."""
    audit_key: Path | None = None
    """The file of the secret that seals the trail: HOME/audit.key where it is not set. Best kept elsewhere."""
    audit_size: int = Field(default=64 << 20, ge=1 << 10)
    """Bytes after which a file of the trail is followed by the next."""
    rate_requests: int = Field(default=1200, ge=0)
    """Requests a minute for the keys of one owner; 0 is without end. A server without keys counts nothing."""
    rate_seconds: int = Field(default=600, ge=0)
    """Seconds of work a minute, of requests side by side together, for the keys of one owner; 0 is without end."""
    upload_limit: int = Field(default=2 << 30, ge=1)
    """The largest upload in bytes."""
    deadline: float = Field(default=60.0, ge=0)
    """Seconds that one request which reads is worked on; then it is broken off with 503. 0 is without end."""
    connections: int = Field(default=512, ge=1)
    """How many clients may be connected at once; fewer where the system gives too few file descriptors."""
    connections_each: int = Field(default=128, ge=1)
    """How many of them from one address."""
    head_seconds: float = Field(default=10.0, gt=0)
    """Seconds in which a request's headers must come; then the connection is closed."""
    slowest: int = Field(default=8 << 10, ge=1)
    """Bytes a second with which a client must at least send a body and read an answer, over each 20 seconds."""

    job_memory: int | None = Field(default=None, ge=1)
    """Bytes that reading uploads may take; half of the machine's memory where it is not set."""
    job_stall: float = Field(default=1800.0, gt=0)
    """Seconds without progress after which the process that reads uploads is killed."""
    job_days: float = Field(default=30.0, ge=0)
    """Days that an ended job is kept, with the names of its files."""
    jobs_per_key: int = Field(default=100, ge=1)
    """How many jobs of one key's owner may wait or run at once."""
    uploads_per_key: int = Field(default=8 << 30, ge=1)
    """Bytes of uploads of one key's owner that may wait to be read."""

    @field_validator("home", "models")
    @classmethod
    def _expanded(cls, path: Path) -> Path:
        if not str(path).strip():
            raise ValueError("is empty")
        return path.expanduser().absolute()

    @field_validator("graph_url")
    @classmethod
    def _known_scheme(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in GRAPH_SCHEMES:
            known = ", ".join(f"{scheme}:" for scheme in GRAPH_SCHEMES)
            raise ValueError(f"must begin with one of {known}")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must not hold a user or password: set MEDGRAPH_GRAPH_USER and MEDGRAPH_GRAPH_PASSWORD")
        if parts.scheme != "sqlite" and not parts.hostname:
            raise ValueError("names no host, such as neo4j://127.0.0.1:7687")
        return url

    @field_validator("llm_url")
    @classmethod
    def _http(cls, url: str) -> str:
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise ValueError("must be an http:// or https:// address")
        return url

    @field_validator("oidc_issuer", "oidc_jwks")
    @classmethod
    def _trusted(cls, url: str, info: ValidationInfo) -> str:
        parts = urlsplit(url)
        if not url or (info.field_name == "oidc_jwks" and parts.scheme not in ("http", "https")):
            return url
        if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))):
            return url
        raise ValueError("must be an https:// address (http:// on loopback alone)")

    @field_validator("api_key", mode="after")
    @classmethod
    def _long_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not key.get_secret_value():
            return None
        if key is not None and len(key.get_secret_value()) < given.LEAST:
            raise ValueError(given.TOO_SHORT)
        return key

    @field_validator("api_keys", mode="before")
    @classmethod
    def _read_keys(cls, keys: Any) -> dict[SecretStr, Given]:
        return given.read(keys)

    @model_validator(mode="after")
    def _together(self) -> Settings:
        if self.llm_url and not self.llm_model:
            raise ValueError("MEDGRAPH_LLM_URL is set but MEDGRAPH_LLM_MODEL is not: name the model to ask there")
        if self.oidc_issuer and not self.oidc_audience:
            raise ValueError("MEDGRAPH_OIDC_ISSUER is set but MEDGRAPH_OIDC_AUDIENCE is not: say for whom tokens are")
        if (self.oidc_audience or self.oidc_jwks) and not self.oidc_issuer:
            raise ValueError("MEDGRAPH_OIDC_AUDIENCE or _JWKS is set but MEDGRAPH_OIDC_ISSUER is not")
        return self

    @property
    def keys(self) -> dict[str, Given]:
        """The API keys that are set, each with what it holds; those of the home come to them."""
        keys = {key.get_secret_value(): holds for key, holds in self.api_keys.items()}
        if self.api_key is not None:
            keys.setdefault(self.api_key.get_secret_value(), given.THE_KEY)
        return keys

    @property
    def audit_key_path(self) -> Path:
        """The file of the secret that seals the trail."""
        return self.audit_key.expanduser().absolute() if self.audit_key is not None else self.home / "audit.key"

    @property
    def loopback(self) -> bool:
        """Whether the server is reached from this machine alone."""
        return is_loopback(self.host)

    @property
    def graph_path(self) -> Path:
        """The file of a `sqlite:` graph."""
        name = self.graph_url.removeprefix("sqlite:")
        # Both sqlite:/path and the sqlite:///path of database URLs.
        if name.startswith("//"):
            name = name[2:]
        return Path(name).expanduser().absolute() if name else self.home / "graph.sqlite"

    def environment(self) -> dict[str, str]:
        """The environment in which another Python process reads these settings, but for what is secret, and finds
        the packages of this one."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("MEDGRAPH_")}
        rows = self.model_dump(mode="json", exclude=_SECRETS, exclude_none=True)
        said = {
            f"MEDGRAPH_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
            for name, value in rows.items()
        }
        path = os.pathsep.join(filter(None, (str(CHECKOUT), plain.get("PYTHONPATH"))))
        return {**plain, **said, "PYTHONPATH": path, "PYTHONUTF8": "1"}

    @classmethod
    def read(cls) -> Settings:
        """Read the environment. Raises BadSettings, which names the variable and never shows its value, also for one
        that is nearly the name of a setting: a misspelt one would be passed over."""
        if misspelt := _misspelt(os.environ):
            raise BadSettings("; ".join(f"{name} is no setting: did you mean {near}?" for name, near in misspelt))
        try:
            return cls()
        except pydantic.ValidationError as error:
            raise BadSettings("; ".join(_said(item) for item in error.errors(include_input=False))) from None
        except SettingsError as error:
            name = re.search(r'field "(\w+)"', str(error))
            raise BadSettings(f"MEDGRAPH_{name[1].upper() if name else '…'} is not valid JSON") from None


def _misspelt(names: Iterable[str]) -> list[tuple[str, str]]:
    """The names that are no setting's but nearly one's, each with that."""
    known = {f"{_PREFIX}{field.upper()}" for field in Settings.model_fields}
    strange = sorted(name for name in names if name.upper().startswith(_PREFIX) and name.upper() not in known)
    nearest = {name: get_close_matches(name.upper(), known, n=1, cutoff=_NEAR) for name in strange}
    return [(name, near[0]) for name, near in nearest.items() if near]


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine's own address or name."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def labels(values: tuple[str, ...]) -> frozenset[str]:
    """Access labels given one by one or with commas between them. Raises BadSettings for what is no label."""
    found = frozenset(label.strip() for value in values for label in value.split(",") if label.strip())
    for label in found:
        if not LABEL.fullmatch(label):
            raise BadSettings("an access label holds letters, digits and . _ : - only, such as patient:42")
    return found


def _said(item: ErrorDetails) -> str:
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"MEDGRAPH_{str(item['loc'][0]).upper()}: {message}" if item["loc"] else message
