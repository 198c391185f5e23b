"""What an answer rests on: `kinds`, `why` each is there, `wording` and `frequency` of facts, `records`, `material`,
`bundle`."""
