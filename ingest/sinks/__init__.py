"""Writers, the counterpart of `ingest.sources`: of tagged documents PubTator, BioC and JSON Lines; of the graph
KGX, SSSOM and OBO Graphs. `output` is a file that is taken up again, `whole` one that is there whole or not at all.
"""
