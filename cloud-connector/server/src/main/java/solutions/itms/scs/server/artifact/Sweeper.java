package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.artifact.Artifact.State;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.recording.Recordings;

/** Looks after files that nobody looks after any more. For one thread. */
final class Sweeper {
    /** What is younger may belong to something that goes on at this moment. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private static final Logger LOGGER = LoggerFactory.getLogger(Sweeper.class);

    private final ArtifactTable table;
    private final Uploads uploads;
    private final Staging staging;
    private final ObjectStore store;
    private final Links links;
    private final ArtifactSettings settings;
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> sweptAt = new AtomicReference<>();

    Sweeper(
            ArtifactTable table,
            Uploads uploads,
            Staging staging,
            ObjectStore store,
            Links links,
            ArtifactSettings settings,
            Clock clock) {
        this.table = table;
        this.uploads = uploads;
        this.staging = staging;
        this.store = store;
        this.links = links;
        this.settings = settings;
        this.clock = clock;
    }

    @Nullable
    Instant sweptAt() {
        return sweptAt.get();
    }

    /** The quick part: what is over by the clock. */
    void sweep() throws IOException {
        Instant now = clock.instant();
        links.deleteExpired();
        for (String id : table.ids("state = 'UPLOADING' and updated_at_ms < ?", now.minus(settings.staleAfter()))) {
            table.fail(id, "stale", now);
        }
        Recordings.sweep(table.database(), clock, settings.staleAfter());
        for (Kind kind : Kind.values()) {
            Instant before = now.minus(settings.keep(kind));
            for (String id : table.ids("state = 'READY' and kind = ? and completed_at_ms < ?", kind.code(), before)) {
                if (table.delete(id, AuditEntry.SYSTEM, null, "retention", now)) {
                    store.delete(id);
                }
            }
        }
    }

    /** The slow part: compares what is on the disk and in the store with what is known. */
    void compare() throws IOException {
        Instant now = clock.instant();
        for (String id : staging.ids()) {
            Artifact artifact = table.find(id);
            if (artifact == null ? isOld(id) : !isOpen(artifact, now)) {
                uploads.forget(id);
            }
        }
        Set<String> stored = new HashSet<>();
        store.list((id, size, changed) -> {
            stored.add(id);
            Artifact artifact = table.find(id);
            boolean known = artifact != null && artifact.state() == State.READY;
            boolean young = changed.isAfter(now.minus(YOUNG));
            boolean deleted = artifact != null && artifact.state() == State.DELETED;
            if (!known && (deleted || !young)) {
                store.delete(id);
            }
        });
        missing(stored, now);
        sweptAt.set(now);
    }

    private void missing(Set<String> stored, Instant now) throws IOException {
        // those that became ready while the store was listed are asked for one by one
        for (String id : table.database()
                .reading()
                .withHandle(handle -> handle.createQuery("select id from artifact where state = 'READY'")
                        .mapTo(String.class)
                        .list())) {
            if (!stored.contains(id) && store.size(id).isEmpty()) {
                Artifact artifact = table.find(id);
                if (artifact != null && artifact.state() == State.READY) {
                    LOGGER.warn("the bytes of the file {} are gone", id);
                    table.fail(id, "lost", now);
                }
            }
        }
    }

    /** Whether its bytes may still be needed. */
    private boolean isOpen(Artifact artifact, Instant now) {
        return switch (artifact.state()) {
            case UPLOADING -> true;
            case FAILED ->
                "stale".equals(artifact.reason()) && artifact.updatedAt().isAfter(now.minus(settings.keepPartial()));
            case READY, DELETED -> false;
        };
    }

    private boolean isOld(String id) throws IOException {
        return Files.getLastModifiedTime(staging.file(id))
                .toInstant()
                .isBefore(clock.instant().minus(YOUNG));
    }
}
