# Everything that is done with this repository. `make` alone lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup up down reset logs status env check test test-compose contracts bench lock

PYTHON ?= python3
PORT ?= 8080
PROCESSES ?=
PYTEST ?=
BIN := .venv/bin
READY := .venv/ready

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/; s/\$$\$$/$$/g' | expand -t 16

setup: $(READY)  ## The environment: .venv with everything of requirements.lock

$(READY): requirements.lock .python-version deploy/local/setup.sh $(wildcard */*/pyproject.toml)
	@PYTHON="$(PYTHON)" sh deploy/local/setup.sh
	@touch $(READY)

up: $(READY)  ## The product with a demo business, until Ctrl-C (PORT=8080 PROCESSES="availability=2" DETACH=1)
	@PORT=$(PORT) $(BIN)/sundial-local up $(if $(DETACH),--detach) $(PROCESSES:%=--processes=%)

down: $(READY)  ## End what `make up` started
	@$(BIN)/sundial-local down

reset: $(READY)  ## End it and delete its data (YES=1 does not ask)
	@$(BIN)/sundial-local reset $(if $(YES),--yes)

logs: $(READY)  ## What the parts said (PART=appointments FOLLOW=1)
	@$(BIN)/sundial-local logs $(PART) $(if $(FOLLOW),--follow)

status: $(READY)  ## Which parts run
	@$(BIN)/sundial-local status

env: $(READY)  ## The environment for the operator's command: eval "$$(make -s env)"
	@$(BIN)/sundial-local env

check: $(READY)  ## What can be said without a server: lint, format, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports --no-logo

test: check  ## Everything: unit, property, integration, architecture, gateway, end to end (PYTEST="-k slots")
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not compose" $(PYTEST)

test-compose: $(READY)  ## The compose file, really run on Docker or podman (COMPOSE_IMAGES=stand-ins)
	$(BIN)/python -m pytest -m compose tests/compose $(PYTEST)

contracts: $(READY)  ## Write the generated pages of docs/reference
	$(BIN)/python -m docs.generate

bench: $(READY)  ## Measure, and write docs/reference/performance.md
	$(BIN)/python -m tests.load

lock: $(READY)  ## Renew requirements.lock
	@sh deploy/local/uv.sh lock
	@sh deploy/local/uv.sh export -q --frozen --no-emit-workspace --no-header --all-packages --all-groups -o requirements.lock
