# "make help" says what can be done here.
PORT ?= 6543
VAR ?= var
VENV ?= .venv
INI ?= development.ini
ARGS ?=
# As many tests at a time, one more than cores: some always wait for a browser or a database.
# 0 runs them one after the other, as a debugger wants it.
WORKERS ?= $(shell expr $$(nproc) + 1)

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/wielkopolskaes.po)

# The environment may name another folder or address than VAR and PORT say.
run dev demo: export WIELKOPOLSKAES_VAR ?= $(abspath $(VAR))
run dev demo: export WIELKOPOLSKAES_BASE_URL ?= http://localhost:$(PORT)

.PHONY: help
help: ## this list
	@echo "make TARGET, with PORT=$(PORT) VAR=$(VAR) VENV=$(VENV) when other values are wanted:"
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | sort | awk -F'\t' '{printf "  %-12s %s\n", $$1, $$2}'

.PHONY: install
install: $(VENV)/portal $(CATALOGUES:.po=.mo) ## install what is locked, compile the catalogues
	@:

.PHONY: run
run: install ## install what is missing, prepare var/, serve on PORT
	@$(BIN)/wielkopolskaes --config $(INI) init
	@echo "The portal: http://localhost:$(PORT) (Ctrl+C ends it)"
	@exec $(BIN)/pserve $(INI) http_port=$(PORT)

.PHONY: dev
dev: export PYRAMID_RELOAD_TEMPLATES := 1
dev: export WIELKOPOLSKAES_PAGE_CACHE := false
dev: install ## like run, but code and templates are read anew when they change
	@$(BIN)/wielkopolskaes --config $(INI) init
	@exec $(BIN)/pserve --reload $(INI) http_port=$(PORT)

.PHONY: demo
demo: install ## add clearly marked sample items to VAR
	@$(BIN)/wielkopolskaes --config $(INI) load-content --demo

# The many processes that tests start find the code compiled, whatever the environment says.
test faults: export PYTHONDONTWRITEBYTECODE :=

.PHONY: test
test: $(VENV)/tools install ## run all tests on SQLite and PostgreSQL; ARGS="tests/tree -k move" chooses
	@tools/test-needs.sh
	@tools/with-postgres.sh $(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

.PHONY: faults
faults: export WIELKOPOLSKAES_FAULTS := full
faults: export EDITING_RACES := 500
faults: $(VENV)/tools install ## kill, stop, fill up and race as often as the reliability figures ask
	@tools/test-needs.sh
	@tools/with-postgres.sh $(BIN)/python -m pytest tests/faults tests/newsroom/test_races.py tests/browser/test_editor.py $(ARGS)

.PHONY: lint
lint: $(VENV)/tools ## check style, types, templates and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/lint_templates.py
	$(BIN)/python tools/catalogues.py check

.PHONY: format
format: $(VENV)/tools ## put the code into its one shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/tools install ## measure speed beside a bare Pyramid view
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: bench-search
bench-search: $(VENV)/tools install ## measure searches beside SQLite FTS5 in 20,000 made-up documents
	@$(BIN)/python -m benchmarks.search_corpus --into $(VAR)/bench-search
	@$(BIN)/wielkopolskaes search bench --corpus $(VAR)/bench-search/corpus.jsonl \
		--queries $(VAR)/bench-search/queries.json $(ARGS)
	@$(BIN)/python -m benchmarks.findable

.PHONY: i18n
i18n: $(VENV)/tools ## bring the catalogues in step with the source; then translate what is empty
	@$(BIN)/python tools/catalogues.py update
	@$(MAKE) --no-print-directory $(CATALOGUES:.po=.mo)

LOCK := $(abspath $(BIN))/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command "make lock"

.PHONY: lexicon
lexicon: $(VENV)/portal ## build the lexicon of the search from its dictionary; needs npm
	@$(BIN)/python tools/build_lexicon.py

.PHONY: lock
lock: $(VENV)/tools ## pin the newest releases that work together, with hashes
	cd requirements && $(LOCK) run.in -o run.txt
	cd requirements && $(LOCK) --constraint run.txt s3.in -o s3.txt
	cd requirements && $(LOCK) --constraint s3.txt test.in -o test.txt

.PHONY: clean
clean: ## remove what make built; VAR, the data, stays
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(CATALOGUES:.po=.mo)

$(BIN)/python:
	@tools/venv.sh $(VENV)

$(VENV)/locked: requirements/run.txt | $(BIN)/python
	@echo "Installing the locked requirements…"
	@$(PIP) --require-hashes -r $<
	@touch $@

$(VENV)/portal: setup.cfg pyproject.toml requirements/run.in $(VENV)/locked
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/tools: requirements/test.txt | $(VENV)/portal
	@echo "Installing the locked tools of the tests…"
	@$(PIP) --require-hashes -r $<
	@touch $@

%.mo: %.po | $(VENV)/portal
	@$(BIN)/pybabel --quiet compile -i $< -o $@
