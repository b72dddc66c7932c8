# One door. `make report` and `make test` need nothing but Python 3.11 to 3.13 and make.
.DEFAULT_GOAL := help
.PHONY: help report test lint verify lab validate soak bench lock clean
STUDY ?= study
REPLICATES ?= 2000
SEEDS ?= 40
MUTANTS ?= 5000
KILLS ?= 100
PARTNERSHIPS ?= 200
CHECKED := data/processed/validation
VENV := .venv
BENCH := .venv-bench
PY := $(VENV)/bin/python
# The first Python on the path that is new enough and not too new; PYTHON=… names another.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	if $$python -c '$(FITS)' >/dev/null 2>&1; then echo $$python; break; fi; done)

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

report: $(VENV)/installed  ## run every notebook and publish the release (reports/latest/public/index.html)
	@$(PY) -m helpers run --study $(STUDY)

test: $(VENV)/installed  ## the whole test suite, browser tests included where Chromium is installed
	@$(PY) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/installed  ## style, and the layers of the architecture
	@$(PY) -m ruff check .
	@$(VENV)/bin/lint-imports

verify: $(VENV)/installed  ## the release rebuilt elsewhere, with more jobs and with the other kind of kernel: the same bytes?
	@$(PY) -m helpers run --study $(STUDY)
	@$(PY) -m helpers verify --study $(STUDY) --jobs 4
	@THROUGHCARE_KERNELS=ordinary $(PY) -m helpers verify --study $(STUDY) --jobs 1

lab: $(VENV)/installed  ## JupyterLab on the notebooks
	@$(VENV)/bin/jupyter lab notebooks

validate: $(VENV)/installed  ## the methods checked by simulation under the study's own design (some minutes)
	@mkdir -p $(CHECKED)
	@TQDM_MININTERVAL=5 $(PY) -m papermill notebooks/2_check_methods.ipynb $(CHECKED)/2_check_methods.ipynb \
		-p study_folder $(STUDY) -p replicates $(REPLICATES) -p seeds $(SEEDS) --log-output --no-progress-bar
	@$(VENV)/bin/jupyter nbconvert --to throughcare --log-level WARN $(CHECKED)/2_check_methods.ipynb

soak: $(VENV)/installed  ## thousands of spoilt extracts cleaned, hundreds of runs killed (an hour or more)
	@THROUGHCARE_MUTANTS=$(MUTANTS) $(PY) -m pytest tests/extracts/test_mutated.py
	@THROUGHCARE_KILLS=$(KILLS) THROUGHCARE_PARTNERSHIPS=$(PARTNERSHIPS) $(PY) -m pytest \
		--numprocesses auto tests/faults/test_killed.py tests/faults/test_many.py

bench: $(VENV)/installed $(BENCH)/installed  ## the figures the README quotes
	@$(PY) -m bench

# What the benchmark is held against, in a place of its own: Polars' threads and forked kernels do not mix.
$(BENCH)/installed: bench/requirements.txt $(VENV)/installed
	@$(PY) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement bench/requirements.txt
	@touch $@

lock: $(VENV)/installed  ## requirements.txt anew from pyproject.toml, for Python 3.11 to 3.13
	@$(VENV)/bin/uv --version >/dev/null 2>&1 || $(PY) -m pip install --quiet uv
	@$(VENV)/bin/uv pip compile pyproject.toml --extra dev --extra spss --extra cluster --extra notify \
		--universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command 'make lock' --quiet \
		--output-file requirements.txt
	@$(VENV)/bin/uv pip compile bench/requirements.in --constraint requirements.txt --universal --python-version 3.11 \
		--generate-hashes --no-annotate --custom-compile-command 'make lock' --quiet \
		--output-file bench/requirements.txt

clean:  ## everything that can be made again
	@rm -rf $(VENV) $(BENCH) build src/*.egg-info .pytest_cache .ruff_cache .import_linter_cache

# Built aside and stamped last, so that an interrupted installation is never taken for a finished one.
$(VENV)/installed: requirements.txt pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "Throughcare needs Python 3.11, 3.12 or 3.13 and found none on the path."; \
		echo "Install one, or name it: make report PYTHON=/path/to/python3.12"; exit 2; fi
	@$(PYTHON) -c '$(FITS)' || { \
		echo "Throughcare needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
		echo "Name another: make report PYTHON=/path/to/python3.12"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) ($$($(PYTHON) --version 2>&1)) comes without venv, which keeps Throughcare's packages apart from yours."; \
		echo "On Debian and Ubuntu: sudo apt install python3-venv. Elsewhere: install Python from your usual source."; exit 2; }
	@echo "Installing Throughcare and its packages into $(VENV) (once; a minute or two) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
