package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.deviceapi.DeviceGuard;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.RequestId;
import solutions.itms.scs.server.http.Routes;

/**
 * Videos that people bring and fetch by signed addresses, and recordings, which a gateway brings for the person who asked
 * for them. Thread-safe.
 */
final class VideoRoutes implements Routes {
    private static final String VIDEOS = "/api/v1/videos";
    private static final String RECORDINGS = "/api/v1/recordings";
    private static final String DEVICE_RECORDINGS = "/api/v1/device/recordings";
    private static final String UPLOADS = "/api/v1/uploads/";
    private static final int ID_BYTES = 16;
    private static final int MAX_AT_ONCE = 8;

    private final ArtifactTable table;
    private final Uploads uploads;
    private final Downloads downloads;
    private final Links links;
    private final ObjectStore store;
    private final Deletion deletion;
    private final DeviceGuard guard;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    VideoRoutes(
            ArtifactTable table,
            Uploads uploads,
            Downloads downloads,
            Links links,
            ObjectStore store,
            Deletion deletion,
            DeviceGuard guard) {
        this.table = table;
        this.uploads = uploads;
        this.downloads = downloads;
        this.links = links;
        this.store = store;
        this.deletion = deletion;
        this.guard = guard;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(VIDEOS + "/upload-url", this::newVideo, Permission.COMMAND);
        routes.get(VIDEOS, context -> list(context, Kind.VIDEO), Permission.READ);
        routes.get(VIDEOS + "/{id}/download-url", this::videoAddress, Permission.READ);
        routes.delete(VIDEOS + "/{id}", this::deleteVideo, Permission.COMMAND);
        routes.post(RECORDINGS, this::newRecording, Permission.COMMAND);
        routes.get(RECORDINGS, context -> list(context, Kind.RECORDING), Permission.READ);
        routes.get(RECORDINGS + "/{id}/download-url", this::recordingAddress, Permission.READ);
        routes.post(DEVICE_RECORDINGS + "/{id}/upload-url", this::recordingUpload, Permission.DEVICE);
        routes.post(DEVICE_RECORDINGS + "/{id}/finalize", this::finalizeRecording, Permission.DEVICE);
        routes.put(UPLOADS + "{id}", this::take, Permission.PUBLIC);
    }

    private void newVideo(Context context) {
        Map<String, @Nullable Object> body = Body.object(Body.bytes(context));
        Person person = Access.person(context);
        Object sha256 = body.get("sha256");
        Artifact video =
                begin(body, Kind.VIDEO, null, null, person, Declared.size(body), sha256 instanceof String s ? s : null);
        context.status(201);
        answerUpload(context, video, person.username());
    }

    private void newRecording(Context context) {
        Map<String, @Nullable Object> body = Body.object(Body.bytes(context));
        Artifact recording = begin(
                body,
                Kind.RECORDING,
                Declared.text(body, "gatewayId"),
                Declared.text(body, "device"),
                Access.person(context),
                null,
                null);
        context.status(201);
        Json.answer(context, recording.view());
    }

