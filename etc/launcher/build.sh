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

# One checksum of the content of files and folders
checksum() {
    find "$@" -type f -not -path '*/target/*' -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum
}

# Several meshes may start at once from one project. The lock ends with this process, whatever ends it.
lock_server() {
    mkdir -p "$server"
    if command -v flock >/dev/null; then
        exec 9>"$server.lock"
        flock 9
    fi
}

unlock_server() {
    exec 9>&-
}

plugin_zip() {
    if [[ -n ${MESH_PLUGIN_ZIP:-} ]]; then
        absolute "$MESH_PLUGIN_ZIP"
    else
        find "$home/plugin/target" -maxdepth 1 -name 'trino-mesh-*.zip' 2>/dev/null | head -n 1
    fi
}

build_plugin() {
    if [[ -n ${MESH_PLUGIN_ZIP:-} ]]; then
        [[ -f $(plugin_zip) ]] || die "There is no plugin zip $MESH_PLUGIN_ZIP: correct or unset MESH_PLUGIN_ZIP"
        return
    fi
    lock_server
    local now stamp="$home/plugin/target/launcher.stamp"
    now=$(checksum "$home/pom.xml" "$home/plugin/pom.xml" "$home/plugin/src/main")
    if [[ ! -f $(plugin_zip) || ! -f $stamp || $(<"$stamp") != "$now" ]]; then
        step "Building the plugin"
        rm -f "$home"/plugin/target/trino-mesh-*.zip
        run_maven_quietly "the plugin" -pl plugin package -DskipTests -Dair.check.skip-all=true
        [[ -f $(plugin_zip) ]] || die "The build made no plugin zip in plugin/target. The log is $build_log"
        printf '%s' "$now" >"$stamp"
    fi
    unlock_server
}

# Unpacked beside the folder and then renamed, so that an interruption leaves no half plugin
install_plugin() {
    lock_server
    local zip now folder=$server/plugin/mesh
    zip=$(plugin_zip)
    now="$zip $(wc -c <"$zip")"
    if [[ ! -f $folder.stamp || $zip -nt $folder.stamp || $(<"$folder.stamp") != "$now" ]]; then
        step "Unpacking $(basename "$zip")"
        rm -rf "$server/unpacked" "$folder.stamp"
        mkdir -p "$server/unpacked" "$server/plugin"
        (cd "$server/unpacked" && "$java_home/bin/jar" --extract --file "$zip") ||
            die "Cannot unpack $zip; is the disk full?"
        rm -rf "$folder"
        mv "$server"/unpacked/*/ "$folder" || die "The zip $zip does not hold the one folder of a Trino plugin"
        rm -rf "$server/unpacked"
        printf '%s' "$now" >"$folder.stamp"
    fi
    unlock_server
}

plugin_version() {
    local stamp=$server/plugin/mesh.stamp name=unknown
    if [[ -f $stamp ]]; then
        name=$(basename "$(sed 's/ *[0-9]*$//' "$stamp")" .zip)
    fi
    printf '%s' "${name#trino-mesh-}"
}

assemble_server() {
    lock_server
    local now
    now=$(checksum "$home/tests/server")
    if [[ ! -f $server/stamp || $(<"$server/stamp") != "$now" ]]; then
        step "Assembling the Trino server (the first time some 600 MB are fetched)"
        rm -f "$server/stamp"
        run_maven_quietly "the server" -f tests/server/pom.xml package
        link_jars main lib
        link "$home"/tests/server/main/target/server-main-*.jar "$server/lib"
        link_jars cli cli
        link_plugin iceberg io.trino.plugin.iceberg.IcebergPlugin
        link_plugin tpcds io.trino.plugin.tpcds.TpcdsPlugin
        link_plugin tpch io.trino.plugin.tpch.TpchPlugin
        link_plugin groups io.trino.plugin.password.PasswordAuthenticatorPlugin
        printf '%s' "$now" >"$server/stamp"
    fi
    unlock_server
}

# Trino finds a plugin's class by a services file, which the published jars lack
link_plugin() { # MODULE CLASS
    link_jars "$1" "plugin/$1"
    mkdir -p "$server/plugin/$1/services/META-INF/services"
    printf '%s\n' "$2" >"$server/plugin/$1/services/META-INF/services/io.trino.spi.Plugin"
}

link_jars() { # MODULE FOLDER
    local jars
    rm -rf "${server:?}/$2"
    mkdir -p "$server/$2"
    IFS=: read -r -a jars <"$home/tests/server/$1/target/classpath" || [[ ${#jars[@]} -gt 0 ]]
    link "${jars[@]}" "$server/$2"
}

# Hard links where the file system can, else copies
link() {
    ln -f "$@" 2>/dev/null || cp -f "$@" 2>>"$build_log" ||
        die "Cannot write to $server; is the disk full? The log is $build_log"
}

# The parent pom skips the whole dependency plugin with its check, which is why that one stays on
build_benchmark() {
    step "Building the benchmark program"
    run_maven_quietly "the benchmark program" -pl plugin,tests package dependency:build-classpath \
        -DskipTests -Dair.check.skip-all=true -Dair.check.skip-dependency=false -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath
}

# With the JVM options that the engine tests have
run_benchmark() {
    local options
    options=$(tr '\n' ' ' <"$home/pom.xml" | sed -n 's#.*<air\.test\.jvm\.additional-arguments>\(.*\)</air\.test\.jvm\.additional-arguments>.*#\1#p')
    cd "$home" || exit
    # shellcheck disable=SC2086
    exec "$java_home/bin/java" -Xmx"${MESH_HEAP:-3g}" $options \
        -cp "tests/target/test-classes:tests/target/classes:$(<tests/target/bench.classpath)" \
        org.trinomesh.tests.bench.MeshBenchmark "$@"
}
