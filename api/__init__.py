"""The doors: command line, HTTP, settings, and the wiring that opens the parts.

Read in this order: `settings`, `wiring` (the only module that names adapters), `problems` (every error with its HTTP
status and exit code), `cli` and `commands/`, `schemas` (one shape for both doors), `access` (who may see what), `app`
and `routes/`, `jobs` (uploads, read in the background), `lock` (one writer at a time).
Nothing imports this room.
"""
