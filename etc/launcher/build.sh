# shellcheck shell=bash disable=SC2154
# Builds the plugin and assembles the server around it. Both are kept; only what changed is made again.

run_maven() {
    local options=()
    if [[ -n ${CI:-} || ! -t 1 ]]; then
        options=(--batch-mode --no-transfer-progress)
    fi
    # Sources that were unpacked from an archive have no commit to write into the plugin's manifest
    [[ -e $home/.git ]] || options+=(-Dmaven.gitcommitid.skip=true)
    (cd "$home" && ./mvnw "${options[@]+"${options[@]}"}" "$@")
}

run_maven_quietly() { # WHAT MAVEN-ARGUMENT...
    mkdir -p "$(dirname "$build_log")" || die "Cannot write the folder $(dirname "$build_log")"
    run_maven "${@:2}" </dev/null >"$build_log" 2>&1 || explain_build "$1"
}

explain_build() { # WHAT
    local reason
    if grep -q 'No space left on device' "$build_log"; then
        reason="the disk is full: free some space (about 3 GB are needed) and run it again"
    elif grep -qE '^\[ERROR\].*(Could not transfer|Unknown host|Connection refused|Network is unreachable|offline mode)|^mvnw: cannot fetch' "$build_log"; then
        reason="Maven's registry cannot be reached, which the first build needs: check the network and Maven's settings.xml"
    else
        reason=$(sed -n 's/^\[ERROR\] *//p' "$build_log" | grep -m 1 . || tail -n 1 "$build_log")
    fi
    die "Cannot build $1: $reason. The log is $build_log"
}

# One checksum of the content of files and folders, wherever the project lies
checksum() { # PATH-IN-THE-PROJECT...
    (cd "$home" && find "$@" -type f -not -path '*/target/*' -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum | tr ' ' '-')
}

# Several meshes may start at once from one project. The lock ends with this process, whatever ends it.
lock_server() {
    mkdir -p "$server" 2>/dev/null && [[ -w $server ]] || die "Cannot write the folder $server; set MESH_SERVER to a folder that you may write"
    if command -v flock >/dev/null; then
        exec 9>"$server.lock" || exit 1
        flock 9
    fi
}

unlock_server() {
    exec 9>&-
}

# Several projects may share the folder of servers, and meshes run from it. So what is published is never changed: what differs gets a
# folder of its own, which is made under another name and renamed when it is whole.
publish() { # FOLDER FUNCTION ARGUMENT...: the function makes the folder that it is given
    local folder=$1 new=$server/new.$$
    if [[ ! -d $folder ]]; then
        lock_server
        if [[ ! -d $folder ]]; then
            rm -rf "$server"/new.*
            mkdir -p "$new"
            "$2" "$new" "${@:3}"
            mv "$new" "$folder"
        fi
        unlock_server
    fi
    # Tells that it is used
    touch "$folder" 2>/dev/null || true
}

# Removes what no process uses and nobody has used for a day
remove_unused() { # FOLDER-TO-KEEP
    local folder
    while read -r folder; do
        [[ $folder == "$1" ]] || is_in_use "$folder" || rm -rf "$folder" 2>/dev/null || true
    done < <(find "$server" -mindepth 1 -maxdepth 1 -type d -name "$(basename "${1%-*-*}")-*" -mtime +0 2>/dev/null)
}

is_in_use() { # FOLDER
    local arguments
    if [[ -d /proc/self ]]; then
        arguments=$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ') || true
    else
        arguments=$(ps -axww -o args=)
    fi
    [[ $arguments == *"$1"[/\ :]* ]]
}

plugin_zip() {
    if [[ -n ${MESH_PLUGIN_ZIP:-} ]]; then
        absolute "$MESH_PLUGIN_ZIP"
    else
        find "$home/plugin/target" -maxdepth 1 -name 'trino-mesh-*.zip' 2>/dev/null | head -n 1
    fi
}

cli_jar() {
    if [[ -n ${MESH_CLI_JAR:-} ]]; then
        absolute "$MESH_CLI_JAR"
    else
        printf '%s' "$home/cli/target/mesh-cli.jar"
    fi
}

build_plugin() {
    if [[ -n ${MESH_PLUGIN_ZIP:-} ]]; then
        [[ -f $(plugin_zip) ]] || die "There is no plugin zip $MESH_PLUGIN_ZIP: correct or unset MESH_PLUGIN_ZIP"
        return
    fi
    build_module plugin "the plugin" plugin_zip
}

build_cli() {
    if [[ -n ${MESH_CLI_JAR:-} ]]; then
        [[ -f $(cli_jar) ]] || die "There is no file $MESH_CLI_JAR: correct or unset MESH_CLI_JAR"
        return
    fi
    build_module cli "the command line" cli_jar
}

build_module() { # MODULE WHAT FUNCTION-THAT-NAMES-THE-RESULT: builds a module and core, which it needs, if their sources changed
    local now stamp="$home/$1/target/launcher.stamp"
    now=$(checksum pom.xml core/pom.xml core/src/main "$1/pom.xml" "$1/src/main")
    ! is_built "$3" "$stamp" "$now" || return 0
    lock_server
    if ! is_built "$3" "$stamp" "$now"; then
        step "Building $2"
        rm -f "$stamp"
        rm -f "$home/$1"/target/trino-mesh-*.zip "$home/$1/target/mesh-cli.jar"
        run_maven_quietly "$2" -pl "core,$1" package -DskipTests -Dair.check.skip-all=true
        [[ -f $("$3") ]] || die "The build made nothing in $1/target. The log is $build_log"
        printf '%s' "$now" >"$stamp"
    fi
    unlock_server
}

