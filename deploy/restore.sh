#!/bin/sh
# sudo sh deploy/restore.sh FILE [--check]: `flask restore` with the settings of the server; what is restored belongs to
# its user. Another DATA_DIR than the server's is taken from the environment.
set -eu
here=$(dirname "$0")
. "$here/settings.sh"
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$here/.."
code=0
"$here/../.venv/bin/flask" restore "$@" || code=$?
if [ -d "$DATA_DIR" ]; then
    chown -R zhengzhao: "$DATA_DIR"
fi
exit "$code"
