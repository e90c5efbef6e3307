# shellcheck shell=bash disable=SC2154
# Starts, watches and stops the Trino processes of one state folder. Each has a folder of its own there, laid out as the
# Docker image does it: `etc` and `plugin` are links, so that the files under etc/ are used as they stand.

url() {
    printf 'http://127.0.0.1:%s' "$(<"$state/port")"
}

nodes() {
    local folder
    for folder in "$state"/coordinator "$state"/worker-*; do
        [[ ! -f $folder/pid ]] || printf '%s\n' "$folder"
    done
}

# A process id may have gone to another program since: ours names its folder in its command line
is_alive() { # FOLDER
    [[ -f $1/pid ]] || return 1
    local pid arguments
    pid=$(<"$1/pid")
    if [[ -d /proc/self ]]; then
        arguments=$({ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null) || return 1
    else
        arguments=$(ps -ww -o args= -p "$pid" 2>/dev/null) || return 1
    fi
    [[ "$arguments " == *" -Dnode.data-dir=$1 "* ]]
}

# The server that the running mesh was started from, which may not be the newest
find_trino() {
    trino=$(sed -n 1p "$state/server-in-use" 2>/dev/null) || true
    [[ -d ${trino:-} ]] || die "The server that the mesh was started from is gone: ./mesh down, then ./mesh up"
}

is_running() {
    is_alive "$state/coordinator"
}

any_process() {
    local folder
    while read -r folder; do
        ! is_alive "$folder" || return 0
    done < <(nodes)
    return 1
}

port_is_free() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port() { # FIRST
    local port=$1
    while ! port_is_free "$port"; do
        port=$((port + 1))
    done
    printf '%s' "$port"
}

# One process at a time starts the mesh of a state folder, and holds it while it stays. The lock ends with the process.
lock_state() {
    command -v flock >/dev/null || return 0
    exec 8>"$state/up.lock" || exit 1
    flock -n 8 || die "Another ./mesh up starts or runs a mesh in $state; stop it, or set MESH_STATE to another folder"
}

start_cluster() { # PORT WORKERS
    local number port=$1
    printf '%s' "$1" >"$state/port"
    printf '%s\n%s\n' "$trino" "$(plugin_version)" >"$state/server-in-use"
    step "Starting Trino on 127.0.0.1:$port"
    start_node coordinator "$port" "$1" "${MESH_HEAP:-2g}"
    wait_until_answering "$state/coordinator" "$port"
    for ((number = 1; number <= $2; number++)); do
        port=$(free_port $((port + 1)))
        step "Starting worker $number on 127.0.0.1:$port"
        start_node "worker-$number" "$port" "$1" "${MESH_WORKER_HEAP:-1g}"
    done
    wait_for_nodes $(($2 + 1))
}

start_node() { # NAME PORT COORDINATOR-PORT HEAP
    local folder=$state/$1 options
    keep_log "$1"
    rm -rf "$folder"
    mkdir -p "$folder/plugin"
    ln -s "$home/etc" "$folder/etc"
    ln -s "$trino"/plugin/* "$folder/plugin"
    ln -s "$plugin" "$folder/plugin/mesh"
    # The property tells which folders are in use
    options=(-Xmx"$4" -Dmesh.plugin="$plugin/" -Dnode.id="mesh-$1" -Dnode.data-dir="$folder" -Dnode.bind-ip=127.0.0.1 -Dnode.internal-address=127.0.0.1
        -Dconfig=etc/config.properties -Dlog.levels-file=etc/log.properties)
    (
        cd "$folder" || exit
        export MESH_PORT=$2 MESH_DISCOVERY_URI=http://127.0.0.1:$3 MESH_COORDINATOR=false
        export MESH_LAKE_DATABASE=$state/lake.db MESH_LAKE_FILES=$state/data MESH_KNOWN=$state/known
        MESH_DESCRIPTORS=$(absolute "${MESH_DESCRIPTORS:-$home/etc/mesh}")
        MESH_MASK_KEY=$(mask_key)
        MESH_RESULTS=$(results_folder)
        export MESH_DESCRIPTORS MESH_MASK_KEY MESH_RESULTS NO_COLOR=true
        [[ $1 != coordinator ]] || MESH_COORDINATOR=true
        # nohup: a closed terminal must not end a mesh that runs in the background
        # shellcheck disable=SC2046
        exec nohup "$java_home/bin/java" $(grep -v '^#' etc/jvm.config) "${options[@]}" $(sed -n 's/^[a-z].*/-D&/p' etc/node.properties) \
            -cp "$trino/lib/*" org.trinomesh.server.TrinoServer </dev/null >server.log 2>&1 8>&-
    ) &
    printf '%s' "$!" >"$folder/pid"
    disown
    # Until the process has become Java it does not have the command line that makes it ours
    while ! is_alive "$folder" && kill -0 "$(<"$folder/pid")" 2>/dev/null; do
        sleep 0.05
    done
}

