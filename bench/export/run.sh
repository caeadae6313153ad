#!/usr/bin/env bash
# Exports: a recording of ten minutes to MP4 against reading the same bytes, and streams at the pace of the recording.
# Called by ./scs bench export. SCS_EXPORT_SECONDS (600), SCS_EXPORT_STREAMS (40), SCS_EXPORT_LIVE (20), SCS_EXPORT_BESIDE (10) change the size.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../with-tests.sh" bundles/solutions.itms.scs.media
seconds=${SCS_EXPORT_SECONDS:-600} streams=${SCS_EXPORT_STREAMS:-40} live=${SCS_EXPORT_LIVE:-20}

# the server makes all packets beforehand and sends them in pieces of 256 KiB
mkfifo "$work/end"
java -Xmx256m -XX:MaxDirectMemorySize=1g -cp "$classpath" solutions.itms.scs.testkit.rtsp.ReplayMain "$seconds" 2900 \
  <"$work/end" >"$work/port" &
pids+=($!)
exec 9>"$work/end"
for _ in $(seq 300); do
  [ ! -s "$work/port" ] || break
  read -rt 0.1 <> <(:) || true
done
port=$(cat "$work/port")
[ -n "$port" ] || { echo "the server has not started" >&2; exit 1; }

conditions "$(ffmpeg -version | head -n 1 | cut -d' ' -f1-3); recording of $seconds s, H.264 1280x720, 25/s; simulated recorder in a process of its own on the same host, Rate-Control: no; files in $(df --output=fstype "$work" | tail -n 1), not flushed to the disk by anybody"
java -Xmx64m -cp "$classpath" solutions.itms.scs.media.clip.ExportBenchMain "$port" "$work" "$seconds" speed
ffmpeg -v error -xerror -i "$work/kept.mp4" -f null - >"$work/errors" 2>&1 && [ ! -s "$work/errors" ] ||
  { echo "ffmpeg does not take the file:" >&2; head -n 5 "$work/errors" >&2; exit 1; }
echo "ffmpeg decodes the file without an error; ffprobe says $(ffprobe -v error -show_entries format=duration -of csv=p=0 "$work/kept.mp4") s"
java -Xmx256m -cp "$classpath" solutions.itms.scs.media.clip.ExportBenchMain "$port" "$work" 60 live "$streams" "$live"

# two exports beside a station and looks at cameras, all in one process as in a gateway
station=bundles/solutions.itms.scs.station
(cd "$root" && mvn -q -B ${SCS_MAVEN_OPTS:-} -DskipTests -Dspotless.check.skip=true -pl $station -am test-compile \
  dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath </dev/null) >"$work/build.log" 2>&1 ||
  { grep -E '^\[ERROR\]' "$work/build.log" | head -n 20 >&2; exit 1; }
mkdir "$work/station"
java -Xmx256m -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
  -cp "$root/$station/target/test-classes:$root/$station/target/classes:$classpath:$(cat "$root/$station/target/bench.classpath")" \
  solutions.itms.scs.station.StationBesideMain "$work/station" solutions.itms.scs.media.clip.BesideExportsMain \
  "$port" "$work" "$seconds" "${SCS_EXPORT_BESIDE:-10}"
