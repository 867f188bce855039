# What deploy.sh and switch.sh ask of an environment and of a colour; to be sourced.

require_environment() {
  if [[ ! $1 =~ ^(dev|staging|prod)$ ]]; then
    echo "'$1' is no environment; it is dev, staging or prod" >&2
    exit 2
  fi
}

require_colour() {
  if [[ ! $1 =~ ^(blue|green)$ ]]; then
    echo "'$1' is no colour; it is blue or green" >&2
    exit 2
  fi
}

# Run a command in an API server of the colour, which has its settings and Secrets.
in_colour() {
  kubectl exec --namespace "documenthor-$1" deployment/airflow-api-server --container api-server -- "${@:2}"
}

is_there() {
  [ -n "$(kubectl get deployment airflow-api-server --namespace "documenthor-$1" --ignore-not-found --output name)" ]
}

# The colour that takes requests; nothing before the first switch. An answer that cannot be had ends the script.
active() {
  local namespace
  namespace=$(kubectl get httproute documenthor-api --namespace documenthor --ignore-not-found \
    --output 'jsonpath={.spec.rules[0].backendRefs[0].namespace}')
  echo "${namespace#documenthor-}"
}

# Whether a colour works on nothing: require_drained COLOUR SERVING. The one that takes requests is asked first, over
# the same database, as the other may be ill, which is why it is replaced. Before the first switch there is the one
# alone, and what does not answer then has had no requests.
require_drained() {
  local asked status
  for asked in $2 "$1"; do
    status=0
    in_colour "$asked" documenthor colours drained "$1" || status=$?
    case $status in
      0) return ;;
      3) echo "$1 has jobs to finish; wait until it is drained" >&2; exit 1 ;;
    esac
  done
  [ -z "$2" ] || { echo "neither colour says whether $1 is drained; OVER_ACTIVE=yes replaces $2 in place" >&2; exit 1; }
}

# The colour to deploy next: the one that takes no requests.
idle() {
  local name
  name=$(active)
  if [ "$name" = blue ]; then echo green; else echo blue; fi
}

# Database, scheduler and DAGs, as the service itself sees them; the last answer says which one fails. A colour that
# was just rolled out reads its DAGs a moment later, so two minutes are waited for that.
is_well() {
  in_colour "$1" python -c 'import sys, time, urllib.error, urllib.request
for left in reversed(range(24)):
    try:
        answer = urllib.request.urlopen("http://127.0.0.1:8080/api/health", timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    if answer.status == 200 or not left:
        break
    time.sleep(5)
print(answer.read().decode())
sys.exit(answer.status != 200)' || { echo "$1 is not well; requests stay where they are" >&2; exit 1; }
}
