"""The OpenAPI document: errors as they are sent, with an example each."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import problems
from api.http.doorkeeper import needed
from api.schemas.state import ProblemOut

_DESCRIPTION = """\
A medical knowledge graph joined with passage retrieval. Answers are cited sentence by sentence, or abstain and say why.

**Keys.** Send `Authorization: Bearer KEY` where the server has keys. A key holds access labels such as `public` or
`patient:42`; nobody can give themselves one. Its scopes say what it may do: `read` asks and looks up, `write` also adds
documents and changes or deletes those of the key's owner, `admin` also those of others that its labels show, `metrics`
reads figures of the service and nothing else; each operation names the scope that it needs, and `/v1/me` tells what a
key holds. A server without keys listens on loopback alone and shows what is public.

**Errors** are `application/problem+json` (RFC 9457). They hold nothing of the request but the
name of a field that is not known.
"""

# What every operation can answer; the rest by path.
_ALWAYS = (
    problems.UNKNOWN_HOST,
    problems.INVALID,
    problems.UNAUTHORISED,
    problems.TOO_MANY,
    problems.STORE_DOWN,
    problems.OVERLOADED,
    problems.ISSUER_DOWN,
    problems.INTERNAL_ERROR,
)
_MORE = {
    "/v1/answers": (problems.FORBIDDEN, problems.TOO_LARGE),
    "/v1/differential": (
        problems.FORBIDDEN,
        problems.TOO_LARGE,
        problems.UNKNOWN_ENTITY,
        problems.BAD_SOURCE,
        problems.NO_SOURCE,
    ),
    "/v1/differential/{id}": (problems.NO_RANKING,),
    "/v1/differential/{id}/answers": (problems.NO_RANKING, problems.TOO_LARGE, problems.NO_SOURCE),
    "/v1/drugs/check": (
        problems.FORBIDDEN,
        problems.TOO_LARGE,
        problems.UNKNOWN_ENTITY,
        problems.BAD_SOURCE,
        problems.NO_SOURCE,
    ),
    "/v1/drugs": (problems.UNKNOWN_NAME,),
    "/v1/drugs/for": (problems.UNKNOWN_NAME, problems.BAD_CURSOR),
    "/v1/drugs/{id}": (problems.UNKNOWN_NAME,),
    "/v1/repurpose": (problems.UNKNOWN_NAME, problems.NOT_FOUND_HERE),
    "/v1/chat/completions": (problems.TOO_LARGE,),
    "/v1/search": (problems.FORBIDDEN, problems.UNKNOWN_ENTITY, problems.NOT_FOUND_HERE, problems.BAD_CURSOR),
    "/v1/search/sources": (problems.FORBIDDEN,),
    "/v1/entities/{id}": (problems.UNKNOWN_ENTITY,),
    "/v1/entities/{id}/neighbours": (problems.UNKNOWN_ENTITY, problems.BAD_CURSOR),
    "/v1/relations": (problems.UNKNOWN_ENTITY, problems.NOT_FOUND_HERE, problems.BAD_CURSOR),
    "/v1/assertions": (problems.UNKNOWN_ENTITY, problems.NOT_FOUND_HERE, problems.BAD_CURSOR),
    "/v1/assertions/{id}": (problems.NOT_FOUND_HERE,),
    "/v1/why": (problems.UNKNOWN_ENTITY, problems.NOT_FOUND_HERE),
    "/v1/paths": (problems.UNKNOWN_ENTITY, problems.NOT_FOUND_HERE),
    "/v1/documents": (problems.FORBIDDEN, problems.TOO_LARGE, problems.STORAGE_FULL, problems.BAD_CURSOR),
    "/v1/sources": (problems.BAD_CURSOR,),
    "/v1/jobs": (problems.BAD_CURSOR,),
    "/v1/documents/{id}": (problems.NOT_FOUND_HERE,),
    "/v1/jobs/{id}": (problems.NOT_FOUND_HERE,),
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The document of `app`, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=_DESCRIPTION, routes=app.routes, tags=app.openapi_tags
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        made = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= made.pop("$defs", {})
        schemas["ProblemOut"] = made
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                _errors(path, method, operation["responses"])
                if "security" in operation:
                    # The roles that OpenAPI 3.1 lets a requirement name.
                    scope = [] if path == "/v1/me" else [needed(method.upper(), path)]
                    operation["security"] = [{"HTTPBearer": scope}]
        app.openapi_schema = document
    return app.openapi_schema


def _errors(path: str, method: str, responses: dict[str, Any]) -> None:
    responses.pop("422", None)
    if not path.startswith("/v1/"):
        return
    by_status: dict[int, list[problems.Problem]] = {}
    scope = () if path == "/v1/me" else (problems.NO_SCOPE,)
    foreign = () if method == "get" else (problems.FOREIGN,)
    for problem in (*_ALWAYS, *scope, *foreign, *_MORE.get(path, ())):
        by_status.setdefault(problem.status, []).append(problem)
    for status, found in by_status.items():
        responses[str(status)] = {
            "description": " or ".join(dict.fromkeys(problem.title for problem in found)),
            "content": {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/ProblemOut"},
                    "examples": {problem.slug: {"value": problem.body()} for problem in found},
                }
            },
        }
