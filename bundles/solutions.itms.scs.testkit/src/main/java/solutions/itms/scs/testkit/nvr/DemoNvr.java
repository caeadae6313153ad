package solutions.itms.scs.testkit.nvr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.testkit.camera.CameraSite;
import solutions.itms.scs.testkit.rtsp.Recording;
import solutions.itms.scs.testkit.rtsp.Recording.Format;
import solutions.itms.scs.testkit.rtsp.Recording.TimeSpan;
import solutions.itms.scs.testkit.rtsp.ReplayServer;

/** A recorder to look at: four channels of the last two days that go on, gaps in two of them, motion now and then. */
public final class DemoNvr implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("Gate line north", "Gate line south", "Platform", "Ticket office");
    private static final Duration BACK = Duration.ofDays(2);
    private static final Duration ON = Duration.ofDays(30);
    private static final int MOTIONS = 60;

    private final CameraSite site = new CameraSite();
    private final ReplayServer replay;

    /** @param port of its ONVIF services; its replay is at the next one. User admin, password secret */
    public DemoNvr(int port) {
        replay = new ReplayServer(port + 1, (javax.net.ssl.@Nullable SSLContext) null);
        replay.login("MD5", "admin", "secret");
        Instant start =
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.HOURS).minus(BACK);
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            recordings.add(new Recording("ch" + (i + 1), i + 1, NAMES.get(i), spans(start, i), Format.small()));
        }
        recordings.forEach(replay::add);
        SimulatedNvr nvr =
                new SimulatedNvr(site.camera(port), "rtsp://127.0.0.1:" + replay.port() + "/replay", recordings);
        Random random = new Random(5);
        for (int i = 0; i < MOTIONS; i++) {
            Instant at = start.plusSeconds(random.nextInt((int) BACK.toSeconds()));
            String recording = "ch" + (1 + random.nextInt(NAMES.size()));
            nvr.search().happened(recording, at, "tns1:VideoSource/MotionAlarm", "State", "true");
        }
    }

    private static List<TimeSpan> spans(Instant start, int channel) {
        Instant end = start.plus(BACK).plus(ON);
        Instant gap = start.plus(BACK).minus(Duration.ofHours(3L + channel));
        return channel % 2 == 0
                ? List.of(new TimeSpan(start, end))
                : List.of(
                        new TimeSpan(start.plus(Duration.ofHours(2L * channel)), gap),
                        new TimeSpan(gap.plus(Duration.ofMinutes(25)), end));
    }

    @Override
    public void close() {
        replay.close();
        site.close();
    }
}
