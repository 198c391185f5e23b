"""Whether a message tells of an emergency, by its picture: the `signs` that it names, the `tables` of their words and
of the frames in which one speaks (who, when, asking or telling), the `pictures` of signs that stand together, the
`features` of all that and their `weights`, the `verdict` of a message or a conversation, and the `messages` that send
for help and say what to do meanwhile.
"""
