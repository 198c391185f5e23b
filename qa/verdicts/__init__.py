"""Verdicts without any model: by the graph whether a statement holds and which of some choices fits (`relation`,
`aliases`, `thing`, `claim`, `ties`, then `whether` and `choice`), by texts what studies found (`concluding`, `cues`,
`features`, `findings`)."""
