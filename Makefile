# The commands to know. `make demo` and `make test` do all the set-up themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo run test check bench bench-peers faults reports statements pictures messages migration package clean

$(VENV)/installed: pyproject.toml constraints.txt hatch_build.py scripts/prepare.sh
	@PYTHON=$(PYTHON) sh scripts/prepare.sh
	@echo "Installing into $(VENV); the first time this takes a minute or two …"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

resources/i18n/ar.mo: resources/i18n/ar.po $(VENV)/installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale ar

# Installs, makes the demo workspace and its documents, says where they are, and opens the window if there is a screen.
demo: resources/i18n/ar.mo
	$(BIN)/unnm-desktop demo $(DEMO)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then $(BIN)/unnm-desktop $(DEMO)/demo.unnm; \
	else echo "No screen here: open $(DEMO)/demo.unnm later with '$(BIN)/unnm-desktop $(DEMO)/demo.unnm'."; fi

run: resources/i18n/ar.mo
	$(BIN)/unnm-desktop

# On all cores; ARGS="-n 0" for one after the other, for instance with a debugger.
test: resources/i18n/ar.mo
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal $(ARGS)

check: resources/i18n/ar.mo
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m unnm_desktop.db.migrate
	$(MAKE) test

bench: resources/i18n/ar.mo
	$(BIN)/python -m tests.bench $(ARGS)

# Our start beside that of KeePassXC, GnuCash and Anki, those of them that are installed.
bench-peers: resources/i18n/ar.mo
	$(BIN)/python -m tests.bench.peers

# The properties of the merge on many more stories than the tests play (about 12,000 an hour and core), and many more
# samples of damaged packages, kills, power cuts, pulled sticks and failing disks; as root, so that disks can be mounted.
# Where atheris is installed beside the project, its readers are fuzzed too.
# HOURS may be a fraction. All of it runs at the lowest priority, so that the computer can be worked on.
HOURS ?= 1
faults: resources/i18n/ar.mo
	UNNM_STORIES=$(call times,12000) nice -n 19 $(BIN)/python -m pytest -n 0 tests/handover
	UNNM_FAULTS=$(call times,100) nice -n 19 $(BIN)/python -m pytest -n 0 tests/services/handover/test_bad_packages.py
	nice -n 19 $(BIN)/python -m tests.faults.fuzz $(call times,600)
	UNNM_FAULTS=$(call times,25) nice -n 19 $(BIN)/python -m pytest -n 0 tests/faults
# So many times the hours, at least 1.
times = $$(awk 'BEGIN { n = int($(HOURS) * $(1)); print n < 1 ? 1 : n }')

# Golden texts of the documents: read the difference, commit it with the code.
reports: resources/i18n/ar.mo
	$(BIN)/python -m tests.regenerate_golden
	git diff --stat tests/_golden

# What the first page asks, as SQLAlchemy writes it: the program has it written. Commit it with the query.
statements: $(VENV)/installed
	$(BIN)/python -m tests.write_statements
	git diff --stat resources/statements

# The manual's pictures, of the real window over the sample; look at them, commit them with the change.
pictures: resources/i18n/ar.mo
	$(BIN)/python scripts/pictures.py
	git diff --stat docs/manual/pictures

messages: $(VENV)/installed
	$(BIN)/pybabel --quiet extract -F scripts/babel.cfg -k tr -k ntr:1,2 -k N_ --no-wrap --sort-by-file --no-location -o messages.pot unnm_desktop
	$(BIN)/pybabel --quiet update -i messages.pot -o resources/i18n/ar.po -l ar --no-wrap --no-fuzzy-matching --ignore-obsolete
	$(MAKE) resources/i18n/ar.mo

migration: $(VENV)/installed
	$(BIN)/python -m unnm_desktop.db.migrate new "$(NAME)"

package: $(VENV)/installed
	$(BIN)/python -m pip --quiet wheel --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) build dist $(DEMO) messages.pot resources/i18n/*.mo
