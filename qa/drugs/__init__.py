"""What drugs mean for somebody: `regimen`, beside what a patient takes and has."""
