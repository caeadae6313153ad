package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import solutions.itms.scs.server.command.Commands;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.deviceapi.DeviceGuard;
import solutions.itms.scs.server.http.Routes;
import solutions.itms.scs.server.http.StreamServlet;
import solutions.itms.scs.server.ops.Housekeeping;
import solutions.itms.scs.server.recording.RecordingViews;

/** Everything about uploaded files, put together. Thread-safe. */
public final class Artifacts implements AutoCloseable {
    /** Where {@link #downloads} has to be. */
    public static final String DOWNLOADS = Downloads.PATH + "*";

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
    private static final Duration COMPARE_EVERY = Duration.ofMinutes(15);

    private final ObjectStore store;
    private final Uploads uploads;
    private final Housekeeping housekeeping = new Housekeeping();
    private final Sweeper sweeper;
    private final StreamServlet downloads;
    private final List<Routes> routes;

    private Artifacts(
            ObjectStore store, Uploads uploads, Sweeper sweeper, StreamServlet downloads, List<Routes> routes) {
        this.store = store;
        this.uploads = uploads;
        this.sweeper = sweeper;
        this.downloads = downloads;
        this.routes = routes;
    }

    /**
     * Opens the store.
     *
     * @param folder for uploads that are not whole, and for the others where no S3 store is set
     * @param linkKey file of the key that signs addresses
     * @throws IOException if the folder or the S3 store can't be used; the text is for people
     */
    public static Artifacts open(
            Database database,
            DeviceGuard guard,
            Commands commands,
            Path folder,
            Path linkKey,
            ArtifactSettings settings,
            Clock clock)
            throws IOException {
        return open(database, guard, commands, folder, linkKey, settings, clock, () -> Staging.roomOn(folder));
    }

    /** @param room bytes that are free on the disk */
    static Artifacts open(
            Database database,
            DeviceGuard guard,
            Commands commands,
            Path folder,
            Path linkKey,
            ArtifactSettings settings,
            Clock clock,
            LongSupplier room)
            throws IOException {
        Staging staging = new Staging(folder.resolve("incoming"), room);
        S3Settings s3 = settings.s3();
        ObjectStore store = s3 == null ? new FileObjectStore(folder.resolve("objects")) : S3ObjectStore.open(s3);
        ArtifactTable table = new ArtifactTable(database);
        Links links = new Links(database, Links.key(linkKey), settings.linkLife(), clock);
        Uploads uploads = new Uploads(table, new Admission(settings, staging), staging, store, clock);
        Deletion deletion = new Deletion(table, uploads, store, clock);
        Downloads downloads = new Downloads(store, links, clock);
        RecordingViews recordings = new RecordingViews(database);
        AddressedUploads addressed = new AddressedUploads(table, uploads, links);
        StreamRecordings streams = new StreamRecordings(recordings, table, addressed, guard);
        Sweeper sweeper = new Sweeper(table, uploads, staging, store, links, settings, clock);
        List<Routes> routes = List.of(
                new DeviceArtifactRoutes(database, guard, table, uploads, deletion),
                new ArtifactRoutes(table, downloads, links, deletion, recordings),
                new VideoRoutes(table, addressed, downloads, deletion),
                new RecordingRoutes(recordings, table, streams, downloads, store, deletion, commands, clock),
                streams,
                addressed,
                new ThumbnailRoutes(table, store),
                new StorageRoutes(table, settings, staging, SWEEP_EVERY, sweeper, clock));
        return new Artifacts(store, uploads, sweeper, new DownloadServlet(table, store, links), routes);
    }

    /** Looks after old files from now on. */
    public void start() {
        housekeeping.every(SWEEP_EVERY, "look for old files", sweeper::sweep);
        housekeeping.every(COMPARE_EVERY, "compare files with the store", sweeper::compare);
    }

    /** Looks after old files now. */
    public void sweep() throws IOException {
        sweeper.sweep();
        sweeper.compare();
    }

    /** The HTTP API. */
    public List<Routes> routes() {
        return routes;
    }

    /** Hands files out. */
    public StreamServlet downloads() {
        return downloads;
    }

    @Override
    public void close() {
        housekeeping.close();
        uploads.close();
        store.close();
    }
}
