#!/usr/bin/env bash
# Judges the reference agent on one kind cluster in each form that takes one: as a process of this host, as an image in a pod,
# by a manifest. What an agent's own repository does in its CI, all at once. It takes `npm ci` beforehand.
#
#   scripts/kind/run.sh [OPTIONS OF run …]        such as --profile core,recovery
#   OUT=DIR                                       default: conformance-out/kind
set -uo pipefail
cd "$(dirname "$0")/../.."
image=deepflow-pseudo-agent
out=${OUT:-conformance-out/kind}
log=$(mktemp)
worst=0

# The cluster that was made here, and its claim; not one that somebody else has kept.
clean() {
  local cluster
  cluster=$(sed -n 's/^ *making kind cluster \([^ ]*\).*/\1/p' "$log" | head -1)
  rm -f "$log"
  [[ -z $cluster ]] || { kind delete cluster --name "$cluster"; docker volume rm --force "$cluster" >/dev/null; }
}
trap clean EXIT

# judge FORM OPTIONS…: one run on the cluster, whose exit code counts.
judge() {
  local form=$1; shift
  echo "== $form"
  node cli/bin.mjs run --cluster kind --keep --reuse --out "$out/$form" "$@" | tee -a "$log"
  local code=${PIPESTATUS[0]}
  ((code > worst)) && worst=$code
}

scripts/kind/build-image.sh "$image" || exit 4
judge process "$@" --agent reference
judge image "$@" --image "$image"
judge manifest "$@" --manifest agents/examples/manifest/pseudo-agent.yaml
exit "$worst"
