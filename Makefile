# Every target installs what it lacks (scripts/setup) and can be run again.
SHELL := /bin/bash
export PATH := $(CURDIR)/.tools/bin:$(PATH)
MAKEFLAGS += --no-print-directory

PORT ?= 8080

SOAK ?= 3600

.PHONY: help demo test soak mutants pack bench storm faults chaos fmt lint clean setup-build setup-test

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

demo: pack ## Build everything and serve the lab
	@node www/server.mjs

test: setup-test ## Run all tests
	@node tests/run.mjs

soak: setup-build ## Live simulated lives for an hour, or SOAK seconds, on all cores
	@SOAK=$(SOAK) cargo test --quiet --profile soak --test sim lives::

mutants: setup-build ## Break the core in many ways: each must fail the simulated lives
	@node tests/mutants/run.mjs

pack: setup-build ## Build the npm package in pkg/ and print its size
	@node pkg-template/build.mjs

faults: pack ## Measure how soon a dead connection is noticed, in browsers, for docs/detection.md
	@scripts/setup test
	@node tests/e2e/measure-detection.mjs

chaos: pack ## Break 50 pages' connections at random for 10 minutes and check every message
	@scripts/setup test
	@node tests/e2e/chaos/main.mjs

bench: pack ## Measure speed side by side with the browser's own WebSocket
	@scripts/setup test
	@node tests/bench/bench.mjs

storm: setup-build ## Simulate a server's restart and write docs/storm.md
	@cargo run --quiet --release --example storm -- --write

fmt: setup-build ## Format Rust, TypeScript and the rest
	@cargo fmt
	@npx biome check --write --log-level=warn .

lint: setup-build ## Check formats and lints
	@node tests/run.mjs lint

clean: ## Remove what was built; what was installed stays
	@rm -rf build pkg target test-results

setup-build:
	@scripts/setup build

setup-test:
	@scripts/setup test
