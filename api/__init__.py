"""The doors: command line, HTTP, settings, and the wiring that opens the parts.

Read in this order: `settings`, `wiring` (the only module that names adapters), `cli`, `app`, `routes/`.
Nothing imports this room.
"""
