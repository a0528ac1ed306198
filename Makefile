# The two commands of the README. Each makes its own environment and needs only Python >= 3.11, pip and make.
#   make run    the monitor, on this folder
#   make test   style, types, import contracts and tests (make test-all: the exhaustive ones too)
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: run test test-all check fix clean

run: $(VENV)/.run
	$(BIN)/monitor run

test: check
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# The same for every further person and browser; some three minutes more.
test-all: check
	MONITOR_TESTS=all $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Debian ships Python without ensurepip; virtualenv fetched into a folder of its own stands in then.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên (Python >= 3.11 is needed)."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV) && $(PYTHON) -m pip install --quiet --target $(VENV)-tool virtualenv \
		&& PYTHONPATH=$(VENV)-tool $(PYTHON) -m virtualenv $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=24"

$(VENV)/.run: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

# Where the browser's driver has no build for this machine, the tests run without it and say so.
$(VENV)/.dev: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev,browser]" \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) $(VENV)-tool build dist .mypy_cache .ruff_cache .hypothesis
