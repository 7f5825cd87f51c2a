#!/bin/sh
# Installs a bundle cut off from every network, and runs a month of 500 units there: sh bundle/try.sh BUNDLE [ROOT]
#
# With ROOT, the folder of a bare Debian (debootstrap --variant=minbase --include=python3 bookworm ROOT), inside it, as
# root: nothing but Debian's smallest system and its python3 is there. Without, with this system's own Python.
set -eu
bundle=$(cd "${1:?usage: sh bundle/try.sh BUNDLE [ROOT]}" && pwd)
work=$(mktemp -d)
cat > "$work/inside.sh" <<'INSIDE'
set -eu
reached='import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 9))'
if /usr/bin/python3 -c "$reached" 2>/dev/null; then echo "there is a network"; exit 1; fi
/usr/bin/python3 -c 'import os, sys; print("Python", sys.version.split()[0], os.confstr("CS_GNU_LIBC_VERSION"))'
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
if [ $# -gt 1 ]; then
    root=$(cd "$2" && pwd)
    mkdir -p "$root/bundle" "$root/try"
    rm -rf "$root/try/"*
    cp "$work/inside.sh" "$root/try/"
    # /proc and a place for shared memory of its own; the bundle can be read only; all of it is gone with the process
    unshare -n -m sh -eu -c '
        mount --bind "$1" "$2/bundle" && mount -o remount,bind,ro "$2/bundle"
        mount -t proc none "$2/proc"
        mkdir -p "$2/dev/shm" && mount -t tmpfs none "$2/dev/shm"
        cd /
        exec chroot "$2" /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME=/try \
            sh -c "cd /try && sh inside.sh /bundle"
    ' sh "$bundle" "$root"
else
    cd "$work"
    env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME="$work" unshare -n sh inside.sh "$bundle"
fi
cd / && rm -rf "$work"
echo "a month of 500 units ran without network"
