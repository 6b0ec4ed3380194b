#!/bin/sh
# sudo sh deploy/restore.sh FILE [--check]: `flask restore` with the settings of the server; what is restored belongs to
# its user. Another DATA_DIR than the server's is taken from the environment.
set -eu
wanted=${DATA_DIR:-}
set -a
. /etc/zhengzhao.env
DATA_DIR=${wanted:-$DATA_DIR}
FLASK_APP=app
PYTHONDONTWRITEBYTECODE=1
set +a
code=0
"$(dirname "$0")/../.venv/bin/flask" restore "$@" || code=$?
if [ -d "$DATA_DIR" ]; then
    chown -R zhengzhao: "$DATA_DIR"
fi
exit "$code"
