# make crawl   sets up, then crawls the sample newsroom (or URL=https://…) into ./archive-data
# make test    sets up, then runs all tests
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARCHIVE ?= archive-data
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev crawl test lint format bench replay-env chromium clean

help:
	@grep -E '^# make' Makefile | sed 's/^# //'

$(VENV)/.runtime: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tearsheet needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (choose another with: make PYTHON=python3.12 …)")'
	@echo "Setting up $(VENV) (once; about a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Setting up the development tools …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev

crawl: setup
	@$(BIN)/tearsheet --archive "$(ARCHIVE)" crawl $(if $(URL),"$(URL)",--sample) $(CRAWL_OPTIONS)
