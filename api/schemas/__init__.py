"""What goes in and out of both doors, HTTP and `--json`: one shape for each thing, with examples for OpenAPI.

`answers`, `drugs`, `search`, `graph`, and `state` (jobs, failures, parts, problems).
"""
