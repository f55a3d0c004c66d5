# `make` alone lists the targets. Everything happens in .venv; nothing else on the
# machine is changed. Variables:
#   PYTHON=python3.12   the Python that .venv is made with (default: python3)
#   LOCK=               install the newest packages that pyproject.toml allows
#                       instead of the locked ones
#   LAB_DIR=DIR         the folder that `make lab` opens (default: notebooks)
#   BENCH=quick         how much `make bench` measures: quick, standard or long

PYTHON ?= python3
LOCK ?= requirements.lock
LAB_DIR ?= notebooks
BENCH ?= standard
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
# Runs a step of the set-up; where it fails, says in one line why and what to do.
EXPLAINED = $(PYTHON) scripts/say_why.py
# Activated, not called by path: nbgrader looks for alembic and jupyter on PATH.
IN := . $(VENV)/bin/activate &&

# One stamp for each way of installing: a change of LOCK makes a new .venv with PYTHON.
STAMP := $(VENV)/installed-$(if $(LOCK),$(subst /,-,$(LOCK)),newest)

# A PYTHON that was asked for, on the command line or in the environment, and that is
# not the one in .venv makes a new .venv. The default keeps the Python that is there.
WHICH := -c 'import sys; print(sys.version.split()[0])'
# So does a .venv that no longer works: its Python is gone, or the folder was moved; the
# stamp holds where it was made.
HERE = "$$(pwd -P)"
WORKS = $(PY) -c 'import pip' >/dev/null 2>&1 && { test ! -s $(STAMP) || test "$$(cat $(STAMP))" = $(HERE); }
ifneq ($(wildcard $(STAMP)),)
ifneq ($(shell $(WORKS) || echo broken),)
NEW_VENV := new-venv
BROKEN := $(VENV) does not work any more and is made anew
else ifneq ($(origin PYTHON),file)
ifneq ($(shell $(PYTHON) $(WHICH) 2>&1),$(shell $(PY) $(WHICH) 2>&1))
NEW_VENV := new-venv
endif
endif
endif

# Each process compiles only what none before it has, wherever make is called from.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup build bench demo test test-fast lint format adequacy mutation lab site links dist lock oldest clean new-venv

help: ## list these targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1|/p' Makefile \
	  | while IFS='|' read -r name does; do printf 'make %-9s %s\n' "$$name" "$$does"; done

setup: $(STAMP) ## create .venv and install everything into it, once

# These two are expanded in the recipe, when .venv has to be made, and only then.
NEW_ENOUGH = $(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null)
FOUND = $(or $(shell $(PYTHON) --version 2>&1 | tail -n 1),not there)
TOO_OLD = Python 3.11 or newer is needed and "$(PYTHON)" is: $(FOUND). Name a newer one, as in: make setup PYTHON=python3.12

$(STAMP): $(LOCK) pyproject.toml handout/pyproject.toml autograder/__init__.py $(NEW_VENV)
	$(if $(NEW_ENOUGH),,$(error $(TOO_OLD)))
	$(if $(BROKEN),@echo "$(BROKEN)")
	@$(if $(NEW_VENV),,test -f $@ && $(WORKS) ||) rm -rf $(VENV)
	@test -d $(VENV) || $(EXPLAINED) $(PYTHON) -m venv $(VENV)
	@echo "Installing $(or $(LOCK),the newest packages) into $(VENV) with $$($(PY) --version): some minutes the first time"
ifneq ($(LOCK),)
	@$(EXPLAINED) $(PIP) install --quiet --no-deps --require-hashes --prefer-binary -r $(LOCK)
	@$(EXPLAINED) $(PIP) install --quiet --no-deps --no-build-isolation -e ./handout -e .
	@$(EXPLAINED) $(PIP) check
else
	@$(EXPLAINED) $(PIP) install --quiet --upgrade --upgrade-strategy eager -e ./handout -e '.[test]'
endif
	@echo $(HERE) >$@

# The packages of the documentation site are beside the others in .venv, and in a lock of
# their own: whoever grades needs none of them.
SITE_LOCK := docs/site/requirements.lock
SITE_STAMP := $(VENV)/site-$(notdir $(STAMP))

$(SITE_STAMP): $(STAMP) $(SITE_LOCK)
ifneq ($(LOCK),)
	@$(EXPLAINED) $(PIP) install --quiet --no-deps --require-hashes --prefer-binary -r $(SITE_LOCK)
else
	@$(EXPLAINED) $(PIP) install --quiet --upgrade pip
	@$(EXPLAINED) $(PIP) install --quiet --upgrade --group site
endif
	@touch $@

build: $(STAMP) ## solutions/*.py -> executed solutions/*.ipynb -> notebooks/*.ipynb
	$(IN) python -m autograder build

