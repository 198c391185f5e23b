"""What drugs do together, and to somebody.

`check` is where to begin: `names` and `substances` say what is meant, `standing` of what classes it is, `interactions`
and `enzymes` what is stated of two and what follows, `cautions` what speaks against one for a `person`, `searched` where
was looked. `regimen` is what plans read beside what a patient takes and has.
"""
