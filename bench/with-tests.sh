# Sourced, with a module, by benchmarks whose load generator is among that module's tests. Sets root, work, module,
# classpath and worst; ends the processes in pids.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$root/target"
work=$(mktemp -d -p "${SCS_BENCH_DIR:-$root/target}")
pids=()
cleanup() { [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
worst=0
printf 'compiling the benchmark\n' >&2
(cd "$root" && mvn -q -B ${SCS_MAVEN_OPTS:-} -DskipTests -Dspotless.check.skip=true -pl "$1" -am test-compile \
  dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath </dev/null) >"$work/build.log" 2>&1 ||
  { grep -E '^\[ERROR\]' "$work/build.log" | head -n 20 >&2; exit 1; }
module=$root/$1
classpath=$module/target/test-classes:$module/target/classes:$(cat "$module/target/bench.classpath")

conditions() {
  echo "conditions: $(nproc) cores $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1); $(uname -r); $(java -version 2>&1 | head -n 1); $*"
}
