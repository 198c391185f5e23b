"""The relator: `corpora`, `items`, `forest`, `network`, `course` (the training), `score`, `calibration`, `export`."""
