# shellcheck shell=bash disable=SC2154
# The lake's data: made once per state folder by the SQL that the domain teams' pipelines would run.

# JLine warns of a missing terminal unless a dumb one is asked for
cli_options=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED)
without_terminal=(-Dorg.jline.terminal.dumb=true)

cli() {
    keep_classes "$trino/cli"
    "$java_home/bin/java" "${cli_options[@]}" "${archive[@]}" "${without_terminal[@]}" -jar "$trino"/cli/trino-cli-*.jar --server "$(url)" "$@" </dev/null
}

run_sql() { # USER FORMAT SQL
    find_trino
    keep_classes "$trino/cli"
    exec "$java_home/bin/java" "${cli_options[@]}" "${archive[@]}" "${without_terminal[@]}" -jar "$trino"/cli/trino-cli-*.jar \
        --server "$(url)" --user "$1" --catalog mesh --output-format "$2" --execute "$3"
}

open_prompt() { # USER FORMAT
    find_trino
    keep_classes "$trino/cli"
    exec "$java_home/bin/java" "${cli_options[@]}" "${archive[@]}" -jar "$trino"/cli/trino-cli-*.jar \
        --server "$(url)" --user "$1" --catalog mesh --output-format-interactive "$2"
}

loaded_scale() {
    if [[ -f $state/loaded ]]; then
        sed -n 1p "$state/loaded"
    else
        printf 'none'
    fi
}

# What is asked for, else what is there, else the smallest
scale_to_load() { # SCALE
    local loaded
    loaded=$(loaded_scale)
    if [[ -n $1 && $loaded != none && $loaded != "$1" ]]; then
        die "The data here has scale $loaded, not $1; remove it first with ./mesh reset"
    fi
    if [[ $loaded != none ]]; then
        printf '%s' "$loaded"
    else
        printf '%s' "${1:-tiny}"
    fi
}

demo_checksum() {
    cat "$home"/etc/demo/[0-9]*.sql 2>/dev/null | cksum
}

remove_data() {
    rm -rf "$state"/coordinator "$state"/worker-* "$state"/data "$state"/lake.db* "$state"/loaded "$state"/port "$state"/server-in-use "$state"/up.lock "$state"/mask-key "$state"/known "$state"/results \
        "$state"/load.log "$state"/probe.log "$state"/log
}

create_lake() {
    if [[ ! -f $state/loaded && -d $state/data/warehouse ]]; then
        detail "The last load was not finished: beginning with an empty lake"
        rm -rf "$state"/data "$state"/lake.db*
    fi
    # The lock of a process that was killed
    rm -rf "$state/lake.db.lock"
    mkdir -p "$state/data"
    [[ ! -f $state/lake.db ]] || return 0
    "$java_home/bin/java" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "$trino/lib/*:$trino/plugin/iceberg/*" \
        org.trinomesh.server.RunScript "jdbc:sqlite:$state/lake.db" "$home/etc/demo/catalog.sql" >"$state/load.log" 2>&1 ||
        die "Cannot create the lake's catalog $state/lake.db; is the disk full? The log is $state/load.log"
}

load_example_data() { # SCALE
    local file
    if [[ -f $state/loaded ]]; then
        [[ $(sed -n 2p "$state/loaded") == "$(demo_checksum)" ]] ||
            detail "The SQL in etc/demo changed since the data was loaded: ./mesh down and ./mesh reset, then ./mesh up loads it anew"
        return
    fi
    step "Loading the example data, scale $1"
    for file in "$home"/etc/demo/[0-9]*.sql; do
        [[ -f $file ]] || continue
        detail "$(basename "$file")"
        cli --user pipeline --catalog tpcds --schema "$1" --source load --output-format NULL --file "$file" >"$state/load.log" 2>&1 ||
            die "Loading $(basename "$file") failed: $(reason_of_failure). The log is $state/load.log"
    done
    # Other mesh directories have other products
    if [[ -d ${MESH_DESCRIPTORS:-$home/etc/mesh}/domains/finance/billing-by-region ]]; then
        detail refresh.sql
        cli --user pipeline --source load --output-format NULL --file "$home/etc/demo/refresh.sql" >"$state/load.log" 2>&1 ||
            die "Refreshing the stored queries failed: $(reason_of_failure). The log is $state/load.log"
    fi
    printf '%s\n%s\n' "$1" "$(demo_checksum)" >"$state/loaded"
}

reason_of_failure() {
    if grep -q 'No space left on device' "$state/load.log" "$state/coordinator/server.log"; then
        printf 'the disk is full'
    else
        { grep -m 1 -E 'failed: |^Error|Exception' "$state/load.log" || tail -n 1 "$state/load.log"; } | sed 's/^Query [^ ]* failed: //; s/[.]$//' | cut -c 1-300
    fi
}
