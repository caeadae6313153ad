#!/usr/bin/env bash
# Cameras: how long a probe and a call take, and whether half of a thousand cameras that do not answer disturb the others.
# Called by ./scs bench cameras. SCS_CAMERAS (1000) and SCS_CAMERAS_SECONDS (130) change the size.
set -euo pipefail
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
module=bundles/solutions.itms.scs.camera
mkdir -p "$root/target"
work=$(mktemp -d -p "${SCS_BENCH_DIR:-$root/target}")
trap 'rm -rf "$work"' EXIT
printf 'compiling the benchmark\n' >&2
(cd "$root" && mvn -q -B ${SCS_MAVEN_OPTS:-} -DskipTests -Dspotless.check.skip=true -pl "$module" -am test-compile \
  dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath </dev/null) >"$work/build.log" 2>&1 ||
  { grep -E '^\[ERROR\]' "$work/build.log" | head -n 20 >&2; exit 1; }
classpath=$root/$module/target/test-classes:$root/$module/target/classes:$(cat "$root/$module/target/bench.classpath")
cameras=${SCS_CAMERAS:-1000} seconds=${SCS_CAMERAS_SECONDS:-130}
echo "conditions: $(nproc) cores $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1); $(uname -r); $(java -version 2>&1 | head -n 1); simulated cameras in the same process, plain HTTP, HTTP Digest; a look every 30 s = clock, information, profiles, stream address, DESCRIBE; without events"
java -Xmx512m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$classpath" \
  solutions.itms.scs.camera.CamerasBenchMain "$cameras" "$seconds"
