"""The commands of `medgraph`, one module each; `common` holds what they share, `progress` what they draw.

A module imports click alone, so that `--help` is quick; the rest is imported when its command runs.
"""
