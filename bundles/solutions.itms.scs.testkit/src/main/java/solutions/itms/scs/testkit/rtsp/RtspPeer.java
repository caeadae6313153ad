package solutions.itms.scs.testkit.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says to one client. On the client's thread. */
final class RtspPeer {
    private static final Pattern TRACK = Pattern.compile("trackID=(\\d+)");
    private static final int ALL = -1;
    private static final Pattern CLOCK = Pattern.compile("clock=([0-9T.]+)Z?-(?:([0-9T.]+)Z?)?");
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ReplayServer server;
    private final Link link;
    private final InputStream in;
    private final Map<Integer, Integer> channels = new TreeMap<>();
    private int sessions;
    private String path = "";

    /** What plays: by track, or under -1 all tracks together. */
    private final Map<Integer, Playback> playbacks = new TreeMap<>();

    RtspPeer(ReplayServer server, Link link, InputStream in) {
        this.server = server;
        this.link = link;
        this.in = in;
    }

    /** Answers until the client goes; true when the connection is still needed by another one. */
    boolean run() {
        try {
            while (true) {
                RtspRequest request = RtspRequest.read(in);
                server.asked(request);
                if (has(RtspFault.NEVER_ANSWERS)) {
                    continue;
                }
                if (request.version().startsWith("HTTP")) {
                    if (tunnel(request)) {
                        return true;
                    }
                    continue;
                }
                answer(request);
            }
        } catch (IOException e) {
            return false; // the client has gone
        } finally {
            stop(ALL);
        }
    }

    private boolean has(RtspFault fault) {
        return server.faults().contains(fault);
    }

