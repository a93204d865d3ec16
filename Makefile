# What people and CI call. Two of them are all a new machine needs: `make site`, `make test`.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE := $(VENV)/.site
TEST := $(VENV)/.test
QUICK := tests/parser tests/readers tests/site $(addprefix tests/test_,docs.py layers.py names.py references.py)

# Tests start the program some hundred times: each start would compile all of it where the system keeps nothing compiled.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help site serve test long quick portable fuzz check lock wheel clean

help:
	@echo "make site    set everything up and build the site into output/"
	@echo "make serve   preview it; a save shows in the browser by itself"
	@echo "make test    set up what tests need and run all of them"
	@echo "make long    the tests that take minutes: huge texts, kills at random, a poor system, the search of a large site, Lighthouse, every page in every look, the newest Python, all queries twice"
	@echo "make quick   the tests of a change to the parser or a page: no browser, no office, no servers, under a minute"
	@echo "make portable  the commands on a system as poor as Windows: no fork, no links, code page 936, CR LF"
	@echo "make check   ruff, and mypy for Linux, Windows and macOS"
	@echo "make fuzz    mutated inputs for readers, YAML, content files and manifests, a minute each; ARGS='--count 20000'"
	@echo "make growth  print how long each regular expression takes at n, 2 n and 4 n"
	@echo "make lock    renew the locked dependencies"
	@echo "make wheel   build the wheel and the sdist into dist/"
	@echo "make clean   remove all that was made"

site: $(SITE)
	$(BIN)/disclose build
	@echo "The site is in output/: open output/index.html, or run “make serve” to preview it while you edit."

serve: $(SITE)
	$(BIN)/disclose serve

test: $(TEST) check
	$(BIN)/pytest -n auto --dist loadgroup -m "not long"

long: $(TEST)
	$(BIN)/pytest -m long

quick: $(TEST)
	$(BIN)/pytest -n auto -m "not browser and not office and not slow" --hypothesis-profile=quick $(QUICK)

portable: $(TEST)
	$(BIN)/pytest tests/portable

check: $(TEST)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	printf '%s\n' linux win32 darwin | xargs -P 3 -I % $(BIN)/mypy --platform % --cache-dir .mypy_cache/%

fuzz: $(TEST)
	$(BIN)/python -m tests.fuzz $(ARGS)

growth: $(TEST)
	$(BIN)/python -m tests.patterns

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "python3 must be 3.11 or newer"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(SITE): $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST): $(SITE) requirements-test.lock scripts/test-tools.sh
	scripts/test-tools.sh & tools=$$!; \
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock; packages=$$?; \
	wait $$tools && exit $$packages
	@touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links pyproject.toml --group build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links pyproject.toml --extra test --group build -o requirements-test.lock

wheel: $(SITE)
	$(BIN)/python -m hatchling build -d dist

clean:
	rm -rf $(VENV) output dist node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
