"""What an answer rests on: `kinds`, `why` each is there and how it is `cited`, the `wording` of facts, `qualifying` and
`frequency`, the `statement` made of them, `records`, `material`, `bundle`."""
