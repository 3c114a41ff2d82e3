# What the stages of a run share; sourced by `run`.
#
# A stage that fails is counted and the next one starts: one run shows everything that is wrong.

passed=0
failed=()

# stage NAME COMMAND [ARGUMENT...]: runs the command in a shell of its own that stops at the first error.
stage() {
  local name=$1 start=$SECONDS status
  shift
  printf '\n== %s\n' "$name"
  set +e
  (
    set -e
    "$@"
  ) </dev/null
  status=$?
  set -e
  if [ "$status" = 0 ]; then
    passed=$((passed + 1))
    printf '== %s: passed, %s s\n' "$name" "$((SECONDS - start))"
  else
    failed+=("$name")
    printf '== %s: FAILED with %s, %s s\n' "$name" "$status" "$((SECONDS - start))"
  fi
}

# Says how it went, in a last line that a program can read, and fails if a stage did.
summary() {
  printf '\n'
  local name
  for name in "${failed[@]}"; do
    printf 'failed: %s\n' "$name"
  done
  printf '%s s in all\n' "$SECONDS"
  printf '%s passed, %s failed\n' "$passed" "${#failed[@]}"
  [ "${#failed[@]}" = 0 ]
}

# retry COMMAND [ARGUMENT...]: for what uses the network. Waits longer each time.
retry() {
  local attempt
  for attempt in 1 2 3 4 5; do
    "$@" && return
    printf 'attempt %s failed: %s\n' "$attempt" "$*" >&2
    sleep "$((attempt * 5))"
  done
  return 1
}

# packages NAME...: the Debian packages that the machine lacks. The lists are fetched once a run.
packages() {
  if dpkg -s "$@" >/dev/null 2>&1; then
    return
  fi
  if [ ! -e "$scratch/lists" ]; then
    retry apt-get update -qq
    touch "$scratch/lists"
  fi
  DEBIAN_FRONTEND=noninteractive retry apt-get install -y -qq --no-install-recommends "$@" >"$scratch/apt.log" 2>&1 || {
    tail -n 40 "$scratch/apt.log" >&2
    return 1
  }
}

# cargo_tool COMMAND CRATE [ARGUMENT...]: a command of a crate, built into the target folder unless it is there.
cargo_tool() {
  local command=$1 crate=$2
  shift 2
  command -v "$command" >/dev/null || retry cargo install --locked --quiet --root "$tools" "$crate" "$@"
}

# Node with npm. An image that has them keeps its own.
node_and_npm() {
  command -v npm >/dev/null || packages nodejs npm
}
