"""The doors: command line, HTTP and jobs, the settings they read, and the wiring that opens the parts.

Read in this order: `settings`, `home`, `parts` and `wiring` (the only module that names adapters), `work` (what the
doors have done, under the `lock` of a home), `problems` (every error of `errors` with its HTTP status and exit code),
`schemas` and `lookup` (one shape for both doors), then the doors: `cli/`, `http/`, `jobs/` (uploads, read in the
background), `guide/`, and `pipeline` for spaCy. Nothing imports this room.
"""
