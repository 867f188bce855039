# Airflow with Documenthor: what schedulers, API servers, DAG processors, triggerers and workers run.
# The generator is an image of its own (images/gpu-docgen); of it only the contract is in here.
# The pipeline gives both bases with a digest; the tags are for builds by hand.
ARG AIRFLOW=apache/airflow:3.3.2-python3.11
ARG PYTHON=python:3.12-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /build
COPY requirements-setup.txt ./
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-setup.txt
COPY pyproject.toml README.md ./
COPY include include
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels .

FROM ${AIRFLOW}
# The base's user, by number, so that `runAsNonRoot` can see that it is not root.
USER 50000:0
RUN --mount=type=bind,source=requirements.txt,target=/tmp/requirements.txt \
    --mount=type=bind,source=requirements-stores.txt,target=/tmp/requirements-stores.txt \
    pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt -r /tmp/requirements-stores.txt
RUN --mount=type=bind,from=build,source=/wheels,target=/tmp/wheels \
    pip install --no-cache-dir --no-deps /tmp/wheels/*.whl
COPY images/gpu-docgen/src/docgen/__init__.py /opt/documenthor/contract/docgen/__init__.py
COPY images/gpu-docgen/src/docgen/contract /opt/documenthor/contract/docgen/contract
COPY include/prompts /opt/documenthor/prompts
COPY dags /opt/airflow/dags
COPY plugins /opt/airflow/plugins
# Tenant files belong to the deployment: they are mounted, not baked.
ENV PYTHONPATH=/opt/documenthor/contract \
    DOCUMENTHOR_PROMPTS=/opt/documenthor/prompts \
    DOCUMENTHOR_TENANTS=/opt/documenthor/tenants \
    DOCUMENTHOR_RUNTIME=kubernetes
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="documenthor-airflow" \
      org.opencontainers.image.description="Airflow with the DAGs, the API and the control plane of Documenthor" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/documenthor/documenthor-enterprise" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
