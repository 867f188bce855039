#!/usr/bin/env bash
# Bring an environment to what this checkout says: tools/deploy.sh ENVIRONMENT AIRFLOW_DIGEST GENERATOR_DIGEST
# Needs helm, kubectl, the chart (tools/fetch_chart.sh) and a KUBECONFIG. docs/deployment.md says what has to be
# there before.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=$1 airflow=$2 generator=$3
for digest in "$airflow" "$generator"; do
  if [[ ! $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
    echo "'$digest' is no digest such as sha256:...; images are deployed by digest alone" >&2
    exit 2
  fi
done

# First what the chart's pods refer to: priorities, accounts' rights, tenants' files. The generator's image is
# named in tenants' files, and becomes the digest on the way.
kubectl kustomize "helm-values/manifests/overlays/$environment" |
  sed --regexp-extended "s#(image: [^[:space:]]+/gpu-docgen)[:@][^[:space:]]+#\1@$generator#" |
  kubectl apply --server-side --filename -

# Migrations run before the rollout; a rollout that does not get well is taken back.
helm upgrade airflow build/manifests/chart/airflow --install --namespace documenthor \
  --values helm-values/base.yaml --values "helm-values/$environment.yaml" \
  --set-string "images.airflow.digest=$airflow" \
  --atomic --wait --timeout 20m
