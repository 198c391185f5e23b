"""How the weights under models/ are made. Nothing here is imported to read a text.

What all courses share stands here: `corpora` (annotated texts), `course` (rates, the best epoch, the checkpoint),
`log`, `export` (to int8 ONNX); and `context`, a model of its own. Then `recognition/`, `linking/`, `relations/`. torch
is imported inside functions: a base install lacks it.
"""
