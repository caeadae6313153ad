package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.command.CommandRequest;
import solutions.itms.scs.server.command.Commands;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Query;
import solutions.itms.scs.server.http.RequestId;
import solutions.itms.scs.server.http.Routes;
import solutions.itms.scs.server.recording.RecordingState;
import solutions.itms.scs.server.recording.RecordingView;
import solutions.itms.scs.server.recording.RecordingViews;
import solutions.itms.scs.server.recording.Recordings;

/**
 * Recordings for people: clips out of recorders, and what gateways bring of streams. Everybody who may read sees that they
 * are there; their pictures are for whoever asked for them and for those who approve. Thread-safe.
 */
final class RecordingRoutes implements Routes {
    private static final String RECORDINGS = "/api/v1/recordings";
    private static final int MAX_LIMIT = 200;
    private static final int LIMIT = 50;
    private static final int MAX_KEY = 128;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final RecordingViews views;
    private final ArtifactTable table;
    private final StreamRecordings streams;
    private final Downloads downloads;
    private final ObjectStore store;
    private final Deletion deletion;
    private final Commands commands;
    private final Clock clock;

    RecordingRoutes(
            RecordingViews views,
            ArtifactTable table,
            StreamRecordings streams,
            Downloads downloads,
            ObjectStore store,
            Deletion deletion,
            Commands commands,
            Clock clock) {
        this.views = views;
        this.table = table;
        this.streams = streams;
        this.downloads = downloads;
        this.store = store;
        this.deletion = deletion;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(RECORDINGS, this::create, Permission.COMMAND);
        routes.get(RECORDINGS, this::list, Permission.READ);
        routes.get(
                RECORDINGS + "/{id}",
                context -> Json.answer(context, recording(context).json()),
                Permission.READ);
        routes.get(RECORDINGS + "/{id}/download-url", this::address, Permission.READ);
        routes.delete(RECORDINGS + "/{id}", this::delete, Permission.COMMAND);
    }

    /** @throws Problem when somebody may not see these pictures */
    static void requireMaySee(Person person, RecordingView recording) {
        if (!person.username().equals(recording.requestedBy())) {
            Access.require(person, Permission.APPROVE);
        }
    }

    private void create(Context context) {
        Map<String, @Nullable Object> body = Body.object(Body.bytes(context));
        String id;
        if (body.containsKey("nvr")) {
            Commands.Created created = commands.create(
                    new Commands.Asker(Access.person(context), RequestId.of(context)), export(context, body), null);
            context.status(created.isNew() ? 201 : 200);
            id = created.id();
        } else {
            id = streams.begin(body, Access.person(context));
            context.status(201);
        }
        context.header("Location", RECORDINGS + "/" + id);
        Json.answer(context, find(id).json());
    }

