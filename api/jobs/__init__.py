"""Ingestion in the background: `uploads` (files on disk), `table` (what is known of a job), `worker` (what runs them).

A job is in the table before its id is given out, and its uploads stay until it has ended; so what a killed server left
half-way is taken up at the next start. Ingesting is idempotent: going on means running the job again.
"""
