"""What a reader asks for, as rows: numbers, texts and names, never strings with colour or width."""
