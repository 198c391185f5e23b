"""What learns which drugs, and which genes, a disease may be given by the paths to it: `pairs` (what is learnt from),
`features` (their path counts, each without the edge it is to foretell), `fit` (the model)."""
