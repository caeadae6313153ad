package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.RequestId;
import solutions.itms.scs.server.http.Routes;

/** Videos that people bring and fetch by signed addresses. Thread-safe. */
final class VideoRoutes implements Routes {
    private static final String VIDEOS = "/api/v1/videos";

    private final ArtifactTable table;
    private final AddressedUploads uploads;
    private final Downloads downloads;
    private final Deletion deletion;

    VideoRoutes(ArtifactTable table, AddressedUploads uploads, Downloads downloads, Deletion deletion) {
        this.table = table;
        this.uploads = uploads;
        this.downloads = downloads;
        this.deletion = deletion;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(VIDEOS + "/upload-url", this::create, Permission.COMMAND);
        routes.get(VIDEOS, this::list, Permission.READ);
        routes.get(VIDEOS + "/{id}/download-url", this::address, Permission.READ);
        routes.delete(VIDEOS + "/{id}", this::delete, Permission.COMMAND);
    }

    private void create(Context context) {
        Map<String, @Nullable Object> body = Body.object(Body.bytes(context));
        Person person = Access.person(context);
        String sha256 = body.get("sha256") instanceof String text ? text : null;
        Artifact video = uploads.begin(body, Kind.VIDEO, null, null, person, Declared.size(body), sha256);
        context.status(201);
        uploads.answer(context, video, person.username(), RequestId.of(context));
    }

    private void list(Context context) {
        String me = Access.person(context).username();
        List<Map<String, @Nullable Object>> items = table.database()
                .reading()
                .withHandle(handle -> handle.createQuery(
                                "select * from artifact where kind = ? and owner = ? and state <> 'DELETED'"
                                        + " order by number desc limit 200")
                        .bind(0, Kind.VIDEO.code())
                        .bind(1, me)
                        .map((row, unused) -> Artifact.read(row).view())
                        .list());
        Json.answer(context, Map.of("items", items));
    }

    private void address(Context context) {
        boolean download = "1".equals(context.queryParam("download"));
        Json.answer(
                context,
                downloads.link(own(context), download, Access.person(context).username(), RequestId.of(context)));
    }

    private void delete(Context context) {
        if (!deletion.delete(own(context), Access.person(context).username(), RequestId.of(context), "person")) {
            throw Problem.notFound("This video is deleted already.");
        }
        context.status(204);
    }

    /** Of others nothing is told, not even that it is there. */
    private Artifact own(Context context) {
        Artifact artifact = table.get(context.pathParam("id"));
        if (artifact.kind() != Kind.VIDEO || !Access.person(context).username().equals(artifact.owner())) {
            throw Problem.notFound("There is no such file.");
        }
        return artifact;
    }
}
