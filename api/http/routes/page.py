"""GET /: one page to try a question on, with the endpoints. It loads nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

_FILE = Path(__file__).resolve().parent.parent / "page.html"


@router.get("/")
def page(request: Request) -> HTMLResponse:
    """The page; its policy lets nothing run but the script that is in it."""
    document: dict[str, Any] = request.app.openapi()
    rows = [
        f"<tr><td><code>{escape(method.upper())}</code></td><td><code>{escape(path)}</code></td>"
        f"<td>{escape(operation.get('summary', ''))}</td></tr>"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    template = _FILE.read_text(encoding="utf-8")
    html = Template(template).substitute(version=escape(document["info"]["version"]), rows="\n".join(rows))
    script = html[html.index("<script>") + len("<script>") : html.index("</script>")]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": policy})
