# Qantar: what one can do with this book. `make help` lists it.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
UV ?= uv

BUILD := _build
SITE := $(BUILD)/html
BIN := $(VENV)/bin
JUDGE := tests/webannotation/node_modules/.package-lock.json
GAUGE := tests/lighthouse/node_modules/.package-lock.json
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The same bytes from every build: one order of sets, no settings of the user's own, and for every date the book's, which
# CITATION.cff names.
export PYTHONHASHSEED := 0
export MATPLOTLIBRC := /dev/null
export IPYTHONDIR := $(abspath $(VENV))/ipython
# Where the site will be published, for full addresses in its pages and its map; `url` in CITATION.cff if that is always so.
export BOOK_URL ?=
EPOCH = $(shell $(BIN)/python -c "import calendar, sys, time; print(calendar.timegm(time.strptime(sys.argv[1], '%Y-%m-%d')))" \
	"$$(sed -n 's/^date-released: *//p' CITATION.cff | tr -d '"')")

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help book epub pdf test chapter verify lab serve models lexicon lock templates anchors release editions bench bench-reading bench-corpus lighthouse linkcheck clean setup FORCE

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

book: $(BUILD)/book ## install what is missing, execute the chapters, build the site
	@echo "The book is at file://$(CURDIR)/$(SITE)/index.html"

epub: book ## the whole book as an EPUB, which `make book` makes too
	@echo "As an EPUB it is at $(CURDIR)/$(SITE)/exports/qantar.epub"

pdf: $(BUILD)/pdf ## print the whole book as a PDF and offer it on the built site; needs Chromium (CHROMIUM=/path/to/it)
	@echo "As a PDF it is at $(CURDIR)/$(SITE)/exports/qantar.pdf"

test: $(VENV)/test.txt $(JUDGE) book ## run all tests, on the built site too (ARGS="-k events" for some)
	@SOURCE_DATE_EPOCH=$(EPOCH) $(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

chapter: $(VENV)/ready ## execute one chapter alone: make chapter NAME=events
	@$(BIN)/python -m qantar.book.chapter "$(NAME)" $(BUILD)/chapter

# SITE may be anybody's folder, so nothing is written to it, and nothing built.
verify: $(VENV)/ready ## execute all chapters anew, compare with the built site (SITE=folder another one, NAME=events one)
	@$(BIN)/python -m qantar.book.verify "$(SITE)" $(NAME)

lab: $(VENV)/lab.txt $(VENV)/ready ## open the chapters as notebooks in JupyterLab
	@mkdir -p $(VENV)/share/jupyter/lab/settings
	@echo '{"@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Jupytext Notebook"}},' \
		'"@jupyterlab/apputils-extension:notification": {"checkForUpdates": false, "fetchNews": "false"}}' \
		> $(VENV)/share/jupyter/lab/settings/overrides.json
	@$(BIN)/jupyter-lab --notebook-dir=chapters

serve: book ## serve the built site at http://127.0.0.1:8000 (PORT= for another)
	@echo "The book is at http://127.0.0.1:$(PORT)/; Ctrl+C ends it."
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory $(SITE)

models: $(VENV)/ready ## install the models' libraries of camel-tools: gigabytes, not needed for the book
	@$(call section,models) > $(VENV)/models.new
	@$(PIP) install -r $(VENV)/models.new  # resolved: torch names the CUDA libraries it wants, if any

lexicon: $(VENV)/test.txt $(VENV)/ready ## make the reader's tables of states, months, currencies and cities from their packages
	@$(BIN)/python -m qantar.reading.gazetteer

lock: ## compile requirements.txt from pyproject.toml; needs uv
	@$(PYTHON) src/qantar/book/lock.py $(UV)

templates: $(VENV)/ready ## bring the templates of `qantar new` up to the chapters, the lock and the tables of this book
	@$(BIN)/python -m qantar.scaffold.sync

anchors: $(VENV)/ready ## enter the labels that the last build found new in data/anchors.csv
	@$(BIN)/python -m qantar.book.anchors

release: ## build the book from nothing and make it the edition that CITATION.cff names
	@rm -rf $(BUILD)
	@$(MAKE) --no-print-directory book
	@$(BIN)/python -m qantar.book.editions release

editions: $(VENV)/ready ## check that every edition is as it was published
	@$(BIN)/python -m qantar.book.editions verify

bench: $(VENV)/ready ## measure builds, import and the machine reader, with SETUP=1 also the set-up from nothing
	@$(BIN)/python -m qantar.book.bench $(if $(SETUP),--setup)
	@$(MAKE) --no-print-directory bench-reading

bench-reading: $(VENV)/ready ## measure the machine reader, with LARGE=1 also on 100 MB, which takes minutes
	@$(BIN)/python -m qantar.reading.bench $(if $(LARGE),--large)

bench-corpus: $(VENV)/ready ## measure the reading of many reports, with LARGE=1 also 100,000, which takes an hour
	@$(BIN)/python -m qantar.corpus.bench $(if $(LARGE),--large)

lighthouse: $(GAUGE) book ## measure the built site as Lighthouse does, on a slow phone; needs npm and Chromium, takes minutes
	@node tests/lighthouse/measure.mjs $(SITE) $(addsuffix .html,chapters/overview chapters/report chapters/figures search)

linkcheck: book ## ask every address that the built site links to elsewhere whether it is still there; takes minutes
	@$(BIN)/python -m qantar.book.linkcheck $(SITE)

clean: ## remove all that was built and installed
	rm -rf $(BUILD) $(VENV) $(dir $(JUDGE) $(GAUGE)) .pytest_cache .hypothesis
	find chapters src tests -name __pycache__ -type d -prune -exec rm -rf {} +

setup: $(VENV)/ready

# --- set-up ----------------------------------------------------------------------------------------------------------

# Why $(PYTHON) will not do, in one line, or nothing; the question can be read by Pythons of any age.
ASK := import sys; v = sys.version_info; here = (v[0], v[1], sys.executable); \
	print("Qantar needs Python 3.11 or newer; this is %d.%d (%s). Point PYTHON= at a newer one" % here if v < (3, 11) \
	else "" if __import__("importlib.util").util.find_spec("ensurepip") \
	else "Python %d.%d (%s) lacks its venv module. On Debian and Ubuntu: apt-get install python3-venv" % here)
UNFIT = $(shell "$(PYTHON)" -c '$(ASK)' 2>/dev/null || \
	echo "Qantar needs Python 3.11 or newer, and '$(PYTHON)' does not run. Install it, or point PYTHON= at it")

$(BIN)/python:
	$(if $(UNFIT),$(error $(UNFIT)))
	@"$(PYTHON)" -m venv --clear $(VENV)

# The lines of one section of the lock.
section = awk '/^\# \[/ { on = ($$2 == "[$(1)]") } on' requirements.txt

# The lock names everything, so nothing is resolved. That keeps camel-tools without its models' libraries, which
# `pip check` would report as missing and the book never imports.
$(VENV)/%.txt: requirements.txt | $(BIN)/python
	@echo "Installing [$*] of requirements.txt into $(VENV)"
	@$(call section,$*) > $(VENV)/$*.new
	@$(PIP) install --no-deps --no-compile -r $(VENV)/$*.new
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib > $(VENV)/compileall.log || true  # on all cores; pip takes one
	@mv $(VENV)/$*.new $@

$(VENV)/ready: $(VENV)/book.txt pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e .
	@mkdir -p $(IPYTHONDIR)/profile_default  # kernels warn of what they always do, each time they start
	@echo '{"IPKernelApp": {"log_level": "ERROR"}}' > $(IPYTHONDIR)/profile_default/ipython_kernel_config.json
	@touch $@

# What the lock of a folder names, into that folder.
from_npm = cd $(1) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null && touch node_modules/.package-lock.json

$(GAUGE): tests/lighthouse/package-lock.json
	@command -v npm > /dev/null || { echo "npm is missing: it brings Lighthouse" >&2; exit 1; }
	@$(call from_npm,$(dir $<))

# What judges the Web Annotations is written in JavaScript. Without Node.js its tests are skipped, but not in CI.
$(JUDGE): tests/webannotation/package-lock.json
	@if command -v npm > /dev/null; then $(call from_npm,$(dir $<)); \
	elif [ -n "$$CI" ]; then echo "npm is missing: it brings what judges the Web Annotations" >&2; exit 1; \
	else echo "npm is missing: the Web Annotations will not be judged"; fi

# --- build -----------------------------------------------------------------------------------------------------------

# All that a page can depend on, by content: a file that is touched builds nothing, one that is gone builds again.
INPUTS := chapters data src _config.yml _toc.yml CITATION.cff requirements.txt pyproject.toml Makefile LICENSE $(wildcard *.md)
$(BUILD)/inputs: FORCE
	@mkdir -p $(BUILD)
	@echo "BOOK_URL $(BOOK_URL)" > $@.new
	@find $(INPUTS) -type f ! -path '*/.*' ! -path '*/__pycache__/*' -exec cksum {} + | LC_ALL=C sort >> $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# A failed build forgets what it read: Sphinx would not repeat the warnings of pages that it takes for done.
$(BUILD)/book: $(BUILD)/inputs $(VENV)/ready
	@rm -rf $(BUILD)/html  # not $(SITE), which may have been set for `make verify`
	@echo "Executing the chapters that changed, building the site"
	@SOURCE_DATE_EPOCH=$(EPOCH) $(BIN)/jupyter-book build . --builder html -W -n --keep-going --quiet || { rm -rf $(BUILD)/.doctrees; exit 1; }
	@touch $@

$(BUILD)/pdf: $(BUILD)/book
	@$(if $(CHROMIUM),CHROMIUM="$(CHROMIUM)") $(BIN)/python -m qantar.book.reprint.paper $(BUILD)/html
	@touch $@
