package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.rtsp.Authenticator;
import solutions.itms.scs.media.rtsp.PacketListener;
import solutions.itms.scs.media.rtsp.RtspFailure;
import solutions.itms.scs.media.rtsp.RtspSession;
import solutions.itms.scs.media.rtsp.RtspUri;
import solutions.itms.scs.onvif.http.HttpResponse;

/** Asks a server for a span of time, with fewer headers when it refuses some, and remembers how many it takes. */
final class ReplayCall {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern STARTS = Pattern.compile("clock\\s*=\\s*(\\d{8}T\\d{6})(?:\\.(\\d{1,9}))?");
    private static final Pattern RTP_TIME = Pattern.compile("rtptime=(\\d{1,10})");

    /** How much is asked for: everything, not that ONVIF be required, at the recording's pace, the time alone. */
    private static final int EVERYTHING = 0;

    private static final int NOT_REQUIRED = 1;
    private static final int PACED = 2;
    private static final int TIME_ALONE = 3;

    private final ClipSource source;
    private final long millis;
    private int modesty;

    ReplayCall(ClipSource source, long millis) {
        this.source = source;
        this.millis = millis;
        modesty = source.style() == ReplayStyle.RANGE ? TIME_ALONE : EVERYTHING;
    }

    RtspSession open(PacketListener listener) throws IOException {
        Login login = source.login();
        Authenticator authenticator = login == null ? null : new Authenticator(login.user(), login.password());
        return RtspSession.open(RtspUri.parse(source.uri()), authenticator, source.trust(), millis, listener);
    }

    /** What SETUP carries. */
    Map<String, String> setupHeaders() {
        return required() ? Map.of("Require", "onvif-replay") : Map.of();
    }

    /** What PLAY carries. */
    Map<String, String> playHeaders(Instant from, Instant to) {
        Map<String, String> headers = new TreeMap<>();
        if (source.style() == ReplayStyle.URL) {
            return headers;
        }
        headers.put("Range", "clock=" + CLOCK.format(from) + "-" + CLOCK.format(to));
        if (modesty < TIME_ALONE) {
            headers.put("Immediate", "yes");
        }
        if (modesty < PACED) {
            headers.put("Rate-Control", "no");
        }
        headers.putAll(setupHeaders());
        return headers;
    }

    /** What PLAY of an order carries; at the recorder's pace, forward, with all pictures, less is said. */
    Map<String, String> playHeaders(ReplayOrder order) {
        Map<String, String> headers = new TreeMap<>();
        Instant to = order.to();
        headers.put("Range", "clock=" + CLOCK.format(order.from()) + "-" + (to == null ? "" : CLOCK.format(to)));
        headers.put("Immediate", "yes");
        if (modesty < PACED && !order.paced()) {
            headers.put("Rate-Control", "no");
        }
        if (order.reverse()) {
            headers.put("Scale", "-1.0");
        }
        String frames = order.pictures().header(order.interval());
        if (!frames.isEmpty()) {
            headers.put("Frames", frames);
        }
        headers.putAll(setupHeaders());
        return headers;
    }

    /** What PLAY carries after a pause. */
    Map<String, String> resumeHeaders(ReplayOrder order) {
        Map<String, String> headers = playHeaders(order);
        headers.remove("Range");
        headers.remove("Immediate");
        return headers;
    }

    private boolean required() {
        return source.style() == ReplayStyle.ONVIF && modesty < NOT_REQUIRED;
    }

    /** Whether less can be asked for after this refusal. */
    boolean canBeMoreModest(RtspFailure refusal) {
        boolean definite = switch (refusal.status()) {
            case 0, 401, 403, 404, 453, 457, 461 -> true;
            default -> refusal.status() < 400;
        };
        if (definite || source.style() != ReplayStyle.ONVIF || modesty >= TIME_ALONE) {
            return false;
        }
        modesty++;
        return true;
    }

    /** The recorded time at which the server says that it starts, microseconds since 1970. */
    static Optional<Long> start(HttpResponse play) {
        Matcher range = STARTS.matcher(play.header("Range").orElse(""));
        if (!range.find()) {
            return Optional.empty();
        }
        try {
            Instant second = SECOND.parse(range.group(1), Instant::from);
            String fraction = range.group(2) == null ? "" : range.group(2);
            long micros = Long.parseLong((fraction + "000000").substring(0, 6));
            return Optional.of(second.getEpochSecond() * 1_000_000 + micros);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** RTP's clock at the start, of the track with this number in RTP-Info; null when it says none. */
    static @Nullable Integer startStamp(HttpResponse play, int number) {
        String[] parts = play.header("RTP-Info").orElse("").split(",");
        if (number >= parts.length) {
            return null;
        }
        Matcher time = RTP_TIME.matcher(parts[number]);
        return time.find() ? Integer.valueOf((int) Long.parseLong(time.group(1))) : null;
    }
}
