"""Patients' records in FHIR R4: `bundles` (the reader), `resource`, `facts`, `notes`, `patient`, `deidentify`."""
