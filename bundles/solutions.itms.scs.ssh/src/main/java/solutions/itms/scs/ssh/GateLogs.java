package solutions.itms.scs.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactKind;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.api.gate.GateDirectory;
import solutions.itms.scs.ssh.logs.Budget;
import solutions.itms.scs.ssh.logs.Catalogue;
import solutions.itms.scs.ssh.logs.Catalogues;
import solutions.itms.scs.ssh.logs.Collected;
import solutions.itms.scs.ssh.logs.LogBundle;
import solutions.itms.scs.ssh.logs.LogCollector;
import solutions.itms.scs.ssh.logs.LogStore;
import solutions.itms.scs.ssh.logs.MaskedLines;
import solutions.itms.scs.ssh.logs.Outputs;
import solutions.itms.scs.ssh.logs.RemoteFiles;
import solutions.itms.scs.ssh.logs.SftpFiles;

/** Brings logs of gates to this gateway, and from here to the cloud. Thread-safe. */
final class GateLogs {
    /** Lines of one collection that are copied to the station's log of the gate. */
    private static final int MAX_LINES = 1_000;

    private final GateConnections connections;
    private final GateDirectory directory;
    private final LogStore store;
    private final LogCollector collector;
    private final LogPlan plan;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param patience longest time that a gate may take for one answer
     */
    GateLogs(
            GateConnections connections,
            GateDirectory directory,
            LogStore store,
            LogPlan plan,
            Duration patience,
            Clock clock) {
        this.connections = connections;
        this.directory = directory;
        this.store = store;
        this.collector = new LogCollector(store, clock);
        this.plan = plan;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * What to fetch.
     *
     * @param seconds only what changed in the last so many before the newest
     * @param limit longest time
     * @param withOutputs whether commands of the catalogue are run, too
     */
    record Wish(long seconds, Duration limit, boolean withOutputs, BooleanSupplier cancelled) {}

    /**
     * What came of it.
     *
     * @param outputs what commands printed, by name
     */
    record Fetched(Collected collected, Map<String, byte[]> outputs) {}

    LogPlan plan() {
        return plan;
    }

    /** The catalogues as they are now. */
    Catalogues catalogues() {
        Optional<Path> folder = directory.communicationFolder();
        return folder.isPresent() ? Catalogues.read(folder.get()) : new Catalogues(List.of(), List.of());
    }

    /** Fetches what is new of one gate. */
    Fetched fetch(GateAddress gate, Catalogue catalogue, Wish wish) throws IOException {
        store.tidy(plan.age(), plan.quota());
        try (GateConnection connection = connections.open(gate, wish.limit())) {
            connection.connect();
            connection.login();
            Budget budget = new Budget(
                    plan.maxBytes(),
                    plan.bytesPerSecond(),
                    reserve(connection::left),
                    wish.cancelled(),
                    System::nanoTime,
                    TimeUnit.NANOSECONDS::sleep);
            Collected collected = catalogue.logs().isEmpty()
                    ? new Collected(0, 0, true, List.of(), List.of())
                    : collector.collect(
                            gate.id(), catalogue, files(connection), budget, wish.seconds(), tap(gate.id()));
            Map<String, byte[]> outputs = new LinkedHashMap<>();
            if (wish.withOutputs()) {
                for (Catalogue.Output output : catalogue.outputs()) {
                    outputs.put(output.name(), Outputs.masked(print(connection, output)));
                }
            }
            return new Fetched(collected, outputs);
        }
    }

    /** Makes one file of what is kept of a gate's logs. */
    ArtifactReference bundle(
            String gate, long since, Fetched fetched, @Nullable String command, ArtifactUploader uploader)
            throws IOException {
        String name = gate.replaceAll("[^A-Za-z0-9._-]", "_") + "-logs.zip";
        ArtifactInfo info = new ArtifactInfo(name, "application/zip", ArtifactKind.LOG, gate, command);
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        about.put("gate", gate);
        about.put("at", clock.instant().toString());
        about.put("whole", fetched.collected().whole());
        about.put("notes", fetched.collected().notes());
        about.put("refused", fetched.collected().refused());
        try (ArtifactDraft draft = uploader.draft(info)) {
            new LogBundle(store).write(gate, since, fetched.outputs(), about, draft.stream());
            return draft.finish();
        }
    }

    /** Over SFTP, or by commands where the gate has no SFTP. */
    private RemoteFiles files(GateConnection connection) throws GateFailure {
        try {
            return new SftpFiles(connection.files(patience));
        } catch (GateFailure e) {
            if (connection.isOver()) {
                throw e;
            }
            return new ShellFiles(connection, patience);
        }
    }

    /** A little before the connection is cut, so that what has come is brought in order. */
    private static Supplier<Duration> reserve(Supplier<Duration> left) {
        return () -> left.get().minusSeconds(1);
    }

    private static byte[] print(GateConnection connection, Catalogue.Output output) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            connection.run(output.line(), output.timeout(), (bytes, length) -> {
                printed.write(bytes, 0, length);
                if (printed.size() > Outputs.MAX_BYTES) {
                    throw new IOException("the command prints more than " + Outputs.MAX_BYTES + " bytes");
                }
            });
        } catch (GateFailure e) {
            printed.writeBytes(("\n[" + e.reason() + "]\n").getBytes(StandardCharsets.UTF_8));
        }
        return printed.toByteArray();
    }

    private MaskedLines.LineTap tap(String gate) {
        int[] count = {0};
        return line -> {
            directory.log(gate, line);
            return ++count[0] < MAX_LINES;
        };
    }
}
