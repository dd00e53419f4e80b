"""The public register: pages made from the rows of the terminal's views. Nothing else knows jinja2."""
