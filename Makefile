# The registry's commands. Needs Python 3.11 or newer and make; `make run` and `make test` bring the rest.
.PHONY: help run test bench lint format lock clean
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
# Installed once per content of the pinned requirements, whatever the dates of the files.
RUN_KEY := $(VENV)/.run-$(shell cat requirements.txt | cksum | cut -d' ' -f1)
DEV_KEY := $(VENV)/.dev-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --require-hashes
# An upgrade of the system's Python can leave a virtual environment that no longer starts: forget it.
$(shell $(PY) -c 'import pip' 2>/dev/null || rm -f $(VENV)/.made $(VENV)/.run-* $(VENV)/.dev-*)
# What mypy and the import rules need in order to read the settings; no server is contacted.
LINT_ENV := SECRET_KEY=only-to-read-the-settings-0123456789-abcdefghijklmnopqrstuvwxyz \
	ALLOWED_HOSTS=localhost DATABASE_URL=postgres://localhost/none

help:
	@echo "make run    start the registry on http://127.0.0.1:\$${PORT:-8000} (Ctrl-C stops it)"
	@echo "make test   run every test"
	@echo "make bench  measure imports, exports, reading and press releases (SIZE=10000, 100000 or 1000000; ONLY=reading; BASELINES=off)"
	@echo "make lint   check style, types, templates and the directions of imports"
	@echo "make format rewrite Python and templates in the project's style"
	@echo "make lock   pin the requirements again (needs uv)"
	@echo "make clean  remove .venv; the data in var/ stay"

run: $(RUN_KEY)
	@$(PY) -m otnregistry.local

test: $(DEV_KEY)
	@$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

bench: $(DEV_KEY)
	@$(PY) -m benchmarks

lint: $(DEV_KEY)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(LINT_ENV) $(VENV)/bin/mypy
	@$(VENV)/bin/djlint grants/templates --lint --check --quiet
	@$(VENV)/bin/lint-imports

format: $(DEV_KEY)
	@$(VENV)/bin/ruff check --fix-only .
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/djlint grants/templates --reformat --quiet

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	@for name in production:requirements.txt development:requirements-dev.txt; do \
		UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --no-config --quiet --universal --generate-hashes \
			--python-version 3.11 --default-index https://pypi.org/simple \
			requirements/$${name%%:*}.in -o $${name#*:} || exit 1; done

clean:
	rm -rf $(VENV)

$(RUN_KEY): | $(VENV)/.made
	@echo "Installing what the registry runs on…"
	@$(PIP) -r requirements.txt
	@rm -f $(VENV)/.run-*
	@touch $@

$(DEV_KEY): $(RUN_KEY)
	@echo "Installing what the tests need…"
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@rm -f $(VENV)/.dev-*
	@touch $@

$(VENV)/.made:
	@$(PY) -c 'import pip' 2>/dev/null && { touch $@; exit; }; \
	for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && found=$$name && break; done; \
	[ -n "$$found" ] || { echo "The registry needs Python 3.11 or newer; none was found (python3, python3.11 to 3.14)."; exit 1; }; \
	"$$found" -m venv --clear $(VENV) || { echo "Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }; \
	touch $@
