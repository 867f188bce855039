#!/usr/bin/env bash
# Render everything that an environment applies: tools/render.sh ENVIRONMENT FOLDER [DIGEST]
# Needs helm, kubectl and the chart (tools/fetch_chart.sh). DIGEST is the Airflow image's. Colours differ by their
# names alone, so one is enough to see.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=$1 folder=$2 digest=${3:-}

values=helm-values
set -- --values "$values/base.yaml" --values "$values/metrics.yaml" --values "$values/$environment.yaml"
if [ -n "$digest" ]; then
  set -- "$@" --set-string "images.airflow.digest=$digest"
fi
helm template airflow build/manifests/chart/airflow --namespace documenthor-blue "$@" > "$folder/$environment-chart.yaml"
for part in shared colour routes; do
  tools/manifests.sh "$environment" "$part" > "$folder/$environment-$part.yaml"
done
