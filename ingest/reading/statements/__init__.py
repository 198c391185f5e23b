"""What a sentence states of its mentions, all predicates at once, by a trained network; English and Chinese.

Read in this order: `labels` (what is asked of a pair), `units` (what is read at once), `marking` (a unit as the network
reads it), `gate` (which units it is asked of), `reader` (the relator).
"""
