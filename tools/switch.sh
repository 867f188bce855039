#!/usr/bin/env bash
# Let a colour take requests and the schedule; the other one finishes what it has begun. Back is the same command
# with the other colour.  tools/switch.sh dev|staging|prod blue|green
set -euo pipefail
cd "$(dirname "$0")/.."
environment=$1 colour=$2
. tools/colours.sh
require_environment "$environment"
require_colour "$colour"
is_well "$colour"
in_colour "$colour" documenthor colours activate "$colour"
tools/manifests.sh "$environment" routes "$colour" | kubectl apply --server-side --filename -
in_colour "$colour" documenthor colours list
