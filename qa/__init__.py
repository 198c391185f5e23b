"""From a question to a cited answer.

Read in this order: `model` (the words), `view` (what the asker may see), then `answer`, which is the whole way on one
page and calls the rest: `asked`, one of the `plans` with its `steps`, `writing`, `checking`.
"""