    /** The command that makes the clip; what is wrong with its parameters the command itself tells. */
    private static CommandRequest export(Context context, Map<String, @Nullable Object> body) {
        Map<String, @Nullable Object> params = new LinkedHashMap<>();
        for (String name : new String[] {"channel", "recording", "audio"}) {
            if (body.get(name) != null) {
                params.put(name, body.get(name));
            }
        }
        Instant from = time(body, "from");
        Instant to = time(body, "to");
        if (!to.isAfter(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Problem.badRequest("'to' must be after 'from', by 24 hours at most.");
        }
        params.put("from", from.toString());
        params.put("to", to.toString());
        String key = context.header("Idempotency-Key");
        if (key != null && (key.isEmpty() || key.length() > MAX_KEY)) {
            throw Problem.badRequest("'Idempotency-Key' must have 1 to " + MAX_KEY + " characters.");
        }
        String reason = body.get("reason") == null ? null : Declared.text(body, "reason");
        return new CommandRequest(
                Declared.text(body, "gateway"),
                Declared.text(body, "nvr"),
                Recordings.COMMAND,
                params,
                null,
                reason,
                key,
                false,
                null,
                null);
    }

    private static Instant time(Map<String, @Nullable Object> body, String name) {
        try {
            if (body.get(name) instanceof String text) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw Problem.badRequest("'" + name + "' must be a time such as 2026-03-01T08:00:00Z.");
    }

    private void list(Context context) {
        Query query = new Query(context);
        String state = query.text("state");
        Json.answer(
                context,
                views.list(new RecordingViews.Filter(
                        query.text("gateway"),
                        query.text("nvr"),
                        query.text("channel"),
                        query.text("requester"),
                        state == null ? null : state(state),
                        query.time("from"),
                        query.time("to"),
                        query.whole("before", Long.MAX_VALUE),
                        (int) query.whole("limit", MAX_LIMIT, LIMIT))));
    }

    private static RecordingState state(String text) {
        return RecordingState.of(text)
                .orElseThrow(() -> Problem.badRequest(
                        "'state' must be requested, running, awaiting_upload, ready, failed or deleted."));
    }

    /** {@code part=evidence} is the sheet that tells how the clip was made. */
    private void address(Context context) {
        RecordingView recording = recording(context);
        Person person = Access.person(context);
        requireMaySee(person, recording);
        requireReady(recording);
        boolean sheet = "evidence".equals(new Query(context).text("part"));
        String id = sheet ? recording.evidenceId() : recording.clipId();
        if (id == null) {
            throw Problem.notFound(sheet ? "This recording has no evidence sheet." : "This recording has no clip.");
        }
        Artifact artifact = table.get(id);
        try {
            if (artifact.state() == Artifact.State.READY && store.size(id).isEmpty()) {
                throw Problem.notFound("The bytes of this recording are gone.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean download = "1".equals(context.queryParam("download"));
        Json.answer(context, downloads.link(artifact, download, person.username(), RequestId.of(context)));
    }

    private static void requireReady(RecordingView recording) {
        switch (recording.state()) {
            case READY -> {}
            case FAILED ->
                throw Problem.conflict("recording_failed", "There is no clip: " + recording.message())
                        .with("state", recording.state().code());
            case DELETED -> throw Problem.notFound("This recording was deleted.");
            default ->
                throw Problem.conflict(
                                "not_ready",
                                "The clip is not here yet; the recording is "
                                        + recording.state().code() + ".")
                        .with("state", recording.state().code());
        }
    }

    /** For whoever asked for it, and for those who look after the storage. */
    private void delete(Context context) {
        RecordingView recording = recording(context);
        Person person = Access.person(context);
        if (!person.username().equals(recording.requestedBy())) {
            Access.require(person, Permission.STORAGE);
        }
        if (recording.state() == RecordingState.DELETED) {
            throw Problem.notFound("This recording is deleted already.");
        }
        if (!recording.state().isOver()) {
            throw Problem.conflict("not_over", "This recording is not over yet; cancel its command first.")
                    .with("state", recording.state().code());
        }
        String requestId = RequestId.of(context);
        for (String id : new @Nullable String[] {recording.clipId(), recording.evidenceId()}) {
            Artifact artifact = id == null ? null : table.find(id);
            if (artifact != null) {
                deletion.delete(artifact, person.username(), requestId, "person");
            }
        }
        table.database().write(transaction -> {
            Recordings.delete(transaction, recording.id(), clock.instant());
            return Audit.append(
                    transaction,
                    new AuditEntry(
                            clock.instant(),
                            "recording.delete",
                            person.username(),
                            requestId,
                            new AuditEntry.About(
                                    recording.commandId(),
                                    recording.gatewayId(),
                                    recording.device(),
                                    null,
                                    null,
                                    null,
                                    null),
                            recording.state().code(),
                            RecordingState.DELETED.code(),
                            "person",
                            Map.of("recording", recording.id())));
        });
        context.status(204);
    }

    private RecordingView recording(Context context) {
        return find(context.pathParam("id"));
    }

    private RecordingView find(String id) {
        return views.find(id).orElseThrow(() -> Problem.notFound("There is no such recording."));
    }
}
