PYTHON ?= python3
BIN := .venv/bin

.venv/ready: requirements-dev.txt
	$(PYTHON) deploy/make_venv.py .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

.PHONY: setup demo test lint bench train
setup: .venv/ready

demo: setup
	$(BIN)/python bot.py demo

lint: setup
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -q -n auto tests

bench: setup
	$(BIN)/python bot.py bench

train: setup
	$(BIN)/python bot.py train