    /** Two connections are one: answers go by the first, requests come by the second. */
    private boolean tunnel(RtspRequest request) throws IOException {
        String cookie = request.header("x-sessioncookie");
        if (!server.guard().admits(request)) {
            link.write(("HTTP/1.0 401 Unauthorized\r\n" + server.guard().challenge() + "Content-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return false;
        }
        if (request.method().equals("GET")) {
            server.tunnels().put(cookie, link);
            link.write("HTTP/1.0 200 OK\r\nContent-Type: application/x-rtsp-tunnelled\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return true;
        }
        Link back = server.tunnels().remove(cookie);
        if (back == null) {
            throw new IOException("no such tunnel");
        }
        try {
            new RtspPeer(server, back, new Base64Stream(in)).run();
        } finally {
            back.close();
        }
        throw new IOException("end of the tunnel");
    }

    private void answer(RtspRequest request) throws IOException {
        if (!server.guard().admits(request) && !request.method().equals("OPTIONS")) {
            reply(request, "401 Unauthorized", server.guard().challenge(), "");
            return;
        }
        if (has(RtspFault.ASKS_BACK)) {
            link.write(("OPTIONS * RTSP/1.0\r\nCSeq: " + request.header("CSeq") + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        switch (request.method()) {
            case "OPTIONS" -> reply(request, "200 OK", "Public: " + methods() + "\r\n", "");
            case "DESCRIBE" -> describe(request);
            case "SETUP" -> setup(request);
            case "PLAY" -> play(request);
            case "GET_PARAMETER" ->
                reply(request, has(RtspFault.NO_GET_PARAMETER) ? "501 Not Implemented" : "200 OK", "", "");
            case "PAUSE" -> pause(request);
            case "TEARDOWN" -> {
                if (!notAsWhole(request)) {
                    stop(track(request));
                    reply(request, "200 OK", "", "");
                }
            }
            default -> reply(request, "501 Not Implemented", "", "");
        }
    }

    private String methods() {
        return "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN"
                + (has(RtspFault.NO_GET_PARAMETER) ? "" : ", GET_PARAMETER");
    }

    private void describe(RtspRequest request) throws IOException {
        URI uri = URI.create(request.uri());
        if (has(RtspFault.REDIRECTS) && !uri.getPath().startsWith("/elsewhere")) {
            String other = "rtsp://127.0.0.1:" + server.port() + "/elsewhere" + uri.getPath();
            reply(request, "302 Moved Temporarily", "Location: " + other + "\r\n", "");
            return;
        }
        path = uri.getPath().replaceFirst("^/elsewhere", "").replaceFirst("/$", "");
        List<FrameSource> tracks = server.stream(path);
        if (tracks.isEmpty()) {
            reply(request, "404 Not Found", "", "");
            return;
        }
        String base = has(RtspFault.CONTENT_BASE_WITHOUT_SCHEME) ? "/somewhere/else/" : request.uri() + "/";
        String type = has(RtspFault.NO_CONTENT_TYPE) ? "" : "Content-Type: application/sdp\r\n";
        String text = Descriptions.of(tracks, server.faults());
        reply(request, "200 OK", "Content-Base: " + base + "\r\n" + type, text);
    }

    private void setup(RtspRequest request) throws IOException {
        if (refused(request)) {
            return;
        }
        int track = Math.max(0, track(request));
        if (has(RtspFault.NO_AGGREGATE) && !request.header("Session").isEmpty()) {
            reply(request, "459 Aggregate Operation Not Allowed", "", "");
            return;
        }
        if (track >= server.stream(path).size() || !request.uri().contains(path)) {
            reply(request, "404 Not Found", "", "");
            return;
        }
        Matcher wanted = Pattern.compile("interleaved=(\\d+)-(\\d+)").matcher(request.header("Transport"));
        if (!wanted.find() || has(RtspFault.UDP_ALONE)) {
            reply(request, "461 Unsupported Transport", "", "");
            return;
        }
        int channel = Integer.parseInt(wanted.group(1));
        channels.put(track, channel);
        String blanks = has(RtspFault.SSRC_WITH_BLANKS) ? "    " : "";
        sessions++;
        String id = "4711" + (has(RtspFault.SESSION_CHANGES) || has(RtspFault.NO_AGGREGATE) ? sessions : "");
        int timeout = has(RtspFault.SHORT_SESSION) ? 2 : 60;
        String session = has(RtspFault.NO_SESSION) ? "" : "Session: " + id + ";timeout=" + timeout + "\r\n";
        String transport = "Transport: RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1) + ";ssrc="
                + blanks + Integer.toHexString(0x5c500000 + channel);
        reply(request, "200 OK", transport + "\r\n" + session, "");
    }

    private boolean refused(RtspRequest request) throws IOException {
        boolean require = !request.header("Require").isEmpty();
        boolean rate = !request.header("Rate-Control").isEmpty();
        boolean immediate = !request.header("Immediate").isEmpty();
        if (!ThinnedFrames.known(request.header("Frames"))) {
            reply(request, "400 Bad Request", "", "");
            return true;
        }
        if (require && (has(RtspFault.REFUSES_REQUIRE) || has(RtspFault.RANGE_ALONE))) {
            reply(request, "551 Option not supported", "Unsupported: onvif-replay\r\n", "");
            return true;
        }
        if (rate && has(RtspFault.REFUSES_RATE_CONTROL) || (rate || immediate) && has(RtspFault.RANGE_ALONE)) {
            reply(request, "400 Bad Request", "", "");
            return true;
        }
        return false;
    }

    /** The track that a request is for; -1 for the session as a whole. */
    private static int track(RtspRequest request) {
        Matcher number = TRACK.matcher(request.uri());
        return number.find() ? Integer.parseInt(number.group(1)) : ALL;
    }

    /** Says no to what is asked of all tracks at once, where that is not possible. */
    private boolean notAsWhole(RtspRequest request) throws IOException {
        if (track(request) != ALL) {
            return false;
        }
        if (has(RtspFault.NO_AGGREGATE)) {
            reply(request, "459 Aggregate Operation Not Allowed", "", "");
            return true;
        }
        if (has(RtspFault.AGGREGATE_NOT_VALID) && request.method().equals("PLAY")) {
            reply(request, "455 Method Not Valid in This State", "", "");
            return true;
        }
        return false;
    }

    private void pause(RtspRequest request) throws IOException {
        if (notAsWhole(request)) {
            return;
        }
        playbacks.forEach((track, playback) -> {
            if (track(request) == ALL || track(request) == track) {
                playback.pause();
            }
        });
        reply(request, playbacks.isEmpty() ? "455 Method Not Valid in This State" : "200 OK", "", "");
    }

    /** Goes on after a pause; false when there is none. */
    private boolean resume(RtspRequest request) throws IOException {
        Playback paused = playbacks.get(track(request));
        if (paused == null || !paused.paused() || !request.header("Range").isEmpty()) {
            return false;
        }
        reply(request, "200 OK", "Session: " + session() + "\r\n", "");
        paused.resume(number(request));
        return true;
    }

    private int number(RtspRequest request) {
        return has(RtspFault.NO_CSEQ_IN_FRAMES) ? 0 : Integer.parseInt(request.header("CSeq")) & 0xff;
    }

    private void play(RtspRequest request) throws IOException {
        if (notAsWhole(request) || refused(request) || resume(request)) {
            return;
        }
        stop(track(request));
        Matcher range = CLOCK.matcher(request.header("Range"));
        boolean replay = range.find();
        boolean reverse = request.header("Scale").startsWith("-")
                && !has(RtspFault.FORWARD_ALONE)
                && !has(RtspFault.FORWARD_ALONE_UNTOLD);
        long never = reverse ? 0 : Long.MAX_VALUE / 4;
        long from = replay ? micros(range.group(1)) : 0;
        long to = replay && range.group(2) != null ? micros(range.group(2)) : never;
        if (reverse ? to > from : to < from && request.header("Scale").isEmpty()) {
            reply(request, "457 Invalid Range", "", "");
            return;
        }
        from += has(RtspFault.STARTS_LATE) ? 1_000_000 : 0;
        from -= has(RtspFault.STARTS_AN_HOUR_EARLY) ? 3_600_000_000L : 0;
        from += has(RtspFault.SENDS_ANOTHER_DAY) ? 86_400_000_000L : 0;
        to += has(RtspFault.SENDS_ANOTHER_DAY) ? 86_400_000_000L : 0;
        to = has(RtspFault.NO_END) || !reverse && to < from ? Long.MAX_VALUE / 4 : to;
        boolean paced = !request.header("Rate-Control").equals("no")
                && !has(RtspFault.RANGE_ALONE)
                && !has(RtspFault.REFUSES_RATE_CONTROL);
        PreparedStream ready = server.prepared(path);
        if (ready != null && !paced && !reverse && channels.getOrDefault(0, 1) == 0) {
            long first = from;
            long end = to;
            reply(request, "200 OK", "Session: 4711\r\n", "");
            server.start("replay-sender", () -> {
                try {
                    ready.send(link, first, end);
                } catch (IOException e) {
                    link.close();
                }
            });
            return;
        }
        start(
                request,
                new Playback.Wish(
                        from,
                        to,
                        reverse,
                        request.header("Frames"),
                        paced,
                        number(request),
                        server.cut(),
                        server.stop()));
    }

    private String session() {
        return "4711" + (has(RtspFault.SESSION_CHANGES) || has(RtspFault.NO_AGGREGATE) ? sessions : "");
    }

    private void start(RtspRequest request, Playback.Wish wish) throws IOException {
        Set<RtspFault> faults = Set.copyOf(server.faults());
        List<Playback.Track> tracks = new ArrayList<>();
        StringBuilder info = new StringBuilder("RTP-Info: ");
        long start = wish.from();
        for (Map.Entry<Integer, Integer> entry : channels.entrySet()) {
            FrameSource source = server.stream(path).get(entry.getKey());
            boolean sound = wish.reverse() && source.parameterSets().isEmpty() && source.clockRate() != 90_000;
            if (sound || track(request) != ALL && track(request) != entry.getKey()) {
                continue;
            }
            var frames = source.from(wish.from());
            start = entry.getKey() == 0 && frames.hasNext() ? frames.next().micros() : start;
            Packetizer packetizer = new Packetizer(
                    source, entry.getValue(), start, faults, wish.from() + entry.getKey(), server.lostOne());
            tracks.add(new Playback.Track(source, packetizer));
            boolean broken = has(RtspFault.BROKEN_RTP_INFO);
            info.append(info.length() > 10 ? "," : "")
                    .append("url=")
                    .append(request.uri())
                    .append("/trackID=")
                    .append(entry.getKey());
            info.append(";seq=")
                    .append(broken ? 0 : packetizer.sequence() & 0xffff)
                    .append(";rtptime=");
            info.append(broken ? "now;" : packetizer.rtpTime(start));
        }
        Playback next = new Playback(link, tracks, wish, faults);
        playbacks.put(track(request), next);
        boolean scaled = !request.header("Scale").isEmpty() && !has(RtspFault.FORWARD_ALONE_UNTOLD);
        String scale = scaled ? "Scale: " + (wish.reverse() ? "-1.0" : "1.0") + "\r\n" : "";
        String headers = "Session: " + session() + "\r\n" + scale + info
                + "\r\nRange: clock=" + BASIC.format(Instant.ofEpochMilli(start / 1_000)) + "."
                + String.format(Locale.ROOT, "%03d", Math.floorMod(start / 1_000, 1_000L)) + "Z-\r\n";
        if (has(RtspFault.DATA_BEFORE_ANSWER)) {
            server.start("replay-sender", next);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            reply(request, "200 OK", headers, "");
        } else {
            reply(request, "200 OK", headers, "");
            server.start("replay-sender", next);
        }
    }

    private void stop(int track) {
        playbacks.entrySet().removeIf(each -> {
            boolean meant = track == ALL || each.getKey() == track;
            if (meant) {
                each.getValue().stop();
            }
            return meant;
        });
    }

    private static long micros(String text) {
        Instant second = BASIC.parse(text.substring(0, 15), Instant::from);
        String fraction = text.length() > 16 ? (text.substring(16) + "000000").substring(0, 6) : "0";
        return second.getEpochSecond() * 1_000_000 + Integer.parseInt(fraction);
    }

    private void reply(RtspRequest request, String status, String headers, String body) throws IOException {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        link.write(("RTSP/1.0 " + status + "\r\nCSeq: " + request.header("CSeq") + "\r\n" + headers + length + "\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII));
    }
}
