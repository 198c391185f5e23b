"""The routes of the HTTP API, one module a subject; each holds a `router`. `answers` is the one to read first."""
