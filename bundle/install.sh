#!/bin/sh
# 离线安装：sh install.sh 目标文件夹 / installs without network: sh install.sh FOLDER
set -eu
target=${1:?用法 usage: sh install.sh FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
(cd "$here" && sha256sum --quiet -c SHA256SUMS)
"$python" -m venv --without-pip "$target"
# pip comes along: Debian's python3 has none
pip=$(ls "$here"/wheels/pip-*.whl)
"$target/bin/python" "$pip/pip" install --quiet --no-index --find-links "$here/wheels" 'shuangsuiji[desk]'
"$target/bin/supervision" --version
echo "已安装 installed: $target/bin/supervision"
