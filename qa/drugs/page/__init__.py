"""What is known of one drug, and which drugs are for a disease: `model`, a module a section, `gather` over all."""
