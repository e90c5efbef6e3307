# shellcheck shell=bash
# Finds the JDK, which Trino 483 wants in version 25 or newer. A JRE is not enough: the build compiles.

java_home=""

find_java() {
    local candidate
    for candidate in "${JAVA_HOME:-}" "$(home_of_java_on_path)" /usr/lib/jvm/* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if is_new_jdk "$candidate"; then
            java_home=$candidate
            export JAVA_HOME=$java_home
            use_utf8
            return
        fi
    done
    die "No JDK 25 or newer found: install one, such as Eclipse Temurin 25, and set JAVA_HOME to its folder"
}

home_of_java_on_path() {
    command -v java >/dev/null || return 0
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

is_new_jdk() {
    [[ -n $1 && -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
    local major
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [[ -n $major ]] && (( major >= 25 ))
}

# Java reads arguments and file names, and writes to pipes, in the encoding of the locale
use_utf8() {
    [[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8
}

# The first run of a program keeps the classes that it loaded beside the program, so that later ones start in half the time
keep_classes() { # FOLDER-OF-THE-PROGRAM
    # Java warns when it cannot use or write them; the program then runs without
    archive=(-Xlog:disable -Xlog:all=error:stderr -Xlog:cds=off:stderr)
    [[ ! -w $1 ]] || archive+=(-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="$1/classes.jsa")
}
