package solutions.itms.scs.station;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.station.log.HttpLog;
import solutions.itms.scs.station.log.Level;
import solutions.itms.scs.station.log.LogAlarm;
import solutions.itms.scs.station.log.LogFiles;
import solutions.itms.scs.station.log.LogReader;
import solutions.itms.scs.station.log.LogSettings;

/** The journal in the station's log files. */
final class FileJournal implements Journal, AutoCloseable {
    /** The attribute of a request in which whoever knows it leaves the id of the device that it concerns. */
    static final String DEVICE = FileJournal.class.getName() + ".device";

    /** The attribute of a request in which whoever had to give it up leaves why, to be read behind "failed,". */
    static final String FAILURE = FileJournal.class.getName() + ".failure";

    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

    private final Path root;
    private final LogFiles files;
    private final HttpLog http;
    private final ConcurrentHashMap<String, Gate> known = new ConcurrentHashMap<>();

    FileJournal(Path root, LogSettings settings, Clock clock) {
        this.root = root;
        this.files = new LogFiles(root, settings, clock, new PlatformAlarm());
        this.http = new HttpLog(files);
    }

    /** The folder of the files. */
    Path root() {
        return root;
    }

    /** Shows the files. */
    LogReader reader() {
        return files.reader();
    }

    void configure(LogSettings settings) {
        files.configure(settings);
    }

    /** Does what has to be done every few seconds; may take long. */
    void tick() {
        files.tick();
    }

    /** Does what has to be done every minute. */
    void summarise() {
        http.summarise();
    }

    @Override
    public void app(Level level, String text) {
        files.app(level, text);
    }

    @Override
    public LogFiles files() {
        return files;
    }

    @Override
    public void changed(Collection<Gate> gates) {
        for (Gate gate : gates) {
            Gate before = known.put(gate.id(), gate);
            if (before == null || before.status() != gate.status()) {
                String line = (before == null ? "is " : before.status().text() + " -> ")
                        + gate.status().text() + ", " + details(gate);
                Level level = gate.status() == Status.ONLINE ? Level.INFO : Level.WARN;
                files.device(gate.id(), level, line);
                files.app(level, gate.id() + " " + line);
            } else {
                files.device(gate.id(), Level.INFO, "still " + gate.status().text() + ", " + details(gate));
            }
        }
    }

    @Override
    public void denied(Request request, String source, String why) {
        http.denied(request.getMethod(), path(request), source, why);
    }

    @Override
    public void answered(Request request, Response response) {
        Object device = request.getAttribute(DEVICE);
        if (request.getAttribute(FAILURE) instanceof String failure) {
            files.app(Level.ERROR, request.getMethod() + " " + path(request) + " failed, " + failure);
        }
        http.answered(
                request.getMethod(),
                path(request),
                source(request),
                response.getStatus(),
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - request.getBeginNanoTime()),
                device instanceof String id ? id : null);
    }

    /** Known since the connection came up: it need not be made into text for every request. */
    private static @Nullable String source(Request request) {
        Object peer = request.getConnectionMetaData().getAttribute(Peer.ATTRIBUTE);
        return peer instanceof Peer known && known.address() != null ? known.address() : Request.getRemoteAddr(request);
    }

    @Override
    public void close() {
        http.summarise();
        files.close();
    }

    private static String path(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    private static String details(Gate gate) {
        return "ip " + gate.ip() + (gate.sourceIp() == null ? "" : ", heard from " + gate.sourceIp())
                + (gate.message() == null ? "" : ", message: " + gate.message());
    }

    /** Tells the platform's log what ours can't hold. */
    private static final class PlatformAlarm implements LogAlarm {
        @Override
        public void raised(String text) {
            LOG.error("{}", text);
        }

        @Override
        public void cleared(String text) {
            LOG.info("{}", text);
        }
    }

    /** What a gate itself has logged. */
    void toldBy(String gateId, String text) {
        files.device(gateId, Level.INFO, text);
    }
}
