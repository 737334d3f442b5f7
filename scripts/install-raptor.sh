#!/usr/bin/env bash
# Installs raptor's program from Debian's packages, unless it is there: one parser more, in C, that reads what we write.
set -euo pipefail
command -v rapper > /dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n --preserve-env=DEBIAN_FRONTEND)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends raptor2-utils
command -v rapper > /dev/null
