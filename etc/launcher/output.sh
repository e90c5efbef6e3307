# shellcheck shell=bash
# What the launcher says: steps with the seconds since it began, and one sentence for what went wrong.

steps=0

step() {
    steps=$((steps + 1))
    printf '[%d] %4ds  %s\n' "$steps" "$SECONDS" "$*"
}

detail() {
    printf '    %4ds    %s\n' "$SECONDS" "$*"
}

die() {
    printf 'mesh: %s\n' "$*" >&2
    exit 1
}

wrong_usage() { # SENTENCE [COMMAND]
    printf 'mesh: %s; see ./mesh %s--help\n' "$1" "${2:+$2 }" >&2
    exit 2
}

absolute() { # a path that may not exist yet
    case $1 in
        /*) printf '%s' "$1" ;;
        *) printf '%s/%s' "$PWD" "$1" ;;
    esac
}