demo: $(STAMP) ## grade a small class of made-up submissions and show the result
	$(IN) python -m autograder demo

bench: $(STAMP) ## grade one class with nbgrader and with ours; figures in build/bench
	$(IN) python -m benchmarks.grading $(BENCH)

# To measure coverage makes a test, and every program that it starts, half as long again.
# What is marked `long` puts whole programs to the test and runs without it.
test: lint $(SITE_STAMP) ## lint, pytest with coverage, the long tests, then nbval over solutions/
	$(IN) python -m pytest -m 'not long' --numprocesses=auto --dist=loadfile --cov --cov-report=term:skip-covered
	$(IN) python -m pytest -m long --numprocesses=auto --dist=loadfile
	$(IN) python -m pytest --override-ini=addopts= --strict-markers --strict-config \
	  --nbval --nbval-current-env -p autograder.authoring.nbval_pictures \
	  --numprocesses=auto --dist=loadfile solutions

test-fast: $(STAMP) ## the tests that take less than a second or so, without coverage
	$(IN) python -m pytest -m 'not slow' --numprocesses=auto --dist=loadfile

lint: $(STAMP) ## ruff: rules and format; mypy: types, strictly
	$(IN) python -m ruff check .
	$(IN) python -m ruff format --check .
	$(IN) python -m mypy

format: $(STAMP) ## let ruff mend what it can
	$(IN) python -m ruff check --fix .
	$(IN) python -m ruff format .

adequacy: $(STAMP) ## put mutants of every answer to the hidden checks, write docs/test-adequacy.md
	$(IN) python -m autograder.adequacy

# In a folder of its own: it brings packages that nothing else here needs.
MUTMUT := build/mutmut
$(MUTMUT): $(STAMP)
	rm -rf $@ && $(PIP) install --quiet --target $@ mutmut==3.8.1

mutation: $(MUTMUT) ## change the grader's code in small ways; list the changes no test sees
	$(IN) export PYTHONPATH="$$PWD/$(MUTMUT)" && python -m mutmut run && python -m mutmut results

lab: $(STAMP) ## open JupyterLab in notebooks/, on this machine only
	$(IN) python -m jupyterlab --ServerApp.ip=127.0.0.1 --ServerApp.root_dir='$(LAB_DIR)'

SPHINX = python -m sphinx --quiet --fail-on-warning --jobs=auto --conf-dir docs/site --doctree-dir build/site/doctrees
STAGED = $(IN) python docs/site/stage.py build/site/source --kept build/site/kept

site: $(SITE_STAMP) ## build the documentation site into build/site/html
	$(STAGED)
	$(IN) $(SPHINX) --builder html build/site/source build/site/html

links: $(SITE_STAMP) ## ask every address that the documentation site leads to
	$(STAGED)
	$(IN) $(SPHINX) --builder linkcheck build/site/source build/site/links

dist: $(STAMP) ## wheels of library and grader, and the library's sdist, in dist/
	@mkdir -p build/handed-out && rm -rf dist
	$(IN) python -m autograder release --to build/handed-out
	$(IN) cd build/handed-out && python -m hatchling build --directory ../../dist
	$(IN) python -m hatchling build --target wheel --directory dist

# The resolver is locked as well; the last step moves it to its newest release.
UV := build/lock/bin/uv
COMPILE = $(UV) pip compile --upgrade --generate-hashes --no-emit-index-url --quiet --custom-compile-command 'make lock'

build/lock/done: scripts/uv-requirements.lock
	@rm -rf build/lock
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --require-hashes -r scripts/uv-requirements.lock
	@touch $@

lock: build/lock/done ## make the locks again from both pyproject.toml, newest versions
	$(COMPILE) pyproject.toml --all-extras --group build --universal --python-version 3.11 \
	  --fork-strategy fewest --no-emit-package cs231n-companion -o requirements.lock
	$(COMPILE) --group pyproject.toml:site --universal --python-version 3.11 \
	  --fork-strategy fewest --constraint requirements.lock -o $(SITE_LOCK)
	echo uv | $(COMPILE) - -o scripts/uv-requirements.lock

# Of what the two files ask for, the oldest; of what that asks for, the newest.
oldest: build/lock/done ## the oldest versions allowed, into build/oldest.lock: make test LOCK=build/oldest.lock
	$(COMPILE) --resolution lowest-direct pyproject.toml handout/pyproject.toml --all-extras \
	  --group build --no-emit-package cs231n-companion -o build/oldest.lock

clean: ## remove .venv, build/ and caches; a term's data in term/ stay
	rm -rf $(VENV) build dist mutants .mypy_cache .pytest_cache .ruff_cache .hypothesis htmlcov .coverage .coverage.*
	find . -path ./term -prune -o \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
