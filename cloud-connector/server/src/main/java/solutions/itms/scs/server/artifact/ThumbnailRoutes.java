package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Routes;

/**
 * The newest picture of a device, for lists: for whoever has a session, without an address of its own and so without a
 * token in one. Who wants to know whether there is a newer one asks for the head, and fetches bytes only then: with the
 * picture's ETag as {@code v} in its address, by which it may be kept. Thread-safe.
 */
final class ThumbnailRoutes implements Routes {
    private static final String PATH = "/api/v1/devices/{gateway}/{id}/thumbnail";

    /** Pictures of cameras are below a megabyte or two; what is larger is none to show in a list. */
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private static final int MAX_AT_ONCE = 16;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final ArtifactTable table;
    private final ObjectStore store;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    ThumbnailRoutes(ArtifactTable table, ObjectStore store) {
        this.table = table;
        this.store = store;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::thumbnail, Permission.READ);
        routes.head(PATH, this::head, Permission.READ);
    }

    /** Having no picture is no error for who only asks. */
    private void head(Context context) {
        newest(context).ifPresentOrElse(picture -> isNew(context, picture), () -> context.status(204));
    }

    /** Says which picture it is. @return false when the sender has it already, to whom that was told */
    private static boolean isNew(Context context, Artifact picture) {
        String etag = "\"" + picture.sha256() + "\"";
        boolean named = String.valueOf(picture.sha256()).equals(context.queryParam("v"));
        context.header("Cache-Control", named ? "private, max-age=86400, immutable" : "private, max-age=15");
        context.header("ETag", etag);
        context.header("Last-Modified", HTTP_DATE.format(picture.createdAt().atOffset(ZoneOffset.UTC)));
        boolean isNew = !etag.equals(context.header("If-None-Match"));
        if (!isNew) {
            context.status(304);
        }
        return isNew;
    }

    private void thumbnail(Context context) throws IOException {
        Artifact picture = newest(context).orElseThrow(ThumbnailRoutes::none);
        if (!isNew(context, picture)) {
            return;
        }
        if (!places.tryAcquire()) {
            throw Problem.unavailable("Too many pictures at once.");
        }
        try {
            long size = picture.size() == null ? 0 : picture.size();
            Disposition.of(picture, false).addTo(context.res());
            try (InputStream in = store.open(picture.id(), 0, size)) {
                context.result(in.readAllBytes());
            }
        } catch (NoSuchFileException e) {
            throw none();
        } finally {
            places.release();
        }
    }

    private Optional<Artifact> newest(Context context) {
        return table.database()
                .reading()
                .withHandle(handle -> handle.createQuery(
                                "select * from artifact where gateway_id = ? and device = ? and kind = 'snapshot'"
                                        + " and state = 'READY' and size <= ? order by number desc limit 1")
                        .bind(0, context.pathParam("gateway"))
                        .bind(1, context.pathParam("id"))
                        .bind(2, MAX_BYTES)
                        .map((row, unused) -> Artifact.read(row))
                        .findOne());
    }

    private static Problem none() {
        return Problem.notFound("There is no picture of this device.");
    }
}
