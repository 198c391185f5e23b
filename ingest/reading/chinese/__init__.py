"""What a Chinese text names beside what the recogniser of Chinese finds: `latin` (genes and variants in Latin letters,
by the symbols that `linking` knows by heart), put in their places by `placed`; `changes` (a measured thing that rises
or falls)."""
