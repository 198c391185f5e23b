"""What makes the encoder of passages: questions and passages that belong together come near to each other.

In this order: `base` (weights out of an ONNX file), `pairs` (questions with their passages, out of unlabelled
documents), `batches` (pairs that are easily confused, side by side), `contrast` (the training, and what is shipped).
"""
