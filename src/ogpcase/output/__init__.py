"""How anything is written: lines, colours and pages of a terminal, and the formats of other programs."""
