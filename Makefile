# Every target does its own set-up; a fresh Debian machine needs only git, make and Python 3.11.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# apt-get as root or through sudo
APT := $(if $(filter 0,$(shell id -u)),,sudo )apt-get
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run data test truth check bench lock clean tools

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/runtime  ## load the data (about a minute), or else the example region, and serve it on PORT (8501)
	$(BIN)/python -m data load --commit --or-example
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.headless true

data: $(VENV)/runtime  ## load or refresh the data, then say what there is
	$(BIN)/python -m data load --commit
	$(BIN)/python -m data status

test: check tools  ## all checks and tests, on both databases and in Chromium
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder

truth: $(VENV)/development  ## the words of sixty views beside the raw files; a part of `make test`
	$(BIN)/python -m pytest tests/truth

check: $(VENV)/development  ## lint, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p geo -p data
	$(BIN)/lint-imports

bench: $(VENV)/benchmarks tools  ## measure ratios against a peer or the naive way; fails when a target is missed
	@for benchmark in $(basename $(notdir $(wildcard benchmarks/[a-z]*.py))); do \
		echo "== $$benchmark"; $(BIN)/python -m benchmarks.$$benchmark || exit 1; done

lock: $(VENV)/development  ## make the hashed lock files from pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--strip-extras --allow-unsafe --no-header -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--strip-extras --allow-unsafe --no-header --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--strip-extras --allow-unsafe --no-header --extra dev --extra bench -c requirements-dev.lock \
		-o requirements-bench.lock pyproject.toml

clean:  ## remove the virtual environment and everything loaded
	rm -rf $(VENV) var

# Chromium for the journeys, PostGIS for the second database; skipped when both are there.
tools:
	@{ command -v chromium && ls /usr/share/postgresql/*/extension/postgis.control; } >/dev/null 2>&1 \
		|| { $(APT) update && DEBIAN_FRONTEND=noninteractive $(APT) install -y --no-install-recommends \
		chromium postgresql-postgis; }

$(BIN)/python:
	$(PYTHON) -c 'import ensurepip' || { $(APT) update && $(APT) install -y --no-install-recommends python3-venv; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.lock | $(BIN)/python
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	@touch $@

$(VENV)/development: requirements-dev.lock | $(BIN)/python
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/runtime

# What benchmarks compare with, on top of development: nothing else needs it.
$(VENV)/benchmarks: requirements-bench.lock $(VENV)/development | $(BIN)/python
	$(BIN)/pip install -q --require-hashes -r requirements-bench.lock
	@touch $@
