"""Training of what a sentence states: `corpora` (examples), `network`, `course` (the training), `export`, `gate`."""
