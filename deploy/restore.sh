#!/bin/sh
# sudo sh deploy/restore.sh FILE [--check]: `flask restore` with the settings of the server; what is restored belongs to
# its user. Another DATA_DIR than the server's is taken from the environment.
set -eu
here=$(dirname "$0")
. "$here/settings.sh"
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$here/.."
code=0
"$here/../.venv/bin/flask" restore "$@" || code=$?
store=${STORE_URL:-}
case "${DATABASE_URL:-}" in sqlite:////*) base=/${DATABASE_URL#sqlite:////} ;; *) base= ;; esac
for place in "$DATA_DIR" "${store#file://}" "$base"; do
    if [ -e "$place" ]; then chown -R zhengzhao: "$place"; fi
done
exit "$code"
