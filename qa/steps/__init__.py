"""What plans are made of: `asking` (what a step works from), then the steps: `patient`, `candidates`, `facts`,
`presentation`, `definitions`, and `passages` by their `excerpt`."""
