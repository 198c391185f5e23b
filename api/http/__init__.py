"""The HTTP door. Read `app` first (what is opened with it, errors, limits), then `access` (who may see what),
`dependencies` (what a route is given), `routes/`, `chat_schemas` (the dialect of OpenAI clients), `openapi`, `server`.
"""
