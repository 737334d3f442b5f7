#!/usr/bin/env bash
# Installs Virtuoso from Debian's packages, unless virtuoso-t is there: tests/endpoint starts one of its own, without a service.
# Exits with 3 where the package cannot be had.
set -euo pipefail
command -v virtuoso-t > /dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n --preserve-env=DEBIAN_FRONTEND)
install=(apt-get install -y -qq --no-install-recommends virtuoso-opensource-7)
"${as_root[@]}" apt-get update -qq && "${as_root[@]}" "${install[@]}" --download-only || exit 3
"${as_root[@]}" "${install[@]}"
command -v virtuoso-t > /dev/null
