# Thin names over commands; .ci/run is the one that decides.
PYTHON ?= .venv/bin/python
BIN = $(dir $(PYTHON))

.PHONY: check fix bless schemas

check:
	.ci/run

fix:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

bless:
	OGPCASE_BLESS=1 $(PYTHON) -m pytest -q tests

schemas:
	$(BIN)ogpcase schema
