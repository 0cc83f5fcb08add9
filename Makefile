# What can be done with this package; `make` alone lists it. The steps are scripts: each says what failed and what to do.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PREFIX ?= /usr/local
SUITE ?=
# Package traits of the build, such as OneDNN; the default build has none.
export TRAITS ?=
ARGS ?=

.PHONY: help
help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: setup
setup: ## install what the build needs; nothing where nothing is missing
	@scripts/setup.sh

.PHONY: build
build: setup ## build labctl in release (TRAITS=OneDNN adds oneDNN)
	@scripts/build.sh labctl

.PHONY: run
run: build ## set up, build, pull the data and run the whole loop (ARGS="…" for labctl loop)
	@scripts/data.sh
	@scripts/run.sh $(ARGS)

.PHONY: data
data: build ## pull and verify the main datasets
	@scripts/data.sh

.PHONY: test
test: ## set up, build and run every test (ARGS="--filter NAME" for some)
	@scripts/setup.sh all
	@scripts/build.sh tests
	@scripts/data.sh stopwords-iso use-m3
	@scripts/venv.sh clients
	@scripts/test.sh $(ARGS)

.PHONY: lint
lint: setup ## check formatting, module graph, sizes and scripts
	@scripts/lint.sh

.PHONY: record
record: build ## record the reference runs and the notebooks' outputs anew
	@scripts/reference-runs.sh

.PHONY: skeleton
skeleton: build ## write a user's own package and build it in full (slow: all of Lab again)
	@scripts/skeleton.sh

.PHONY: bench
bench: ## measure against peers, side by side (SUITE=numerics for one, ARGS="--json" for programs)
	@# Only the measurements come out on standard output.
	@$(MAKE) --no-print-directory build >&2
	@scripts/venv.sh peers >&2
	@LAB_PEERS_PYTHON="$(CURDIR)/.venv-peers/bin/python" .build/release/labctl bench $(SUITE) $(ARGS)

.PHONY: docs
docs: setup ## make the documentation of every module
	@scripts/docs.sh

.PHONY: install
install: build ## install labctl, manifests and completions under PREFIX
	@scripts/install.sh "$(PREFIX)"

.PHONY: dist
dist: setup ## make a tarball that needs no Swift toolchain
	@scripts/dist.sh

.PHONY: clean
clean: ## remove what was built; pulled data and runs stay in workspace/
	rm -rf .build .build-dist .build-docs .build-traits .venv-clients .venv-peers .venv-trackers dist
