#!/usr/bin/env bash
# Cameras: how long a probe and a call take, and whether half of a thousand cameras that do not answer disturb the others.
# Called by ./scs bench cameras. SCS_CAMERAS (1000) and SCS_CAMERAS_SECONDS (130) change the size.
set -euo pipefail
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
source "$(dirname "${BASH_SOURCE[0]}")/../with-tests.sh" bundles/solutions.itms.scs.camera
cameras=${SCS_CAMERAS:-1000} seconds=${SCS_CAMERAS_SECONDS:-130}
conditions "simulated cameras in the same process, plain HTTP, HTTP Digest; a look every 30 s = clock, information, profiles, stream address, DESCRIBE; without events"
java -Xmx512m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$classpath" \
  solutions.itms.scs.camera.CamerasBenchMain "$cameras" "$seconds"