# The logs of the last starts stay, the newest as .1
keep_log() { # NAME
    local log=$state/log/$1.log number
    [[ -s $state/$1/server.log ]] || return 0
    mkdir -p "$state/log"
    for number in 4 3 2 1; do
        [[ ! -f $log.$number ]] || mv "$log.$number" "$log.$((number + 1))"
    done
    mv "$state/$1/server.log" "$log.1"
}

# The key of pseudonyms: given, else made once for this state folder, for nobody else to read
mask_key() {
    if [[ -n ${MESH_MASK_KEY:-} ]]; then
        printf '%s' "$MESH_MASK_KEY"
        return
    fi
    if [[ ! -s $state/mask-key ]]; then
        (umask 077 && head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$state/mask-key")
    fi
    cat "$state/mask-key"
}

# Where tools and ./mesh check put OpenLineage events for the mesh to read
results_folder() {
    local folder
    folder=$(absolute "${MESH_RESULTS:-$state/results}")
    mkdir -p "$folder" || die "Cannot write the folder $folder; set MESH_RESULTS to a folder that you may write"
    printf '%s' "$folder"
}

# Not by curl, which a small machine may lack
server_info() { # PORT
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET /v1/info HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
        tr -d '\0' <&3
    ) 2>/dev/null
}

# Long enough for a busy machine; what runs is told now and then, and what ended is told at once
wait_until_answering() { # FOLDER PORT
    local last=$((SECONDS + start_seconds)) next=$((SECONDS + 30))
    until [[ $(server_info "$2" | tr -d ' ') == *'"starting":false'* ]]; do
        expect_all_alive "while it started"
        if grep -qs 'Access Denied' "$state/probe.log"; then
            # Access rules of the operator's: it answers, and that is all that can be known
            return 0
        fi
        (( SECONDS < last )) || die "Trino did not answer within $start_seconds seconds; if the machine is very busy, set MESH_START_SECONDS to more. The log is $1/server.log"
        if (( SECONDS >= next )); then
            detail "Still starting: $(last_words "$1/server.log")"
            next=$((SECONDS + 30))
        fi
        sleep 0.3
    done
}

# The last line without its time, level and thread
last_words() { # LOG
    tail -n 1 "$1" | tr -d '\0' | sed $'s/^[^\t]*\t[^\t]*\t[^\t]*\t *//' | cut -c 1-120
}