    private Artifact begin(
            Map<String, @Nullable Object> body,
            Kind kind,
            @Nullable String gateway,
            @Nullable String device,
            Person person,
            @Nullable Long size,
            @Nullable String sha256) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String account = gateway == null ? null : account(gateway);
        return uploads.begin(new Declared(
                        HexFormat.of().formatHex(id),
                        gateway,
                        account,
                        device,
                        null,
                        kind,
                        Declared.name(body),
                        Declared.type(body, kind),
                        size,
                        sha256,
                        person.username()))
                .artifact();
    }

    private String account(String gateway) {
        return table.database()
                .reading()
                .withHandle(handle -> handle.createQuery("select account from gateway where id = ?")
                        .bind(0, gateway)
                        .mapTo(String.class)
                        .findOne())
                .orElseThrow(() -> Problem.notFound("There is no such gateway."));
    }

    private void answerUpload(Context context, Artifact artifact, String actor) {
        Links.Link link = links.make(artifact, Links.Purpose.PUT, actor, RequestId.of(context));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(artifact.view());
        answer.put("method", "PUT");
        answer.put("url", UPLOADS + artifact.id() + "?token=" + link.token());
        answer.put("expiresAt", link.expiresAt());
        Json.answer(context, answer);
    }

    /** The whole file in one request, or from where an earlier one ended. */
    private void take(Context context) throws IOException {
        String id = context.pathParam("id");
        links.check(context.queryParam("token"), id, Links.Purpose.PUT);
        Artifact artifact = table.get(id);
        long length = Body.length(context);
        long offset = Body.number(context, "offset", 0, Long.MAX_VALUE);
        Long size = artifact.size();
        if (size == null) {
            uploads.requireSize(offset + length);
        }
        if (!places.tryAcquire()) {
            throw Problem.unavailable("Too many uploads at once.");
        }
        try {
            long next =
                    uploads.take(artifact, offset, length, null, context.req().getInputStream());
            context.header("Upload-Offset", Long.toString(next));
            if (size == null || next == size) {
                Json.answer(context, uploads.complete(artifact).view());
            } else {
                context.status(204);
            }
        } finally {
            places.release();
        }
    }

    private void list(Context context, Kind kind) {
        String me = Access.person(context).username();
        List<Map<String, @Nullable Object>> items = table.database()
                .reading()
                .withHandle(handle -> handle.createQuery(
                                "select * from artifact where kind = ? and owner = ? and state <> 'DELETED'"
                                        + " order by number desc limit 200")
                        .bind(0, kind.code())
                        .bind(1, me)
                        .map((row, unused) -> Artifact.read(row).view())
                        .list());
        Json.answer(context, Map.of("items", items));
    }

    private void videoAddress(Context context) {
        address(context, own(context, Kind.VIDEO));
    }

    private void recordingAddress(Context context) {
        Artifact recording = own(context, Kind.RECORDING);
        try {
            OptionalLong stored = store.size(recording.id());
            if (recording.state() == Artifact.State.READY && stored.isEmpty()) {
                throw Problem.notFound("The bytes of this recording are gone.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        address(context, recording);
    }

    private void address(Context context, Artifact artifact) {
        boolean download = "1".equals(context.queryParam("download"));
        Json.answer(
                context,
                downloads.link(artifact, download, Access.person(context).username(), RequestId.of(context)));
    }

    private void deleteVideo(Context context) {
        Artifact video = own(context, Kind.VIDEO);
        if (!deletion.delete(video, Access.person(context).username(), RequestId.of(context), "person")) {
            throw Problem.notFound("This video is deleted already.");
        }
        context.status(204);
    }

    /** Of others nothing is told, not even that it is there. */
    private Artifact own(Context context, Kind kind) {
        Artifact artifact = table.get(context.pathParam("id"));
        if (artifact.kind() != kind || !Access.person(context).username().equals(artifact.owner())) {
            throw Problem.notFound("There is no such file.");
        }
        return artifact;
    }

    private void recordingUpload(Context context) {
        GatewayIdentity gateway = guard.check(context.req(), Body.bytes(context));
        answerUpload(context, ownRecording(context, gateway), "gateway:" + gateway.id());
    }

    /** The recording is ready once its bytes are there. */
    private void finalizeRecording(Context context) {
        GatewayIdentity gateway = guard.check(context.req(), Body.bytes(context));
        Artifact recording = ownRecording(context, gateway);
        if (recording.state() != Artifact.State.READY) {
            throw Problem.conflict("not_ready", "The bytes of this recording have not come.");
        }
        Json.answer(context, recording.view());
    }

    private Artifact ownRecording(Context context, GatewayIdentity gateway) {
        Artifact artifact = table.get(context.pathParam("id"));
        if (artifact.kind() != Kind.RECORDING) {
            throw Problem.notFound("There is no such recording.");
        }
        if (!gateway.id().equals(artifact.gatewayId())) {
            throw guard.outOfScope(gateway, "recording of another gateway");
        }
        return artifact;
    }
}
