# Every target does its own set-up; a fresh Debian machine needs only git, make and Python 3.11, 3.12 or 3.13.
# The first of these that is there; `make PYTHON=/path/to/python run` takes another.
VERSIONS := 3.11 3.12 3.13
IS_KNOWN := import sys; sys.exit(".".join(map(str, sys.version_info[:2])) not in "$(VERSIONS)".split())
PYTHON ?= $(shell for python in python3 $(addprefix python,$(VERSIONS)); do \
	$$python -c '$(IS_KNOWN)' 2>/dev/null && { echo $$python; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8501
# apt-get as root or through sudo
APT := $(if $(filter 0,$(shell id -u)),,sudo )apt-get
# What npm writes when it has installed all of package-lock.json.
NODE_TOOLS := node_modules/.package-lock.json
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Packages are installed uncompiled: where Python may not keep what it compiled, every start would compile all again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run data extras test suite quick matrix truth check lint types bench pictures lock clean tools

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/runtime  ## set up (the first time some minutes, nearly all of it pip), load the real data (about a minute) or else the example (seconds), serve on PORT (8501)
	@echo "== loading; the first lines come after some seconds"
	$(BIN)/python -m data load --commit --or-example
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.headless true

data: $(VENV)/runtime  ## load or refresh the real data (about a minute), then say what there is
	@echo "== loading; the first lines come after some seconds"
	$(BIN)/python -m data load --commit
	$(BIN)/python -m data status

extras: $(VENV)/extras  ## what only roads (.osm.pbf), grids (GeoTIFF) or PostGIS need (a download of 40 MB)

test: lint tools  ## all checks and tests, on both databases, in Node and in Chromium (15 to 25 minutes)
	@$(MAKE) --no-print-directory -j2 types suite

# Types are checked on the core that tests leave idle.
suite: $(VENV)/development tools  ## the tests alone
	VENV=$(VENV) npm test --silent
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder

quick: $(VENV)/development  ## lint, and tests that need no database, browser or real data (two to three minutes)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder --quick

matrix: tools  ## `make test` with each Python of 3.11, 3.12 and 3.13 that is there
	@for version in $(VERSIONS); do \
		if python$$version -c '$(IS_KNOWN)' 2>/dev/null; then \
			echo "== Python $$version"; \
			$(MAKE) VENV=.venv-$$version PYTHON=python$$version test || exit 1; \
		else echo "== Python $$version is not on this machine: not tried"; fi; done

truth: $(VENV)/development  ## the words of views beside the raw files; a part of `make test`
	$(BIN)/python -m pytest -n 2 tests/truth

check: lint types  ## lint (scripts and style sheets too), format, import contracts and types

lint: $(VENV)/development $(NODE_TOOLS)  ## the checks of a few seconds: lint, format, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	npm run --silent lint

types: $(VENV)/development  ## check types (most of a minute)
	$(BIN)/mypy -p geo -p data -p layers

# All of them, whatever the first ones find: what missed its target is named at the end.
bench: $(VENV)/benchmarks tools  ## measure ratios against a peer or the naive way; fails when a target is missed (an hour)
	@missed=""; for benchmark in $(basename $(notdir $(wildcard benchmarks/[a-z]*.py))); do \
		echo "== $$benchmark"; $(BIN)/python -m benchmarks.$$benchmark || missed="$$missed $$benchmark"; done; \
	test -z "$$missed" || { echo "error: targets missed by:$$missed" >&2; exit 1; }

pictures: $(VENV)/development tools  ## take the pictures of docs/guide anew, on what is loaded (half a minute); look at them before a commit
	$(BIN)/python -m tests.support.guide_pictures

EXTRAS := --extra roads --extra grids --extra postgis
COMPILE = $(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	--strip-extras --allow-unsafe --no-header pyproject.toml
OWN_PINS = $(BIN)/python packaging/own_pins.py
lock: $(VENV)/development  ## make the hashed lock files from pyproject.toml
	$(COMPILE) -o requirements.lock
	$(COMPILE) $(EXTRAS) -c requirements.lock -o requirements-extras.lock
	$(COMPILE) $(EXTRAS) --extra dev -c requirements-extras.lock -o requirements-dev.lock
	$(COMPILE) $(EXTRAS) --extra dev --extra bench -c requirements-dev.lock -o requirements-bench.lock
	$(OWN_PINS) requirements-bench.lock requirements-dev.lock
	$(OWN_PINS) requirements-dev.lock requirements-extras.lock
	$(OWN_PINS) requirements-extras.lock requirements.lock

clean:  ## remove the virtual environment, Node's tools and everything loaded
	rm -rf $(VENV) node_modules var

# Chromium for the journeys, PostGIS for the second database, Node for the scripts of maps; nothing when all are there.
tools: $(NODE_TOOLS)
	@{ command -v chromium && ls /usr/share/postgresql/*/extension/postgis.control; } >/dev/null 2>&1 \
		|| { $(APT) update && DEBIAN_FRONTEND=noninteractive $(APT) install -y --no-install-recommends \
		chromium postgresql-postgis; }

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "error: expected Python 3.11, 3.12 or 3.13, found \
	$$(python3 --version 2>/dev/null || echo none); install one (Debian: apt-get install python3), or name it: \
	make PYTHON=/path/to/python3.12 run" >&2; exit 1; }
	@$(PYTHON) -c '$(IS_KNOWN)' 2>/dev/null || { echo "error: expected Python 3.11, 3.12 or 3.13, found \
	$$($(PYTHON) --version 2>/dev/null || echo none that is called $(PYTHON)); \
	leave PYTHON out to look for one, or name another" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(APT) update && $(APT) install -y --no-install-recommends python3-venv; }
	@echo "== a virtual environment in $(VENV), with $$($(PYTHON) --version)"
	$(PYTHON) -m venv $(VENV)

INSTALL = $(BIN)/python packaging/install.py

# Python compiles what it imports the first time. What only pages import is compiled beside the load that follows.
$(VENV)/runtime: requirements.lock | $(BIN)/python
	@echo "== pip: about 330 MB to download, a line for each package; then half a minute to unpack 1.0 GB"
	$(INSTALL) requirements.lock
	@touch $@
	@$(BIN)/python -c 'import streamlit.web.cli, layers.server, layers.main, layers.screens.first' >/dev/null 2>&1 &

$(VENV)/extras: requirements.lock requirements-extras.lock | $(BIN)/python
	@echo "== pip: what roads, grids and PostGIS need, about 40 MB to download"
	$(INSTALL) requirements-extras.lock
	@touch $@ $(VENV)/runtime

$(VENV)/development: requirements.lock requirements-extras.lock requirements-dev.lock | $(BIN)/python
	@echo "== pip: the application with all extras and what tests need, about 480 MB to download, 1.5 GB on disk"
	$(INSTALL) requirements-dev.lock
	@touch $@ $(VENV)/runtime $(VENV)/extras

# Another source of Node brings its own npm, which Debian's would push out: so only where there is none.
$(NODE_TOOLS): package.json package-lock.json
	@command -v npm >/dev/null || { $(APT) update && DEBIAN_FRONTEND=noninteractive $(APT) install -y \
		--no-install-recommends nodejs npm; }
	@echo "== npm: linters of scripts and style sheets, about 10 MB to download"
	npm ci --no-progress
	@touch $@

# What benchmarks compare with, on top of development: nothing else needs it.
$(VENV)/benchmarks: requirements-bench.lock $(VENV)/development | $(BIN)/python
	$(INSTALL) requirements-bench.lock
	@touch $@
