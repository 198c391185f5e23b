"""What Neo4j Browser loads after connecting: the guide, made from `guide_queries`, and the style of its graphs.

Neo4j Browser is a page of another origin (Neo4j's own HTTP port), so both are served with CORS, the preflight
included. They hold no data, only queries, and need no key: it is Neo4j that asks for a password.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urljoin

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from graph.neo4j.guide_blocks import GuideQuery, Slide
from graph.neo4j.guide_queries import SLIDES

FILES = Path(__file__).resolve().parents[2] / "guide"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "600",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}
# The Browser's own style leaves fields without a border.
FIELD = "border: 1px solid #848484; border-radius: 3px; padding: 4px 8px; background: #ffffff; color: #333333"

router = APIRouter(include_in_schema=False)


@router.get("/guide.html")
def guide(request: Request) -> Response:
    """The guide as HTML in the dialect of Neo4j Browser."""
    page = render(urljoin(str(request.url), "style.grass"))
    return HTMLResponse(page, headers={**CORS, "Cache-Control": "no-cache"})


@router.get("/style.grass")
def style() -> Response:
    """Captions, colours and sizes of nodes and edges."""
    text = (FILES / "style.grass").read_text(encoding="utf-8")
    return PlainTextResponse(text, headers={**CORS, "Cache-Control": "no-cache"})


@router.options("/guide.html")
@router.options("/style.grass")
def preflight() -> Response:
    """What the Browser asks before it fetches from another origin."""
    return Response(status_code=204, headers=CORS)


def render(style_url: str) -> str:
    """The page; its first slide can load the style at `style_url` again."""
    template = Template((FILES / "guide.html").read_text(encoding="utf-8"))
    slides = [_slide(slide, number, style_url) for number, slide in enumerate(SLIDES, 1)]
    return template.substitute(slides="\n".join(slides))


def _slide(slide: Slide, number: int, style_url: str) -> str:
    load = f'<button class="btn btn-cta" data-exec="style {escape(style_url)}">Load colours and captions again</button>'
    button = f"<p>{load}</p>" if number == 1 else ""
    blocks = "\n".join(_block(query) for query in slide.queries)
    return f"""\
    <slide class="row-fluid">
      <div class="col-sm-3">
        <h3>{escape(slide.title)}</h3>
        <p class="lead" lang="zh">{escape(slide.chinese)}</p>
        <p>{escape(slide.text)}</p>{button}
      </div>
      <div class="col-sm-9">
{blocks}
      </div>
    </slide>"""


def _block(query: GuideQuery) -> str:
    """One query with a field for each name in it: the Browser copies what is typed there into the query."""
    cypher = escape(query.cypher, quote=False)
    fields = ""
    for number, name in enumerate(query.names):
        key = f"{query.key}-{number}"
        shown = escape(name)
        cypher = cypher.replace(f'"{shown}"', f'"<span value-key="{key}">{shown}</span>"')
        fields += f'<input type="text" value-for="{key}" value="{shown}" size="30" style="{FIELD}" /> '
    return f"""\
        <h4>{escape(query.caption)}</h4>
        {f"<p>{'Name · 名称' if len(query.names) == 1 else 'Names · 名称'} {fields.strip()}</p>" if fields else ""}
        <figure><pre mode="cypher" class="highlight code runnable" id="{query.key}">{cypher}</pre></figure>"""
