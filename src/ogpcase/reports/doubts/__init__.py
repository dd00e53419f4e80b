"""What is contradicted, uncertain or unsourced."""
