#!/usr/bin/env bash
# Probes beside OpenSSH's own client, many gates of which some are dead or hang, ten thousand probes, and a log of 2 GB:
# all against a stock OpenSSH server. Called by ./scs bench ssh.
# SCS_SSH_PROBES (10000) and SCS_SSH_LOG_MB (2048) change the size.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
module=bundles/solutions.itms.scs.ssh
mkdir -p "$root/target"
work=$(mktemp -d -p "${SCS_BENCH_DIR:-$root/target}")
trap 'rm -rf "$work"' EXIT
printf 'compiling the benchmark\n' >&2
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip=true -pl "$module" -am test-compile dependency:build-classpath \
  -DincludeScope=test -Dmdep.outputFile=target/bench.classpath </dev/null) >"$work/build.log" 2>&1 ||
  { grep -E '^\[ERROR\]' "$work/build.log" | head -n 20 >&2; exit 1; }
classpath=$root/$module/target/test-classes:$root/$module/target/classes:$(cat "$root/$module/target/bench.classpath")
echo "conditions: $(nproc) cores $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1); $(uname -r); $(java -version 2>&1 | head -n 1); $(ssh -V 2>&1), server and clients on the same cores; keys Ed25519"
worst=0
bench() { java "-Xmx$1" -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$classpath" solutions.itms.scs.ssh.SshBench "${@:2}" || worst=1; }
bench 128m speed "$work/speed"
bench 128m mixed "$work/mixed"
bench 64m flat "$work/flat" "${SCS_SSH_PROBES:-10000}"
bench 64m log "$work/log" "${SCS_SSH_LOG_MB:-2048}"
exit $worst
