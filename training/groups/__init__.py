"""What makes `models/disease-groups`: `assign` (which group a disease belongs to), `names` (what its findings are
called), `simulate` and `written` (texts to learn from), `fit`, `learn`."""
