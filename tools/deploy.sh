#!/usr/bin/env bash
# Bring a colour of an environment to what this checkout says, beside the one that works:
#   tools/deploy.sh dev|staging|prod blue|green AIRFLOW_DIGEST GENERATOR_DIGEST
# Needs helm, kubectl, the chart (tools/fetch_chart.sh) and a KUBECONFIG. docs/deployment.md says what has to be
# there before, docs/blue-green.md what comes after. OVER_ACTIVE=yes replaces the colour that takes requests.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=$1 colour=$2 airflow=$3 generator=$4
. tools/colours.sh
require_environment "$environment"
for digest in "$airflow" "$generator"; do
  if [[ ! $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
    echo "'$digest' is no digest such as sha256:...; images are deployed by digest alone" >&2
    exit 2
  fi
done
require_colour "$colour"
serving=$(active)
if [ "$serving" = "$colour" ] && [ "${OVER_ACTIVE:-}" != yes ]; then
  echo "$colour takes the requests; deploy the other colour, or set OVER_ACTIVE=yes" >&2
  exit 1
fi
if is_there "$colour" && [ "$serving" != "$colour" ]; then
  require_drained "$colour" "$serving"
fi

# First what the chart's pods refer to: priorities, accounts' rights, tenants' files. The generator's image is
# named in tenants' files, and becomes the digest on the way.
tools/manifests.sh "$environment" shared "$colour" | kubectl apply --server-side --filename -
tools/manifests.sh "$environment" colour "$colour" |
  sed --regexp-extended "s#(image: [^[:space:]]+/gpu-docgen)[:@][^[:space:]]+#\1@$generator#" |
  kubectl apply --server-side --filename -

# Migrations run before the rollout; a rollout that does not get well is taken back.
helm upgrade airflow build/manifests/chart/airflow --install --namespace "documenthor-$colour" \
  --values helm-values/base.yaml --values helm-values/metrics.yaml --values "helm-values/$environment.yaml" \
  --set-string "images.airflow.digest=$airflow" \
  --atomic --wait --timeout 20m
is_well "$colour"
echo "$colour is well; tools/switch.sh $environment $colour sends requests to it"
