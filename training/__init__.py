"""How the weights under models/ are made. Nothing here is imported to read a text.

Read in this order: `corpora` (annotated texts), `pretrain` (an encoder reads unlabelled text), `gazetteer` (names of
the field), `crf` and `ner` (the English recognizer), `chinese` (the Chinese one), `linker`, `context`, `relations`,
`export` (to int8 ONNX), `log`. torch is imported inside functions: a base install lacks it.
"""
