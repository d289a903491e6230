# make crawl  sets up, then crawls the sample newsroom (or URL=https://…) into ./archive-data
# make test    sets up, then runs all tests
# make lint    style, types, import rules
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARCHIVE ?= archive-data
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Installs the packages of a file and says so; on a terminal it counts them. What pip says is shown when it fails.
define install
words="  $(1)  $$(grep -c '^[^ #]*==' $(2)) packages of $(2), each compared with its hash"
if [ -t 1 ]; then count=1; else count=0; fi
echo "$$words"
if $(BIN)/python -m pip install --require-hashes -r $(2) 2>&1 | tee $(VENV)/install.log \
  | awk -v count=$$count 'count && /^Collecting /{printf "\r          %d", ++n; fflush()} count && /^Installing /{printf "\r          unpacking"; fflush()} END{if (count) printf "\r                   \r"}'
then :; else cat $(VENV)/install.log; exit 1; fi
endef

.PHONY: help setup setup-dev crawl test lint format bench replay-env chromium clean

help:
	@grep -E '^# make' Makefile | sed 's/^# //'

$(VENV)/.runtime: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tearsheet needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (choose another with: make PYTHON=python3.12 …)")'
	@echo "Setting up $(VENV), once:"
	@echo "  1 of 3  an environment of its own, with $$($(PYTHON) --version)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(call install,2 of 3,requirements.txt)
	@echo "  3 of 3  Tearsheet itself"
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e . 2>$(VENV)/install.log || { cat $(VENV)/install.log; exit 1; }
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Setting up the development tools, once:"
	@$(call install,1 of 1,requirements-dev.txt)
	@touch $@

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev

crawl: setup
	@$(BIN)/tearsheet --archive "$(ARCHIVE)" crawl $(if $(URL),"$(URL)",--sample) $(CRAWL_OPTIONS)

test: setup-dev chromium
	@$(BIN)/python -m pytest -n auto --dist loadfile $(TEST_OPTIONS)

lint: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# make bench   prints what a page costs; BENCH=tests/bench/bench_capture_table.py runs one of them; BENCH=tests/bench/bench_peers.py
#              compares with other extractors, in an environment of their own
BENCH ?= $(sort $(filter-out tests/bench/bench_peers.py,$(wildcard tests/bench/bench_*.py)))
bench: setup-dev
	@for script in $(BENCH); do echo; echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

# pywb's own environment, made beforehand; `tearsheet replay` makes it on first use otherwise.
replay-env: setup
	@$(BIN)/python -c 'from archive.replay.environment import ensure; print(ensure(say=print))'

# Chromium opens replayed pages in tests; without it they are skipped and say so.
chromium:
	@if command -v chromium >/dev/null 2>&1; then exit 0; fi
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	  echo "Installing Debian's chromium for the browser tests …"
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/tmp/tearsheet-chromium.log 2>&1 \
	    || echo "chromium could not be installed (see /tmp/tearsheet-chromium.log): the browser tests will be skipped"
	else
	  echo "No chromium here: the browser tests will be skipped. To run them: sudo apt-get install chromium"
	fi

clean:
	rm -rf $(VENV) .replay-venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache
