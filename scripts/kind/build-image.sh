#!/usr/bin/env bash
# Builds the reference pseudo-agent's image from what `npm run build` made. It takes Docker and npm.
#
#   scripts/kind/build-image.sh [TAG]          default: deepflow-pseudo-agent
#   AGENT_BASE_IMAGE=IMAGE                     any image with Node.js >= 20.19 on its PATH; default: see the Dockerfile
set -euo pipefail
tag=${1:-deepflow-pseudo-agent}
root=$(cd "$(dirname "$0")/../.." && pwd)
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

cp "$root/agents/reference/Dockerfile" "$root/agents/reference/.dockerignore" "$context"
package=$(cd "$root" && npm pack --silent --ignore-scripts --pack-destination "$context")
# Nothing that the agent needs is compiled at its installation.
npm install --silent --omit=dev --no-save --ignore-scripts --prefix "$context/image" "$context/$package"
docker build --quiet --tag "$tag" ${AGENT_BASE_IMAGE:+--build-arg "BASE=$AGENT_BASE_IMAGE"} "$context"
