# Everything there is to do with the book. `make help` lists it.
SHELL := bash
.SHELLFLAGS := -eo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# An option for pytest: --note has it write what it found.
NOTE :=
READY := .venv/.ready
LOCKS := requirements/lock.txt requirements/paper.txt

# One BLAS thread: on small matrices more threads are slower, and sums keep their order.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

say = @printf '\033[1m== %s\033[0m\n' "$(1)"

.PHONY: help book pages .html pdf epub student .student test test-all results bench serve lab notebooks lock audit lint format mutate clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

book: notebooks pages  ## run what changed, build the HTML, print where it is

notebooks: $(READY)  ## run the chapters that changed into notebooks/
	$(call say,Running the chapters that changed)
	@$(BIN)/python book/_ext/notebooks.py

# The HTML lies in its place only when it is whole. What Sphinx has read and written is kept for the next build
# (book/_ext/partial.py), but not after one that failed, whose warnings it would hide.
DRAFT := _build/draft
pages: $(READY)  ## build the HTML from the notebooks as they are
	$(call say,Building the pages)
	@$(BIN)/python book/_ext/alone.py $(MAKE) --no-print-directory .html
	@$(BIN)/python -c 'from pathlib import Path; print("   The book:", Path("_build/html/index.html").resolve().as_uri())'

.html:
	@if $(BIN)/python book/_ext/unchanged.py; then echo "   nothing changed"; exit; fi; \
	rm -rf $(DRAFT)/_build/html; \
	if [ -d _build/html ]; then mkdir -p $(DRAFT)/_build && mv _build/html $(DRAFT)/_build/html; fi; \
	$(BIN)/jupyter-book build . --path-output $(DRAFT) -W -n --keep-going \
	    | grep --line-buffered -E 'reading sources|writing output|Execut' || { rm -rf $(DRAFT); exit 1; }; \
	mv $(DRAFT)/_build/html _build/html; \
	$(BIN)/python book/_ext/unchanged.py --built

student: notebooks  ## the book without solutions, for classes: pages and notebooks
	@$(BIN)/python book/_ext/alone.py $(MAKE) --no-print-directory .student
	@$(BIN)/python -c 'from pathlib import Path; print("   The student edition:", Path("_build/student/_build/html/index.html").resolve().as_uri())'

.student:
	@$(BIN)/python book/_ext/student.py
	$(call say,Building its pages)
	@cd _build/student/source && ../../../$(BIN)/jupyter-book build . --path-output .. -W -n --keep-going \
	    | grep --line-buffered -E 'reading sources|writing output|Execut'

pdf: book  ## the whole book as one PDF, printed by Chromium
	$(call say,Printing the book)
	@$(BIN)/python book/_ext/paper.py pdf

epub: book  ## the whole book as an EPUB, for a reading device
	@$(BIN)/python book/_ext/paper.py epub

test: lint  ## all tests: style, notebooks, package, pages in a browser
	$(call say,Looking for stale notebooks)
	@$(BIN)/python book/_ext/notebooks.py --check
	$(call say,Running every notebook again and comparing every output)
	@$(BIN)/pytest --nbval notebooks -n 2 --dist loadfile --quiet $(NOTE)
	@$(MAKE) --no-print-directory pages
	$(call say,Testing the package and the pages)
	@$(BIN)/pytest tests -n 2 --dist loadgroup $(NOTE)

test-all: test  ## and what takes long: as Colab and Binder do it, ten runs of each chapter, builds that are killed
	$(call say,Testing what takes long)
	@if command -v npm > /dev/null; then npm ci --loglevel error --ignore-scripts --prefix tests/npm; fi
	@$(BIN)/pytest tests -m slow -n 2 --dist loadgroup --ignore tests/book/test_speed.py $(NOTE)
	$(call say,Timing the pages with nothing beside)
	@$(BIN)/pytest tests/book/test_speed.py -m slow $(NOTE)

bench: $(READY)  ## how fast the package is: the table of ratios that the book shows (a quiet machine, 10 minutes)
	$(call say,Measuring the package against others)
	@$(BIN)/python tests/bench

results: notebooks  ## run all tests, long ones too, and note what they found for the page on what is tested
	@$(MAKE) --no-print-directory test-all NOTE=--note

serve: book  ## build, then read the book at http://localhost:8000
	@$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory _build/html

lab: $(READY)  ## open the chapters as notebooks in JupyterLab
	@$(BIN)/jupyter lab chapters

lock: $(READY)  ## resolve the dependencies anew
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --group book --group test pyproject.toml --output-file requirements/lock.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --group paper --constraints requirements/lock.txt --output-file requirements/paper.txt

# --strict: what can't be looked up counts as a failure, not as sound.
audit: $(READY)  ## does the lock hold anything with a known hole? (asks the registry's list of advisories)
	@$(BIN)/uvx --quiet pip-audit@2.10.1 $(LOCKS:%=--requirement %) --disable-pip --require-hashes --strict

lint: $(READY)  ## style and types only
	$(call say,Checking style and types)
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy

format: $(READY)  ## put the code in the book's style
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

mutate: $(READY)  ## change the package line by line: does a test notice? (hours, later minutes; not on Windows)
	@nice $(BIN)/python tests/mutate.py

clean:  ## remove the built book and the environment
	rm -rf _build .venv

# uv installs three to four times faster than pip; where it can't be had or can't install, pip does.
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1
$(READY): $(LOCKS) pyproject.toml Makefile
	$(call say,Installing the locked dependencies into .venv (once))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Python 3.11 or newer is needed. Received: version={sys.version.split()[0]}")'
	@$(PYTHON) -m venv .venv
	@{ $(BIN)/pip install --quiet uv && \
	   $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes $(LOCKS:%=-r %); } || \
	   $(BIN)/pip install --require-hashes $(LOCKS:%=-r %)
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
