"""The questions people ask of cases. Each has a package: `rows` computes, `text` draws, `tables` writes."""
