PYTHON ?= python3
BIN := .venv/bin

.venv/ready: requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

.PHONY: setup test
setup: .venv/ready

test: setup
	$(BIN)/python -m pytest -q tests

