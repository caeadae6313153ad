package solutions.itms.scs.media.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session is, as the server describes it.
 *
 * @param control of the session; empty when it says none
 * @param tracks at most 16
 */
public record Sdp(String control, List<Track> tracks) {
    private static final int MOST = 16;

    /**
     * One track.
     *
     * @param kind {@code video}, {@code audio}, {@code application}
     * @param type payload type
     * @param encoding in capitals, for example {@code H264}; empty when not known
     * @param rate ticks in a second
     * @param channels of sound
     * @param format parameters of the encoding, names in small letters
     * @param control empty when it says none
     */
    public record Track(
            String kind,
            int type,
            String encoding,
            int rate,
            int channels,
            Map<String, String> format,
            String control) {}

    /** Reads a description, as far as it can be understood. */
    public static Sdp parse(String text) {
        String session = "";
        List<Building> tracks = new ArrayList<>();
        for (String raw : text.split("\r\n|\n|\r")) {
            String line = raw.strip();
            if (line.startsWith("m=") && tracks.size() < MOST) {
                tracks.add(new Building(line.substring(2)));
            } else if (line.startsWith("a=") && tracks.isEmpty()) {
                session = line.startsWith("a=control:") ? line.substring(10).strip() : session;
            } else if (line.startsWith("a=") && !tracks.isEmpty()) {
                tracks.get(tracks.size() - 1).attribute(line.substring(2));
            }
        }
        return new Sdp(session, tracks.stream().map(Building::track).toList());
    }

    private static final class Building {
        private final String kind;
        private final int type;
        private String encoding = "";
        private int rate;
        private int channels = 1;
        private final Map<String, String> format = new TreeMap<>();
        private String control = "";

        Building(String media) {
            String[] parts = media.split("\\s+");
            kind = parts[0].toLowerCase(Locale.ROOT);
            type = parts.length > 3 ? number(parts[3], 0) : 0;
            switch (type) {
                case 0 -> encoding("PCMU/8000");
                case 8 -> encoding("PCMA/8000");
                case 26 -> encoding("JPEG/90000");
                default -> rate = kind.equals("video") ? 90_000 : 8_000;
            }
        }

        void attribute(String text) {
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : text.substring(colon + 1).strip();
            int blank = value.indexOf(' ');
            boolean ours = blank > 0 && number(value.substring(0, blank), -1) == type;
            switch (name) {
                case "control" -> control = value;
                case "rtpmap" -> {
                    if (ours) {
                        encoding(value.substring(blank + 1).strip());
                    }
                }
                case "fmtp" -> {
                    if (ours) {
                        format(value.substring(blank + 1));
                    }
                }
                default -> {
                    // of no matter here
                }
            }
        }

        private void encoding(String text) {
            String[] parts = text.split("/");
            encoding = parts[0].strip().toUpperCase(Locale.ROOT);
            rate = parts.length > 1 ? number(parts[1], 90_000) : 90_000;
            channels = parts.length > 2 ? number(parts[2], 1) : 1;
        }

        private void format(String text) {
            for (String part : text.split(";")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    format.put(
                            part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                            part.substring(equals + 1).strip());
                }
            }
        }

        Track track() {
            int usual = rate < 1 || rate > 1_000_000 ? 90_000 : rate;
            return new Track(kind, type, encoding, usual, Math.max(1, Math.min(8, channels)), format, control);
        }

        private static int number(String text, int otherwise) {
            String plain = text.strip();
            return plain.matches("\\d{1,7}") ? Integer.parseInt(plain) : otherwise;
        }
    }
}
