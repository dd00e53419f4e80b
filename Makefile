# Thin names over commands; .ci/run is the one that decides.
PYTHON ?= .venv/bin/python
BIN = $(dir $(PYTHON))
UV ?= uv
PIN = $(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate --no-emit-index-url \
  --custom-compile-command "make pins"

.PHONY: check hard bench fix bless schemas pictures site messages pins

check:
	.ci/run

# Every test with all its trials: see docs/reliability.md and tests/trials.py.
hard:
	OGPCASE_HARD=1 $(PYTHON) -m pytest -q -rs

# Writes benchmarks/RESULTS.md; SIZES=100000 adds the large corpus. How to read it: benchmarks/README.md.
bench:
	$(PYTHON) -m benchmarks $(if $(SIZES),--sizes $(SIZES))

fix:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

bless:
	OGPCASE_BLESS=1 $(PYTHON) -m pytest -q tests

# Draws docs/img, what each view looks like on a terminal.
pictures:
	$(PYTHON) docs/pictures.py

# Writes the site of the documents to build/site, in an environment of its own.
site:
	$(PYTHON) -m venv build/sphinx
	build/sphinx/bin/pip install --quiet --no-compile --constraint requirements/docs.txt --requirement requirements/docs.in
	build/sphinx/bin/python -m sphinx --quiet --jobs auto --fresh-env --fail-on-warning --keep-going --conf-dir docs \
	  --doctree-dir build/doctrees . build/site
	$(PYTHON) .ci/pages.py build/site

schemas:
	$(BIN)ogpcase schema

# Brings the catalogues of messages up to date with the code: see CONTRIBUTING.md.
messages:
	$(PYTHON) -m tests.catalogues

# Needs uv (`pip install uv`); what the files are for stands in docs/ci.md.
pins:
	$(PIN) --extra dev --resolution lowest-direct pyproject.toml requirements/build.in --output-file requirements/lowest.txt
	$(PIN) --extra dev pyproject.toml requirements/build.in --output-file requirements/tested.txt
	$(PIN) --extra dev --generate-hashes pyproject.toml requirements/build.in --output-file requirements/ci.txt
	$(PIN) --generate-hashes pyproject.toml requirements/build.in --output-file requirements/action.txt
	$(PIN) --generate-hashes requirements/audit.in --output-file requirements/audit.txt
	$(PIN) requirements/docs.in --output-file requirements/docs.txt
	$(PIN) --constraint requirements/tested.txt --extra browser --extra dev --generate-hashes pyproject.toml requirements/build.in --output-file requirements/browser.txt
	$(PIN) --constraint requirements/tested.txt pyproject.toml requirements/readers.in --output-file requirements/readers.txt
