# Sourced by benchmarks whose load generator is among the server's tests. Sets root, work, classpath and worst.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$root/target"
work=$(mktemp -d -p "${SCS_BENCH_DIR:-$root/target}")
trap 'rm -rf "$work"' EXIT
worst=0
printf 'compiling the benchmark\n' >&2
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip=true -pl cloud-connector/server -am test-compile \
  dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath </dev/null) >"$work/build.log" 2>&1 ||
  { grep -E '^\[ERROR\]' "$work/build.log" | head -n 20 >&2; exit 1; }
module=$root/cloud-connector/server
classpath=$module/target/test-classes:$module/target/classes:$(cat "$module/target/bench.classpath")

conditions() {
  echo "conditions: $(nproc) cores $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1); $(uname -r); $(java -version 2>&1 | head -n 1); $*"
}
