"""What a Chinese text names beside what the recogniser of Chinese finds: `latin` (genes and variants in Latin letters,
by the names in `symbols`), put in their places by `placed`; `changes` (a measured thing that rises or falls)."""
