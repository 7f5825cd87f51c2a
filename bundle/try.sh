#!/bin/sh
# Installs a bundle with the system's own Python in an environment of its own, cut off from every network, and runs a
# month of 500 units there: sh bundle/try.sh BUNDLE
set -eu
bundle=$(cd "${1:?usage: sh bundle/try.sh BUNDLE}" && pwd)
work=$(mktemp -d)
cat > "$work/inside.sh" <<'INSIDE'
set -eu
reached='import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 9))'
if /usr/bin/python3 -c "$reached" 2>/dev/null; then echo "there is a network"; exit 1; fi
PYTHON=/usr/bin/python3 sh "$1/install.sh" "$PWD/env"
PATH="$PWD/env/bin:$PATH"
supervision demo city --entities 500
code=0; supervision month 2026-12 --rehearsal --inputs city --out out || code=$?
[ "$code" = 0 ] || [ "$code" = 4 ] || exit "$code"
code=0; supervision verify out || code=$?
[ "$code" = 0 ] || [ "$code" = 6 ] || exit "$code"
code=0; supervision doctor --out out || code=$?
[ "$code" = 0 ] || [ "$code" = 4 ] || exit "$code"
INSIDE
cd "$work"
env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME="$work" unshare -n sh inside.sh "$bundle"
cd / && rm -rf "$work"
echo "a month of 500 units ran without network"
