# make help lists the targets.
PYTHON ?= python3
PORT ?= 8501
DATA_DIR ?=
PYTEST_FLAGS ?= -n 2 --dist worksteal
QUICK := --products few -m "not browser and not office and not slow"
MUTANTS ?=
BENCH_FLAGS ?=
PICTURES_FLAGS ?=

BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 5
# Stamps, touched when a step has succeeded: what was interrupted is done again.
VENV_READY := .venv/.created
RUN_READY := .venv/.requirements
DEV_READY := .venv/.requirements-dev

export PIP_ROOT_USER_ACTION := ignore
# Compiled files let every process of the tests start sooner.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run quick test test-long check ruff types sql imports format coverage mutants bench \
	pictures lock sbom chromium libreoffice clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: $(RUN_READY) ## the dashboard at http://localhost:8501 (PORT=, DATA_DIR= for your own exports)
	@DATA_DIR="$(DATA_DIR)" $(BIN)/python -m dashboard serve --port $(PORT)

quick: $(DEV_READY) ## what is asked while working: no browser, no office, few of each product
	@$(BIN)/python -m pytest $(PYTEST_FLAGS) $(QUICK)

test: check chromium libreoffice ## everything the project is held to (PYTEST_FLAGS="-n 2 -k status" for a part)
	@$(BIN)/python -m pytest $(PYTEST_FLAGS)

test-long: check chromium libreoffice ## the same, with the products whole of which make test takes a seeded sample
	@$(BIN)/python -m pytest $(PYTEST_FLAGS) --products whole

check: $(DEV_READY) ## lint, format, types, SQL style and the direction of imports
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target ruff types sql imports

ruff: $(DEV_READY)
	@echo "ruff check";        $(BIN)/ruff check --quiet
	@echo "ruff format";       $(BIN)/ruff format --check --quiet || \
		{ echo "run: make format"; exit 1; }

types: $(DEV_READY)
	@echo "mypy";              $(BIN)/mypy

sql: $(DEV_READY)
	@echo "sqlfluff lint";     $(BIN)/sqlfluff lint --nocolor --disable-progress-bar queries

imports: $(DEV_READY)
	@echo "lint-imports";      $(BIN)/lint-imports

format: $(DEV_READY) ## rewrite Python and SQL in the project's style
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format
	@$(BIN)/sqlfluff fix --nocolor --disable-progress-bar queries

coverage: $(DEV_READY) ## which lines make quick runs; their share may not fall
	@$(BIN)/python -m pytest $(PYTEST_FLAGS) $(QUICK) --cov

mutants: $(DEV_READY) ## twenty small mistakes: does a test find each? (MUTANTS="3 17" for some)
	@$(BIN)/python -m tests.mutants $(MUTANTS)

bench: $(DEV_READY) chromium ## server times of every page, and of slides in the browser (BENCH_FLAGS="--write docs/benchmarks.md")
	@$(BIN)/python -m bench $(BENCH_FLAGS)

pictures: $(DEV_READY) chromium ## a picture of every page, language and screen in pictures/
	@$(BIN)/python -m tests.browser.pictures $(PICTURES_FLAGS)

clean: ## remove the environment and the caches
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(VENV_READY):
	@command -v $(PYTHON) >/dev/null || \
		{ echo "There is no $(PYTHON). On Debian: apt-get install python3 python3-venv; else name one: make PYTHON=/path/to/python3 …"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 …"; exit 1; }
	@echo "creating .venv"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "Debian packages venv apart: apt-get install python3-venv"; exit 1; }
	@touch $@

# Every package as it was when it was locked, by its hash. A registry sometimes drops one connection
# of many: one more try before giving up.
$(RUN_READY): requirements.lock $(VENV_READY)
	@echo "installing requirements.lock"
	@$(PIP_INSTALL) --require-hashes -r requirements.lock || \
		{ sleep 5; $(PIP_INSTALL) --require-hashes -r requirements.lock; }
	@touch $@

$(DEV_READY): requirements-dev.txt $(RUN_READY)
	@echo "installing requirements-dev.txt"
	@$(PIP_INSTALL) -r requirements-dev.txt || { sleep 5; $(PIP_INSTALL) -r requirements-dev.txt; }
	@touch $@

lock: $(DEV_READY) ## pin what requirements.txt needs, all of it, in requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header requirements.txt -o requirements.lock

sbom: $(DEV_READY) ## what an installation is made of: sbom.json (CycloneDX) and docs/licences.md
	@$(BIN)/cyclonedx-py requirements requirements.lock --of JSON -o sbom.json
	@{ printf '# Licences\n\nOf what an installation is made of (requirements.lock). Written by `make sbom`.\n\n'; \
		$(BIN)/pip-licenses --from=mixed --format=markdown \
		--packages $$(sed -n 's/^\([a-z0-9._-]*\)==.*/\1/p' requirements.lock); } > docs/licences.md

# Without a Chinese font the pages would be pictures of empty boxes; the driver of the browser tests
# needs libatomic.
chromium:
	@if [ -n "$$CHROMIUM" ] || { command -v chromium >/dev/null && fc-list :lang=zh | grep -q .; }; then :; \
	elif [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
		echo "installing chromium and a Chinese font"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
			--no-install-recommends chromium fontconfig fonts-noto-cjk libatomic1 >/dev/null; \
	else \
		echo "The browser tests need Chromium and a Chinese font:"; \
		echo "  sudo apt-get install chromium fontconfig fonts-noto-cjk"; \
		echo "or name another Chromium, Chrome or Edge: CHROMIUM=/path/to/chrome make test"; \
		exit 1; \
	fi

# Opens the exported slides, briefs and workbooks, as the people who get them do.
libreoffice:
	@if command -v soffice >/dev/null; then :; \
	elif [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
		echo "installing LibreOffice"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
			--no-install-recommends libreoffice-impress libreoffice-writer libreoffice-calc \
			>/dev/null; \
	else \
		echo "The tests of the exports need LibreOffice:"; \
		echo "  sudo apt-get install libreoffice-impress libreoffice-writer libreoffice-calc"; \
		exit 1; \
	fi
