"""Whether a message tells of an emergency, by its picture: `signs` that it names, `tables` of their words and
of the frames in which one speaks (who, when, asking or telling), `pictures` of signs that stand together, `weights` that put all of it together, `verdict` of a
message or a conversation, and `messages` that send for help and say what to do meanwhile.
"""
