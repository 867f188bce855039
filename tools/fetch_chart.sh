#!/usr/bin/env bash
# Fetch the official Airflow chart, with the schema of its values, into build/manifests. Needs helm and the network.
set -euo pipefail
cd "$(dirname "$0")/.."
version=1.22.0

mkdir -p build/manifests
rm -rf build/manifests/chart
helm pull airflow --repo https://airflow.apache.org --version "$version" --untar --untardir build/manifests/chart
cp build/manifests/chart/airflow/values.schema.json build/manifests/values.schema.json
