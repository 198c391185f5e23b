"""The recognizers: `pretrain`, `gazetteer`, `crf`, `ner` (English), `distil`, `chinese` with `e5`."""
