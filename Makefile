# Every target sets up what it needs first; setting up is quiet and skipped when nothing changed.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check install --constraint .ci/constraints.txt
RUN    := $(BIN)/polypost
DEMO   := build/demo
FUZZ_SECONDS ?= 300
# Two more than there are cores: a third of the time tests wait, for a disk, a server, a browser or a signal.
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 2)))
# Where tests put their files: in memory where there is room for them and programs may run, for each build waits for the
# disk at every file that has to last.
SCRATCH = $(or $(shell test "$$(df -Pk /dev/shm 2>/dev/null | awk 'END { print int($$4 / 4000000) }')" -gt 0 2>/dev/null && \
	! mount | grep -q ' /dev/shm .*noexec' && echo /dev/shm),$(or $(TMPDIR),/tmp))
# Some hundred commands of the tests are processes that begin anew; each would compile the whole program again.
unexport PYTHONDONTWRITEBYTECODE
DATED  := $(if $(AS_OF),--as-of $(AS_OF))
# The tests of the modules whose every line and branch is to run (pyproject.toml, [tool.coverage.run]).
PURE   := tests/test_config_site.py tests/model/test_[!gp]*.py tests/model/test_p[!h]*.py tests/catalog/test_merge_table.py tests/catalog/test_take_over.py \
	tests/catalog/test_filling.py tests/catalog/test_copy_rule.py tests/catalog/test_mechanical_edits.py tests/publishing/test_ledger.py tests/publishing/test_paging.py tests/publishing/test_slugs.py \
	tests/publishing/test_selection.py tests/publishing/test_as_written.py tests/publishing/test_effort.py tests/publishing/test_list_index.py tests/publishing/test_search_index.py tests/language/test_address.py \
	tests/language/test_areas.py tests/language/test_commitments.py tests/language/test_duties.py tests/language/test_exonyms.py tests/publishing/test_extension.py \
	tests/publishing/test_localized.py tests/publishing/test_isolation.py tests/publishing/test_waiting.py tests/catalog/test_decisions.py tests/catalog/test_restoring.py tests/catalog/test_fact_edits.py tests/catalog/test_pairing.py tests/catalog/test_three_way.py tests/catalog/test_foreign_form.py tests/catalog/test_po_file.py tests/storage/test_conflict_markers.py \
	tests/translation/test_fact*.py tests/language/test_writing.py tests/language/test_glued_words.py tests/language/test_product_names.py tests/translation/test_ladder.py tests/translation/test_lines.py tests/translation/test_protection.py tests/translation/test_ranks.py \
	tests/translation/test_questions.py tests/translation/test_segmenter.py tests/translation/test_shape.py tests/translation/test_plain_signs.py \
	tests/translation/test_translator.py tests/translation/test_wordings.py tests/terminology/test_trade_glossary.py tests/terminology/titles tests/workflow/test_stopwatch.py tests/workflow/test_run_report.py pipeline/model pipeline/catalog pipeline/publishing/versions pipeline/publishing/feeds pipeline/publishing/pages/list_index.py pipeline/publishing/pages/list_parts.py pipeline/publishing/pages/search_words.py pipeline/language/areas.py pipeline/language/serbian.py \
	pipeline/translation pipeline/terminology/trade_glossary.py pipeline/terminology/titles

# Of these coverage learns nothing: how long a text takes, and what a command does in a process of its own.
UNTRACED := not linear_time and not little_time and not time_grows and not declared_encodings

.DEFAULT_GOAL := help
.PHONY: help setup demo build test coverage lint fix docs inspect detect translate catalogs publish check status serve bench bench-large fuzz chaos hostile clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

setup: $(VENV)/.ready  ## make the virtual environment in .venv

$(VENV)/.ready: pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Polypost needs Python 3.11 or later; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv (once; a minute or two) ..." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --editable '.[fast]' 2>/dev/null || $(PIP) --editable . || { echo "The packages could not be installed; is the package index reachable?" >&2; exit 1; }
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "Setting up the tools for tests ..." >&2
	@$(PIP) --editable '.[fast,dev]' || { echo "The packages could not be installed; is the package index reachable?" >&2; exit 1; }
	@touch $@

demo: setup  ## show the whole job on samples/, in build/demo; nothing else is touched
	@rm -rf $(DEMO) && mkdir -p $(DEMO) && cp -R locales $(DEMO)/locales
	@$(RUN) catalogs clear --machine --locales-dir $(DEMO)/locales
	@$(RUN) build --locales-dir $(DEMO)/locales --build-dir $(DEMO)/work --out $(DEMO)/public $(DATED)
	@echo
	@echo "Catalogs to review:  $(DEMO)/locales/<locale>/LC_MESSAGES/postings.<source language>.po"
	@echo "Language versions:   $(DEMO)/public/<language>/  (index.html, feed.json, countries.json)"
	@echo "See them:            $(RUN) serve --out $(DEMO)/public"

build: setup  ## run polypost build on this folder's polypost.toml (AS_OF=2026-11-23 sets the day)
	@$(RUN) build $(DATED)

