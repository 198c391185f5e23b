"""Writers of tagged documents, the counterpart of `ingest.sources`: PubTator, BioC and JSON Lines."""
