# Everything that is done with this repository. `make` alone lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup build up down reset logs status env check test stories pictures lighthouse test-compose contracts bench lock

PYTHON ?= python3
PORT ?= 8080
PROCESSES ?=
PYTEST ?=
BIN := .venv/bin
READY := .venv/ready
WEB := apps/web
WEB_READY := $(WEB)/node_modules/ready
WEB_BUILT := $(WEB)/dist/.vite/manifest.json
WEB_SOURCES = $(wildcard $(WEB)/*.html $(WEB)/*.config.ts $(WEB)/build/*) $(shell find $(WEB)/src -type f)
NPM := sh deploy/local/npm.sh --prefix $(WEB)
LIGHTHOUSE := $(WEB)/tools/lighthouse
LIGHTHOUSE_READY := $(LIGHTHOUSE)/node_modules/ready

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/; s/\$$\$$/$$/g' | expand -t 16

setup: $(READY) $(WEB_READY)  ## The environment: .venv and node_modules, with everything of the lock files

$(READY): requirements.lock .python-version deploy/local/setup.sh $(wildcard */*/pyproject.toml)
	@PYTHON="$(PYTHON)" sh deploy/local/setup.sh
	@touch $(READY)

$(WEB_READY): $(WEB)/package-lock.json | $(READY)
	@sh deploy/local/npm.sh --install
	@echo "Installing what $(WEB)/package-lock.json names" >&2
	@$(NPM) ci --silent --prefer-offline >&2
	@touch $(WEB_READY)

$(LIGHTHOUSE_READY): $(LIGHTHOUSE)/package-lock.json | $(WEB_READY)
	@echo "Installing what $(LIGHTHOUSE)/package-lock.json names" >&2
	@sh deploy/local/npm.sh --prefix $(LIGHTHOUSE) ci --silent --prefer-offline >&2
	@touch $(LIGHTHOUSE_READY)

$(WEB_BUILT): $(WEB_SOURCES) $(WEB_READY)
	@echo "Building $(WEB)" >&2
	@$(NPM) run --silent build -- --logLevel warn >&2
	@touch $(WEB_BUILT)

build: $(WEB_BUILT)  ## The front end, as the gateway serves it

up: $(READY) $(WEB_BUILT)  ## The product with a demo business, until Ctrl-C (PORT=8080 PROCESSES="availability=2" DETACH=1)
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

check: $(READY) $(WEB_READY)  ## What can be said without a server: lint, format, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports --no-logo
	$(NPM) run --silent check

test: check $(WEB_BUILT) $(LIGHTHOUSE_READY)  ## Everything: unit, property, integration, architecture, gateway, end to end (PYTEST="-k slots")
	$(NPM) run --silent test
	@$(MAKE) --no-print-directory stories
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not compose and not alone" $(PYTEST)
	$(if $(PYTEST),,$(BIN)/python -m pytest -s -m alone tests/e2e/web/test_lighthouse.py tests/faults/test_live_kills.py)

stories: $(READY) $(WEB_READY)  ## The stories of the front end, each as a test in Chromium with axe
	CHROMIUM="$$($(BIN)/python -m tests.servers.chromium)" && export CHROMIUM && $(NPM) run --silent stories

pictures: $(READY) $(WEB_BUILT)  ## Keep new pictures of the screens, and what screen readers are told: look at them before you commit them
	PICTURES=$(if $(PYTEST),some,all) $(BIN)/python -m pytest tests/e2e/web/test_pictures.py tests/e2e/web/test_screen_readers.py $(PYTEST)

lighthouse: $(READY) $(WEB_BUILT) $(LIGHTHOUSE_READY)  ## What Lighthouse says of the wizard and of the owner's screens (in `test` too)
	$(BIN)/python -m pytest -s -m alone tests/e2e/web/test_lighthouse.py

test-compose: $(READY)  ## The compose file, really run on Docker or podman (COMPOSE_IMAGES=stand-ins)
	$(BIN)/python -m pytest -m compose tests/compose $(PYTEST)

contracts: $(READY) $(WEB_READY)  ## Write the generated pages of docs/reference, and the web's types of the API
	$(BIN)/python -m docs.generate
	$(NPM) run --silent api

bench: $(READY)  ## Measure, and write docs/reference/performance.md
	$(BIN)/python -m tests.load

lock: $(READY)  ## Renew requirements.lock
	@sh deploy/local/uv.sh lock
	@sh deploy/local/uv.sh export -q --frozen --no-emit-workspace --no-header --all-packages --all-groups -o requirements.lock