inspect: setup  ## print the postings as they are read
	@$(RUN) inspect

detect: setup  ## print the language of every posting
	@$(RUN) detect

translate: setup  ## update the catalogs and translate what is new
	@$(RUN) translate $(DATED)

catalogs: setup  ## merge the postings into the catalogs, without an engine, and count
	@$(RUN) catalogs update
	@$(RUN) catalogs stats

publish: setup  ## publish the language versions from the catalogs as they are
	@$(RUN) publish $(DATED)

check: setup  ## run every check over the catalogs
	@$(RUN) check

status: setup  ## show how far every locale is
	@$(RUN) status $(DATED)

serve: setup  ## show public/ in a browser
	@$(RUN) serve

lint: $(VENV)/.ready-dev  ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted; 'make fix' formats them." >&2; exit 1; }
	@$(BIN)/mypy

coverage: covered-titles covered-others  ## whether every branch of the pure modules is tested; half a minute with --jobs=2
	@$(BIN)/python -m coverage combine --quiet build/.coverage.titles build/.coverage.others
	@$(BIN)/python -m coverage report

# Half of the time goes into the indexes of the occupations' names in five languages.
covered-titles: PART = $(filter %/titles,$(PURE))
covered-others: PART = $(filter-out %/titles,$(PURE))
covered-titles covered-others: $(VENV)/.ready-dev
	@$(BIN)/python -m coverage run --data-file=build/.coverage.$(@:covered-%=%) -m pytest --quiet --no-header \
		--hypothesis-profile=coverage $(PART) -k '$(UNTRACED)'

# In CI sets have one order, as laws have one choice of examples: a red run is red again. Elsewhere each run has others,
# and what has to be the same with any hash seed is built with several (tests/workflow/test_same_bytes.py).
test: $(VENV)/.ready-dev  ## lint, types, coverage of the pure modules and all tests
	@$(MAKE) --no-print-directory --jobs=3 lint coverage
	@TMPDIR=$$(mktemp -d $(SCRATCH)/polypost.XXXXXX) && export TMPDIR && trap 'rm -rf "$$TMPDIR"' EXIT && \
		$(if $(CI),PYTHONHASHSEED=0) $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal --quiet $(if $(CI),--durations=25)

fuzz: $(VENV)/.ready-dev  ## the long form of the tests that have one: laws, hostile documents and texts, real languages and translations, pages on a slow machine
	@POLYPOST_FUZZ=long $(BIN)/python -m pytest --numprocesses $(WORKERS) --quiet -m hypothesis
	@POLYPOST_FUZZ=long $(BIN)/python -m pytest --quiet tests/intake/test_hostile_documents.py tests/publishing/test_xss.py tests/intake/test_detection_accuracy.py \
		tests/checks/test_damaged_and_clean.py tests/translation/test_hostile_segments.py tests/workflow/test_long_texts.py tests/language/test_readings.py tests/cli/test_stopping.py \
		tests/proof/test_tampers.py tests/workflow/test_same_bytes.py tests/workflow/test_incremental.py tests/workflow/test_refreshing.py tests/workflow/test_git_merges.py tests/soup
	@POLYPOST_PAGES=slow $(BIN)/python -m pytest --quiet tests/publishing/test_*_in_browser.py tests/publishing/test_large_lists.py \
		tests/publishing/test_feeds_page.py
	@$(BIN)/python -c 'import atheris' 2>/dev/null || { echo "atheris has no wheel for this machine, so it was not run; hypothesis was." >&2; exit 0; }; \
	$(BIN)/python -m tests.intake.hostile_documents build/fuzz -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=build/fuzz-

chaos: $(VENV)/.ready-dev  ## kill a build 200 times, fill its disks, damage its files, let people and tools work on it for weeks: nothing may be lost
	@POLYPOST_CHAOS=long $(BIN)/python -m pytest --quiet tests/chaos/test_troubles.py tests/workflow/test_scripted_week.py
	@$(BIN)/python -m tests.chaos

hostile: $(VENV)/.ready-dev  ## try every attack on every stage; prints how many were tried and came through
	@$(BIN)/python -m tests.hostile
	@$(BIN)/python -m tests.bench.text_functions

fix: $(VENV)/.ready-dev  ## let ruff format the code and mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format --quiet .

bench: $(VENV)/.ready-dev  ## speed, size and rightness against peers and limits, in a table; SECTIONS='checks feeds' runs some
	@$(BIN)/python -m tests.bench $(if $(JSON),--json) $(SECTIONS)

bench-large: $(VENV)/.ready-dev  ## the same of 100,000 postings; it says first what disk and time that takes
	@$(BIN)/python -m tests.bench --large

docs: $(VENV)/.ready-dev  ## make docs/checks.md from the list of the checks
	@$(BIN)/python -m tests.make.checks_page

clean:  ## delete what the commands made, but not the catalogs
	@rm -rf build public .public-releases .pytest_cache .mypy_cache .ruff_cache .hypothesis
