package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Routes;

/** Files that are brought by whoever has the address. Thread-safe. */
final class AddressedUploads implements Routes {
    private static final String UPLOADS = "/api/v1/uploads/";
    private static final int ID_BYTES = 16;
    private static final int MAX_AT_ONCE = 8;

    private final ArtifactTable table;
    private final Uploads uploads;
    private final Links links;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    AddressedUploads(ArtifactTable table, Uploads uploads, Links links) {
        this.table = table;
        this.uploads = uploads;
        this.links = links;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.put(UPLOADS + "{id}", this::take, Permission.PUBLIC);
    }

    /** Declares a file for a person. */
    Artifact begin(
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

    /** Tells where the bytes of a file are to be put. */
    void answer(Context context, Artifact artifact, String actor, String requestId) {
        Links.Link link = links.make(artifact, Links.Purpose.PUT, actor, requestId);
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
}
