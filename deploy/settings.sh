# Read by deploy/flask and deploy/restore.sh: the settings of the server, as systemd reads them. A shell that would take
# the file for a script stumbles over the first space, & or $ in a value. DATA_DIR, when it is given already, stays.
wanted=${DATA_DIR:-}
while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in "" | "#"* | ";"*) continue ;; *=*) ;; *) continue ;; esac
    value=${line#*=}
    case "$value" in
        \"*\") value=${value#\"} value=${value%\"} ;;
        \'*\') value=${value#\'} value=${value%\'} ;;
    esac
    export "${line%%=*}=$value"
done </etc/zhengzhao.env
export DATA_DIR="${wanted:-$DATA_DIR}" FLASK_APP=app
