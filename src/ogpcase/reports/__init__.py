"""The questions people ask of cases. The files of each stand together: `rows` compute, `text` draws, `tables` write."""
