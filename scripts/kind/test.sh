#!/usr/bin/env bash
# The tests that take a Docker engine and kind: images as containers, clusters from nothing to a verdict, disasters.
# One cluster at a time; everything is removed again. It takes `npm ci` beforehand.
#
#   scripts/kind/test.sh [OPTIONS OF vitest …]
#   KIND_NODE_IMAGE=IMAGE      image of the nodes; default: kind's own
#   AGENT_BASE_IMAGE=IMAGE     what the agent's image is built on; default: see agents/reference/Dockerfile
set -euo pipefail
cd "$(dirname "$0")/../.."
for program in docker kind kubectl; do
  command -v "$program" >/dev/null || { echo "$program is not on PATH" >&2; exit 4; }
done
CONFORMANCE_KIND=1 CONFORMANCE_DOCKER=1 exec npx vitest run --no-file-parallelism "$@" .kind.test.ts .docker.test.ts
