# The front door. `make` alone lists what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PAPERS := $(BIN)/papers
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup site build snapshot serve test check format bench bench-made schema screenshots clean

help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(VENV)/.installed ## set up .venv/, and do nothing else

site: $(VENV)/.installed ## snapshot the feed where it can be reached, then build site/
	@$(PAPERS) site $(ARGS)

build: $(VENV)/.installed ## build site/ from content/
	@$(PAPERS) build $(ARGS)

snapshot: $(VENV)/.installed ## snapshot the feed; fails where it cannot be reached
	@$(PAPERS) snapshot $(ARGS)

serve: $(VENV)/.installed ## build, and show the site at http://localhost:8000/
	@$(PAPERS) serve $(ARGS)

test: $(VENV)/.installed-dev ## run every test
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: $(VENV)/.installed-dev ## lint, types, floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.installed-dev ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev ## measure the real days (needs ../shared/data)
	@$(BIN)/python -m tests.bench.real_days $(ARGS)

bench-made: $(VENV)/.installed-dev ## measure builds of 10,000 made papers (ARGS="--papers 30000")
	@$(BIN)/python -m tests.bench.builds $(ARGS)

schema: $(VENV)/.installed ## write content/archive.schema.json, which editors read, from the settings
	@$(BIN)/python -m generator.schema content/archive.schema.json

screenshots: $(VENV)/.installed-dev ## take pictures of every kind of page into screenshots/
	@$(BIN)/python -m tests.screenshots $(ARGS)

clean: ## remove everything that was built or installed
	rm -rf site .cache $(VENV) screenshots

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed, and $(PYTHON) is older or missing. Say which to use: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV)/ …"
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
