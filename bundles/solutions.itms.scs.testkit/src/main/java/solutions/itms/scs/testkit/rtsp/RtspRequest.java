package solutions.itms.scs.testkit.rtsp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it came.
 *
 * @param headers without regard to case
 */
record RtspRequest(String method, String uri, String version, Map<String, String> headers) {
    /** Reads the next one; data of the client, and its answers, are passed over. */
    static RtspRequest read(InputStream in) throws IOException {
        String line = line(in);
        while (line.isEmpty() || line.startsWith("RTSP/") || line.startsWith("CSeq")) {
            line = line(in);
        }
        String[] parts = line.split(" ");
        if (parts.length != 3) {
            throw new IOException("no request: " + line);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        for (int left = Integer.parseInt(headers.getOrDefault("Content-Length", "0")); left > 0; left--) {
            if (parts[0].equals("POST")) {
                break;
            }
            in.read();
        }
        return new RtspRequest(parts[0], parts[1], parts[2], headers);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > 8_192) {
                throw new EOFException();
            }
            if (next == '$' && line.length() == 0) {
                in.read();
                int length = in.read() << 8 | in.read();
                for (int i = 0; i < length; i++) {
                    in.read();
                }
            } else if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
