package solutions.itms.scs.station;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.log.LogFiles;

/** The station's screen under {@code /station/}: its files, what they show, and what people do with it. */
final class Screen implements AutoCloseable {
    private static final int AUDIT_PAGE = 200;

    private final DiskWork disk = new DiskWork();
    private final ScreenFiles files = new ScreenFiles();
    private final StationDatabase database;
    private final Access access;
    private final Clock clock;
    private final ScreenState state;
    private final ScreenFeed feed;
    private final ScreenControl control;
    private final ScreenLogs logs;
    private final NetworkCheck network;
    private final PolicyCheck policy;

    /** What the screen shows, and works with. */
    record Parts(
            StationProfile profile,
            Settings settings,
            Gates gates,
            Wishes wishes,
            Alarms alarms,
            ClockWatch clockWatch,
            ControlDesk desk,
            StationDatabase database,
            Access access,
            Journal journal,
            Predicate<InetAddress> ours) {}

    Screen(Parts parts, Clock clock, Ticker ticker) {
        LogFiles logFiles = parts.journal.files();
        this.database = parts.database;
        this.access = parts.access;
        this.clock = clock;
        this.state = new ScreenState(
                parts.profile,
                parts.settings,
                parts.gates,
                parts.wishes,
                parts.alarms,
                parts.clockWatch,
                clock,
                ticker,
                files.version());
        this.feed = new ScreenFeed(state, parts.access, ticker);
        this.control = new ScreenControl(parts.access, parts.desk, parts.gates, parts.alarms, parts.journal);
        this.logs = new ScreenLogs(logFiles == null ? null : logFiles.reader(), disk);
        this.network = new NetworkCheck(
                parts.profile,
                parts.settings,
                parts.gates,
                parts.alarms,
                new ProcTcp(Path.of("/proc/net")),
                parts.ours);
        this.policy = new PolicyCheck(
                parts.profile,
                parts.settings,
                parts.gates,
                parts.alarms,
                parts.clockWatch,
                parts.database,
                logFiles,
                clock);
    }

    void addTo(Router router) {
        router.at("/", new Resource(ScreenFiles::redirectBrowsers, x -> x.refuse(404, "not found"), Traffic.READ));
        router.below("/station", Resource.read(files::answer));
        router.at("/station/api/state", Resource.read(this::state));
        router.at("/station/api/events", Resource.read(feed::open));
        router.at("/station/api/control", Resource.post(Traffic.CONTROL, control::order));
        router.at("/station/api/acknowledge", Resource.post(Traffic.CONTROL, control::acknowledge));
        router.at("/station/api/logs", Resource.read(logs::list));
        router.at("/station/api/log-tail", Resource.read(logs::tail));
        router.at("/station/api/log-file", Resource.read(logs::file));
        router.at("/station/api/audit", Resource.read(this::audit));
        router.at("/station/api/check", Resource.read(this::check));
    }

    void start() {
        feed.start();
    }

    /** Tells the screens no more. */
    @Override
    public void close() throws InterruptedException {
        feed.close();
    }

    private void state(Exchange exchange) {
        state.look();
        exchange.answer(200, state.all(access.mayControl(exchange)));
    }

    /** The newest changes of what gates are to do, newest first. */
    private void audit(Exchange exchange) {
        disk.answer(exchange, () -> {
            List<AuditEntry> entries =
                    database.read(statements -> Audit.before(statements, Long.MAX_VALUE, AUDIT_PAGE));
            return Answers.json(out -> {
                out.writeBooleanField("ok", true);
                out.writeArrayFieldStart("entries");
                for (AuditEntry entry : entries) {
                    out.writeStartObject();
                    out.writeNumberField("seq", entry.seq());
                    out.writeNumberField("group", entry.group());
                    out.writeNumberField("at", entry.at().toEpochMilli());
                    out.writeStringField("who", entry.who());
                    out.writeStringField("device", entry.device());
                    out.writeStringField("kind", entry.kind());
                    out.writeStringField("before", entry.before());
                    out.writeStringField("after", entry.after());
                    out.writeStringField("reason", entry.reason());
                    out.writeEndObject();
                }
                out.writeEndArray();
            });
        });
    }

    private void check(Exchange exchange) {
        disk.answer(exchange, () -> {
            List<CheckRow> rows = rows(Request.getLocalPort(exchange.request()));
            return Answers.json(out -> {
                out.writeBooleanField("ok", true);
                out.writeNumberField("at", clock.millis());
                out.writeArrayFieldStart("rows");
                for (CheckRow row : rows) {
                    row.write(out);
                }
                out.writeEndArray();
            });
        });
    }

    private List<CheckRow> rows(int port) throws IOException {
        return List.of(
                network.ipPlan(),
                network.ports(port),
                network.firewall(port),
                policy.ntp(),
                network.dns(),
                policy.timePolicy(),
                policy.retention(),
                policy.ssh(),
                network.remoteSupport(),
                policy.changes(softwareVersion()));
    }

    /** As the bundle's manifest has it. */
    private static String softwareVersion() throws IOException {
        try (InputStream in = Screen.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            @Nullable Attributes main = in == null ? null : new Manifest(in).getMainAttributes();
            String version = main == null ? null : main.getValue("Bundle-Version");
            return version == null ? "unknown" : version;
        }
    }
}
