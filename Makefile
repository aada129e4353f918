# Every target installs what it lacks (scripts/setup) and can be run again.
SHELL := /bin/bash
export PATH := $(CURDIR)/.tools/bin:$(PATH)
MAKEFLAGS += --no-print-directory

PORT ?= 8080

.PHONY: help demo test pack bench pagelife fmt lint clean setup-build setup-test

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: pack ## Build everything and serve the lab
	@node www/server.mjs

test: setup-test ## Run all tests
	@node tests/run.mjs

pack: setup-build ## Build the npm package in pkg/ and print its size
	@node pkg-template/build.mjs

bench: pack ## Measure speed side by side with the browser's own WebSocket
	@scripts/setup test
	@node tests/bench/bench.mjs

pagelife: pack ## Write docs/page-life.md: page life in three browsers (10 minutes)
	@scripts/setup test
	@node tests/e2e/life/pagelife.mjs

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
