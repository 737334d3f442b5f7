#!/usr/bin/env bash
# Installs Virtuoso from Debian's packages, unless virtuoso-t is there: tests/endpoint starts one of its own, without a service.
set -euo pipefail
command -v virtuoso-t > /dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n --preserve-env=DEBIAN_FRONTEND)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends virtuoso-opensource-7
command -v virtuoso-t > /dev/null
