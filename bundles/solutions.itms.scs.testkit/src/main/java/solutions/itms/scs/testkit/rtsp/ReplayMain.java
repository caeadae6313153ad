package solutions.itms.scs.testkit.rtsp;

import java.time.Instant;

/** A server of its own process: one recording ready to be sent as fast as the network takes it,
 * the same once more, whose packets are made while it is sent. */
public final class ReplayMain {
    private ReplayMain() {}

    /** Arguments: seconds of the recording, 1000 bits a second. Prints the address; ends with its input. */
    public static void main(String[] arguments) throws Exception {
        Instant start = Instant.parse("2026-03-01T10:00:00Z");
        Recording.Format format = new Recording.Format(1280, 720, 25, 50, Integer.parseInt(arguments[1]));
        Instant end = start.plusSeconds(Long.parseLong(arguments[0]));
        try (ReplayServer server = new ReplayServer()
                .add(Recording.of("bench", 1, start, end, format))
                .add(Recording.of("fly", 2, start, end, format))
                .prepare("bench")) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // until nobody needs it any more
            }
        }
    }
}
