"""What was written: documents cut into passages, their vectors, and the search over both.

Read in this order: `model` (the words), `encoder` and `index` (the two protocols), `passages` (the text of record, its
statements in `passage_sql`, its rows in `passage_rows`, its writing in `passage_write`, what it can be filtered by in
`passage_filters`, the sum over it in `passage_fingerprint`, the vectors of another encoder in `next_vectors`, made by
`reencoding`, how many a filter lets through in `totals`), `followed_index` (the index that follows it), `dense` (an
index for each of the `families` of languages, by `family_vectors`, their encoders joined by `family_encoder`),
`glossary` (a question's words in the other language), `search` (lexical and dense joined), `opening` (encoders by
name); then the adapters `onnx_encoder`, `sentence_transformer_encoder` and `faiss_index` (its kind chosen by
`index_choice`, its lists in `inverted_file`, its keys in `key_rows`, what a search may find in `selection`, kept on
disk by `saved_index`).
"""
