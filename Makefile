# Everything runs in a virtual environment that is made on first use.
#   make run PYTHON=python3.12     choose the interpreter
#   make test ARGS="-k logit"      give arguments to pytest or to the command line
VENV ?= .venv
PYTHON ?=
ARGS ?=
WORKERS ?= auto

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOWEST := build/lowest

# What is run with the compiler off, in small markets, but for tests that are marked as compiled.
INTERPRETED := tests/cycle tests/kernels tests/state tests/scenario tests/model tests/test_errors.py
# What holds no compiled code, and would take long without it.
AROUND := tests/contracts tests/experiments tests/plots tests/cli tests/app
# What shows, compiled, that the model is right.
PROOFS := tests/reference tests/theory tests/laws tests/patterns tests/golden

.PHONY: run demo notebooks test check bench lowest coverage interpreted mutants verify format clean help
.DEFAULT_GOAL := help

run: $(VENV)/.installed  ## compare execution and discovery in the baseline scenario
	$(BIN)/culturesim compare baseline $(ARGS)

demo: $(VENV)/.installed-demo  ## open the trainer's page
	$(BIN)/culturesim demo $(ARGS)

notebooks: $(VENV)/.installed-notebook  ## run all notebooks; what comes of them is in build/notebooks
	$(BIN)/python -c 'import culturesim; culturesim.simulate("baseline")'
	$(BIN)/python tools/run_notebooks.py $(ARGS)

test: $(VENV)/.installed-dev  ## run the tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: $(VENV)/.installed-dev  ## lint, formatting, types, import contracts
	@failed=; \
	for tool in 'ruff check' 'ruff format --check' mypy lint-imports; do \
		echo "$(BIN)/$$tool"; \
		$(BIN)/$$tool || failed="$$failed; $$tool"; \
	done; \
	[ -z "$$failed" ] || { echo "Failed$$failed" >&2; exit 1; }

coverage: $(VENV)/.installed-dev  ## which lines do tests run? with the compiler off where there is one
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile \
		--cov --cov-report= --cov-fail-under=0 -m 'not slow' $(AROUND)
	$(MAKE) interpreted

# Adds to what other tests have run, and holds the whole to its floor.
interpreted: $(VENV)/.installed-dev
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile \
		--cov --cov-append --cov-report=term:skip-covered -m 'not compiled and not slow' $(INTERPRETED)

mutants: $(VENV)/.installed-dev  ## make mistakes in copies of the model: is each one noticed?
	$(BIN)/python tools/mutants.py $(ARGS)

verify: $(VENV)/.installed-dev  ## show that the model is right: docs/verification.md says how
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(PROOFS)
	$(MAKE) coverage
	$(MAKE) mutants
	@echo
	@echo 'Shown: the package runs as the reference model does (tests/reference), agrees with theory in'
	@echo 'limit cases (tests/theory), keeps its laws (tests/laws), gives the published patterns'
	@echo '(tests/patterns) and the pinned run (tests/golden); tests run nearly every line, and every'
	@echo 'mistake that was made on purpose was noticed.'
	@echo 'docs/verification.md says how closely, and what is not shown.'

format: $(VENV)/.installed-dev  ## apply the formatter and the safe fixes of the linter
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

bench: $(VENV)/.installed-dev  ## run the benchmarks, and write them into docs/performance.md
	@mkdir -p build
	$(BIN)/python -m pytest benchmarks --benchmark-only --benchmark-json build/benchmarks.json $(ARGS)
	$(BIN)/python tools/bench_table.py build/benchmarks.json

lowest: pyproject.toml  ## run the tests with the oldest supported dependencies
	rm -rf $(LOWEST) && mkdir -p $(LOWEST)
	python=$$(sh tools/find-python $(PYTHON)) && "$$python" -m venv $(LOWEST)/venv
	$(LOWEST)/venv/bin/python tools/lowest.py > $(LOWEST)/constraints.txt
	$(LOWEST)/venv/bin/python -m pip install --quiet -e '.[test]' -c $(LOWEST)/constraints.txt
	$(LOWEST)/venv/bin/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

clean:  ## remove the environment, builds and caches; results stay
	rm -rf $(VENV) build dist .benchmarks .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache
	find src tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# An environment whose interpreter is gone is made anew.
ifneq ($(shell $(BIN)/python -c 'print(1)' 2>/dev/null),1)
.PHONY: $(VENV)/.python
endif

$(VENV)/.python:
	@python=$$(sh tools/find-python $(PYTHON)) || exit 1; \
	echo "Making $(VENV) with $$python"; \
	"$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml
	@echo "Installing culturesim into $(VENV): a minute or so"
	@$(PIP) install -e .
	@touch $@

$(VENV)/.installed-notebook: $(VENV)/.python pyproject.toml
	@echo "Installing culturesim and what notebooks need into $(VENV): a minute or so"
	@$(PIP) install -e '.[notebook]'
	@touch $(VENV)/.installed $@

$(VENV)/.installed-dev: $(VENV)/.python pyproject.toml
	@echo "Installing culturesim and the tools of its developers into $(VENV): a minute or so"
	@$(PIP) install -e '.[dev]'
	@touch $(VENV)/.installed $(VENV)/.installed-demo $(VENV)/.installed-notebook $@

$(VENV)/.installed-demo: $(VENV)/.python pyproject.toml
	@echo "Installing culturesim and its page into $(VENV): a minute or so"
	@$(PIP) install -e '.[demo]'
	@touch $(VENV)/.installed $@