is_built() { # FUNCTION-THAT-NAMES-THE-RESULT STAMP CHECKSUM
    [[ -f $("$1") && -f $2 && $(<"$2") == "$3" ]]
}

install_plugin() {
    local zip
    zip=$(plugin_zip)
    if [[ -n ${MESH_PLUGIN_ZIP:-} ]]; then
        plugin=$server/mesh-$(cksum <"$zip" | tr ' ' '-')
    else
        # The sources tell it sooner than 400 MB that are made of them
        plugin=$server/mesh-$(<"$home/plugin/target/launcher.stamp")
    fi
    publish "$plugin" unpack_plugin "$zip"
    remove_unused "$plugin"
}

unpack_plugin() { # FOLDER ZIP
    step "Unpacking $(basename "$2")"
    (cd "$1" && "$java_home/bin/jar" --extract --file "$2") || die "Cannot unpack $2; is the disk full?"
    local parts=("$1"/*)
    [[ ${#parts[@]} -eq 1 && -d ${parts[0]} ]] || die "The zip $2 does not hold the one folder of a Trino plugin"
    mv "${parts[0]}" "$1.plugin"
    rmdir "$1"
    mv "$1.plugin" "$1"
}

plugin_version() {
    local name
    name=$(basename "$(plugin_zip)" .zip)
    printf '%s' "${name#trino-mesh-}"
}

assemble_server() {
    trino=$server/trino-$(checksum tests/server etc/launcher/build.sh)
    publish "$trino" make_server
    remove_unused "$trino"
}

make_server() { # FOLDER
    step "Assembling the Trino server (the first time some 600 MB are fetched)"
    run_maven_quietly "the server" -f tests/server/pom.xml package
    link_jars main "$1/lib"
    link "$home"/tests/server/main/target/server-main-*.jar "$1/lib"
    link_jars cli "$1/cli"
    make_plugin "$1" iceberg io.trino.plugin.iceberg.IcebergPlugin
    # Iceberg's connector has that of Hive among its jars
    make_plugin "$1" iceberg io.trino.plugin.hive.HivePlugin hive
    make_plugin "$1" tpcds io.trino.plugin.tpcds.TpcdsPlugin
    make_plugin "$1" tpch io.trino.plugin.tpch.TpchPlugin
    make_plugin "$1" groups io.trino.plugin.password.PasswordAuthenticatorPlugin
}

# Trino finds a plugin's class by a services file, which the published jars lack
make_plugin() { # SERVER MODULE CLASS [NAME: that of the module]
    local folder=$1/plugin/${4:-$2}
    link_jars "$2" "$folder"
    mkdir -p "$folder/services/META-INF/services"
    printf '%s\n' "$3" >"$folder/services/META-INF/services/io.trino.spi.Plugin"
}

# The command line runs from a folder of its own: a build may replace the file in cli/target at any time
install_cli() {
    if [[ -n ${MESH_CLI_JAR:-} ]]; then
        cli=$server/cli-$(cksum <"$(cli_jar)" | tr ' ' '-')
    else
        cli=$server/cli-$(<"$home/cli/target/launcher.stamp")
    fi
    publish "$cli" copy_cli
    remove_unused "$cli"
}

copy_cli() { # FOLDER
    cp "$(cli_jar)" "$1/mesh-cli.jar" || die "Cannot write to $server; is the disk full?"
}

link_jars() { # MODULE FOLDER
    local jars
    mkdir -p "$2"
    IFS=: read -r -a jars <"$home/tests/server/$1/target/classpath" || [[ ${#jars[@]} -gt 0 ]]
    link "${jars[@]}" "$2"
}

# Hard links where the file system can, else copies
link() {
    ln -f "$@" 2>/dev/null || cp -f "$@" 2>>"$build_log" ||
        die "Cannot write to $server; is the disk full? The log is $build_log"
}

# A program among the tests. The parent pom skips the whole dependency plugin with its check, which is why that one stays on
build_test_program() { # WHAT
    step "Building $1"
    run_maven_quietly "$1" -pl cli,core,plugin,tests package dependency:build-classpath \
        -DskipTests -Dair.check.skip-all=true -Dair.check.skip-dependency=false -Dmdep.includeScope=test -Dmdep.outputFile=target/program.classpath
}

# With the JVM options that the engine tests have
run_test_program() { # CLASS ARGUMENT...
    local options
    options=$(tr '\n' ' ' <"$home/pom.xml" | sed -n 's#.*<air\.test\.jvm\.additional-arguments>\(.*\)</air\.test\.jvm\.additional-arguments>.*#\1#p')
    cd "$home" || exit
    # shellcheck disable=SC2086
    exec "$java_home/bin/java" -Xmx"${MESH_HEAP:-3g}" $options \
        -cp "tests/target/test-classes:tests/target/classes:$(<tests/target/program.classpath)" "$@"
}
