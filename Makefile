# Every target installs what it lacks (scripts/setup) and can be run again.
SHELL := /bin/bash
export PATH := $(CURDIR)/.tools/bin:$(PATH)
MAKEFLAGS += --no-print-directory

PORT ?= 8080
SOAK ?= 3600

.PHONY: help demo test pack soak mutants storm faults conformance pagelife chaos plain-js bench interop packaging frameworks version fmt lint clean setup-build setup-demo setup-test setup-interop

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: pack setup-demo ## Build everything and serve the lab and the examples
	@node www/examples/build.mjs
	@node www/server.mjs

test: setup-test ## Run all tests
	@node tests/run.mjs

pack: setup-build ## Build the npm package in pkg/ and print its size
	@node pkg-template/build.mjs

soak: setup-build ## Live simulated lives for an hour, or SOAK seconds, on all cores
	@SOAK=$(SOAK) node tests/soak.mjs

mutants: setup-build ## Break the core in many ways: each must fail the simulated lives (5 minutes)
	@node tests/mutants/run.mjs

storm: setup-build ## Simulate a server's restart and write docs/storm.md (2 minutes)
	@cargo run --quiet --release --example storm -- --write

faults: pack setup-test ## Measure how soon browsers' dead connections are noticed and write docs/detection.md (5 minutes)
	@node tests/e2e/measure-detection.mjs

conformance: pack setup-test ## Compare with the browser's own WebSocket in three browsers and write docs/conformance.md (3 minutes)
	@node tests/e2e/conformance/measure.mjs

pagelife: pack setup-test ## Try page life in three browsers and write docs/page-life.md (10 minutes)
	@node tests/e2e/life/pagelife.mjs

chaos: pack setup-test ## Break 50 pages' connections at random for 10 minutes and check every message
	@node tests/e2e/chaos/main.mjs

plain-js: pack setup-test ## Run the end-to-end tests over steadysocket/js, in three browsers (10 minutes)
	@node tests/e2e/plain-js/run.mjs

bench: pack setup-test ## Measure speed side by side with the browser's own WebSocket
	@node tests/bench/bench.mjs

interop: pack setup-interop ## Try other people's servers and client libraries and write their tables (5 minutes)
	@node tests/interop/run.mjs

packaging: pack setup-test ## Install the package in fresh projects of many tools and write the README's table (5 minutes)
	@node tests/packaging/run.mjs

frameworks: pack setup-test ## Try the adapters in old and new frameworks, in Chromium and Firefox (15 minutes)
	@npx playwright test --config tests/frameworks/playwright.config.mjs

version: setup-build ## Make a version of the changes noted in pkg-template/.changeset
	@node pkg-template/version.mjs

fmt: setup-build ## Format Rust, TypeScript and the rest
	@cargo fmt
	@npx biome check --write --log-level=warn .

lint: setup-build ## Check formats and lints
	@node tests/run.mjs lint

clean: ## Remove what was built; what was installed stays
	@rm -rf build pkg target test-results tests/interop/rust-server/target

setup-build:
	@scripts/setup build

setup-demo:
	@scripts/setup demo

setup-test:
	@scripts/setup test

setup-interop:
	@scripts/setup interop
