"""The HTTP door: `app` (what is opened with it), `access` (who may see what), `routes/`, `openapi`, `server`."""