# All numbered mistakes in the configuration, else the first error, else that something killed it
reason_of_death() { # FOLDER
    local log=$1/server.log reason
    if grep -aq 'No space left on device' "$log"; then
        printf 'the disk is full'
        return
    fi
    reason=$(tr -d '\0' <"$log" | sed -n $'/\tERROR\t/,$ s/^[0-9]*) \\(Error: \\)\\{0,1\\}//p' | awk '!seen[$0]++')
    if [[ -z $reason ]]; then
        # A sentence with a list of mistakes, which ends where the same begins with its stack trace
        reason=$(tr -d '\0' <"$log" | awk -F'\t' '
            !found && $2 == "ERROR" && $5 ~ /:$/ { found = 1; next }
            found && (/^20[0-9][0-9]-/ || /^\t/ || /^[a-z]+(\.[A-Za-z0-9_$]+)+(Exception|Error):/) { exit }
            found { print }')
    fi
    if [[ $reason == *$'\n'* ]]; then
        printf 'these settings are wrong:\n'
        sed 's/^/  /' <<<"$reason" | cut -c 1-400
        return
    fi
    if [[ -z $reason ]]; then
        reason=$(tr -d '\0' <"$log" | sed -n -e $'s/^[^\t]*\tERROR\t[^\t]*\t[^\t]*\t *//p' -e '/^Unrecognized/p' -e '/^Error/p' -e '/^Exception in thread/p' -e '/OutOfMemoryError/p' | head -n 1)
    fi
    if [[ -z $reason && $(tail -n 1 "$log" | tr -d '\0') == 20[0-9][0-9]-* ]]; then
        # Its last words are about something else
        reason="it was killed, by somebody or by the system, as when memory runs out"
    elif [[ -z $reason ]]; then
        reason=$(tail -n 1 "$log" | tr -d '\0')
    fi
    reason=${reason%[.?]}
    printf '%s' "${reason:0:400}"
}

wait_for_nodes() { # NUMBER
    local last=$((SECONDS + start_seconds)) found=""
    until [[ $found == "$1" ]]; do
        found=$(cli --user pat --output-format TSV --execute "SELECT count(*) FROM system.runtime.nodes WHERE state = 'active'" 2>"$state/probe.log") || true
        expect_all_alive "while it started"
        if grep -qs 'Access Denied' "$state/probe.log"; then
            # Access rules of the operator's: it answers, and that is all that can be known
            return 0
        fi
        (( SECONDS < last )) || die "Only ${found:-none} of $1 Trino processes answer: $(tail -n 1 "$state/probe.log"). The logs are $state/*/server.log"
    done
}

expect_all_alive() { # WHEN
    local folder
    while read -r folder; do
        is_alive "$folder" || die "Trino ended $1: $(reason_of_death "$folder"). The log is $folder/server.log"
    done < <(nodes)
}

follow_cluster() {
    while true; do
        expect_all_alive "by itself"
        sleep 1
    done
}

# Only processes that are surely ours are sent a signal
stop_all() { # [quietly]
    local folder alive=() last
    trap - EXIT
    while read -r folder; do
        if is_alive "$folder"; then
            kill -TERM "$(<"$folder/pid")" 2>/dev/null || true
            alive+=("$folder")
        fi
    done < <(nodes)
    last=$((SECONDS + 30))
    for folder in "${alive[@]+"${alive[@]}"}"; do
        while is_alive "$folder"; do
            (( SECONDS < last )) || kill -KILL "$(<"$folder/pid")" 2>/dev/null || true
            sleep 0.2
        done
    done
    rm -f "$state"/coordinator/pid "$state"/worker-*/pid
    [[ ${1:-} == quietly && ${#alive[@]} -eq 0 ]] || echo "Stopped ${#alive[@]} Trino process(es)."
}

print_status() {
    local folder
    if [[ $(server_info "$(<"$state/port")" | tr -d ' ') == *'"starting":false'* ]]; then
        echo "The mesh runs at $(url)"
    else
        echo "The mesh starts at $(url), and does not answer yet"
    fi
    while read -r folder; do
        if ! is_alive "$folder"; then
            printf '  %-12s ended: %s. The log is %s\n' "$(basename "$folder")" "$(reason_of_death "$folder")" "$folder/server.log"
            continue
        fi
        printf '  %-12s process %s, up %s, heap %s\n' "$(basename "$folder")" "$(<"$folder/pid")" \
            "$(ps -o etime= -p "$(<"$folder/pid")" | tr -d ' ')" "$(heap_of "$folder")"
    done < <(nodes)
    printf '  %-12s %s\n' data "$(loaded_scale)" plugin "$(sed -n 2p "$state/server-in-use" 2>/dev/null || true)" state "$state"
}

heap_of() { # FOLDER
    ps -ww -o args= -p "$(<"$1/pid")" | sed -n 's/.* -Xmx\([^ ]*\).*/\1/p'
}

say_hello() {
    cat <<TEXT

The mesh answers.
  web   $(url)
  JDBC  jdbc:trino://127.0.0.1:$(<"$state/port")/mesh   (a user name, no password)

Users (and their groups):
$(sed -n 's/^\([^#:]*\):\(.*\)/  \2 (\1)/p' "$home/etc/groups.txt")
  eve (none)

Try:
  ./mesh sql "SHOW SCHEMAS"
  ./mesh sql --user ana "SELECT * FROM mesh.sales.customer_360 LIMIT 5"
  ./mesh sql --user gus "SELECT domain, name, owner FROM mesh.system.data_products"

TEXT
}
