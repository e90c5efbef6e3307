#!/usr/bin/env bash
# Builds the images, starts everything, loads the example data and checks what the composition is for:
#   - coordinator and worker both take part;
#   - a product read by the mesh (REST catalog) has the rows that the pipeline wrote (JDBC catalog on PostgreSQL);
#   - a product that is found by its location, without a catalog, has rows on every node;
#   - ana reads the product but not the lake behind it, eve does not even see that it exists.
# Everything it started, volumes included, is removed at the end.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
compose=(docker compose -f docker/compose.yaml)

fail() {
    echo "smoke test: $*" >&2
    exit 1
}

query() { # USER SQL
    "${compose[@]}" exec -T coordinator trino --user "$1" --output-format TSV --execute "$2"
}

expect() { # WHAT EXPECTED ACTUAL
    [[ $3 == "$2" ]] || fail "$1: expected $2 but got '$3'"
    echo "ok: $1"
}

expect_refusal() { # WHAT WORDS USER SQL
    local answer
    if answer=$(query "$3" "$4" 2>&1); then
        fail "$1: $3 was answered '$answer'"
    fi
    [[ $answer == *"$2"* ]] || fail "$1: expected '$2' but the refusal says '$answer'"
    echo "ok: $1"
}

zips=(plugin/target/trino-mesh-*.zip)
[[ -f ${zips[0]} ]] || fail "there is no plugin zip; build it with ./mvnw -pl cli,core,plugin package -DskipTests"

trap '"${compose[@]}" down --volumes --timeout 10' EXIT
"${compose[@]}" up --build --detach --wait coordinator worker
"${compose[@]}" run --rm loader

expect "two nodes" 2 "$(query pat "SELECT count(*) FROM system.runtime.nodes WHERE state = 'active'")"
written=$(query pat "SELECT count(*) FROM lake.sales.customer_360")
[[ $written -gt 0 ]] || fail "the pipeline wrote no rows"
expect "ana reads what the pipeline wrote" "$written" "$(query ana "SELECT count(*) FROM mesh.sales.customer_360")"
expect "a table found by its location has rows" true "$(query pat "SELECT count(*) > 0 FROM mesh.platform.calendar")"
expect_refusal "no side door to the lake" "Access Denied" ana "SELECT * FROM lake.sales.customer_360"
expect_refusal "what eve may not see does not exist" "does not exist" eve "SELECT * FROM mesh.sales.customer_360"
echo "smoke test: passed"
