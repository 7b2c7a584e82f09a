# Bare `make` prints what there is.
.DEFAULT_GOAL := help

# DuckDB's Arrow interface is behind this build tag.
TAGS := -tags duckdb_arrow
BIN := bin/clientele
LINT := go tool -modfile=tools/go.mod golangci-lint

# The commit that same-bytes and bench-compare compare with.
REF ?= HEAD

.PHONY: help build run test test-long lint fmt generate test-spark fuzz bench bench-compare bench-models bench-exports bench-spark newcomer same-bytes axe screenshots clean

help: ## Print what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' Makefile

build: ## Build bin/clientele (the first build takes minutes: it links DuckDB)
	go build $(TAGS) -o $(BIN) ./cmd/clientele

run: build ## Build, then run the whole job on the bundled export
	$(BIN) run testdata/shop.yaml

test: ## Run all tests
	go test $(TAGS) -timeout 25m ./...

# Packages whose properties load exports into the engine for each draw.
DRAWN := ./analytics/ledger ./analytics/customers

test-long: ## Draw properties of the ledger and the reduce a thousand times, afresh each time
	go test $(TAGS) -timeout 2h -count 1 -run 'Property|TestDamagedCSV' $(DRAWN) -rapid.checks 1000 -rapid.seed 0

lint: ## Run the linters and check the formatting
	$(LINT) run --build-tags duckdb_arrow ./...
	$(LINT) fmt --diff

fmt: ## Format the code
	$(LINT) fmt

generate: ## Generate the code of the Spark Connect protocol from its .proto
	go -C tools/proto run . ../../internal/sparkconnect/connectpb connect.proto

# The wheel of PySpark brings all of Spark; a Java 17 must be there.
SPARK := .cache/spark-4.1.2

$(SPARK)/ready:
	python3 -m venv $(SPARK)
	$(SPARK)/bin/pip install --quiet --disable-pip-version-check pyspark==4.1.2 py4j==0.10.9.9
	touch $@

# Where tests find Spark, and what starts the server that they share.
SPARK_HOME = $$($(SPARK)/bin/python -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
SPARK_SERVE = SPARK_HOME=$(SPARK_HOME) go run $(TAGS) ./internal/sparkconnect/sparktest/serve

# Packages of which all tests may need Spark, and those of which some do.
SPARK_TEST = go test $(TAGS) -count 1 -p 1 -timeout 25m
test-spark: $(SPARK)/ready ## Run the tests that need Spark, on a real server (fetches PySpark once; needs Java 17)
	$(SPARK_SERVE) -- sh -c '$(SPARK_TEST) ./internal/sparkconnect/... ./analytics/engine/... && \
		$(SPARK_TEST) -run Spark ./analytics ./analytics/customers ./analytics/ledger'

fuzz: ## Run each fuzz target for half a minute
	./benchmarks/fuzz.sh 30s

bench: ## Time ten million rows beside DuckDB alone, and print the ratio
	./benchmarks/nightly.sh

bench-compare: ## Time two nights of the working tree beside those of a commit, stage by stage: REF=main
	./benchmarks/nightly.sh compare --ref $(REF)

bench-models: ## Time fits and scoring beside the Python package lifetimes
	./benchmarks/models.sh

bench-exports: ## Time how each kind of export is read beside a plain CSV, and print the ratios
	./benchmarks/exportkinds.sh

bench-spark: build $(SPARK)/ready ## Measure what a night on Spark carries, and hold it against DuckDB's: JOB=job.yaml
	SPARK_HOME=$(SPARK_HOME) go run $(TAGS) ./benchmarks/sparkload $(JOB)

newcomer: ## Go from a clean clone to a list of customers, and print how long it took
	./benchmarks/newcomer.sh

same-bytes: ## Show that what is published is byte for byte that of a commit: REF=main
	go run $(TAGS) ./benchmarks/samebytes --ref $(REF)

axe: ## Fetch axe-core (needs npm), and hold pages of nights against its rules in Chromium
	npm ci --prefix tools/axe --no-audit --no-fund
	go test $(TAGS) -count 1 -run 'TestPage' ./analytics/report

screenshots: build ## Take pictures of the page of a night in Chromium, into out/screenshots (SHOPS="shop uci million")
	./benchmarks/screenshots.sh $(SHOPS)

clean: ## Remove what the targets made
	rm -rf bin testdata/out
