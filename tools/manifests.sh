#!/usr/bin/env bash
# Print what the chart does not own: tools/manifests.sh ENVIRONMENT shared|colour|routes [COLOUR]
# `shared` is there once, `colour` is what a release stands in, `routes` say which colour takes requests.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=$1 part=$2 colour=${3:-blue}
if [[ ! $colour =~ ^(blue|green)$ ]]; then
  echo "'$colour' is no colour; it is blue or green" >&2
  exit 2
fi
kubectl kustomize "helm-values/manifests/overlays/$environment/$part" | sed "s/documenthor-colour/documenthor-$colour/g"
