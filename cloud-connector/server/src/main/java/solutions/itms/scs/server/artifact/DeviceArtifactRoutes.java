package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.deviceapi.DeviceGuard;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Routes;

/** How gateways upload files: declared, sent in pieces, completed; every request signed. Thread-safe. */
final class DeviceArtifactRoutes implements Routes {
    private static final String DEVICE = "/api/v1/device";
    private static final int MAX_AT_ONCE = 16;

    private final Database database;
    private final DeviceGuard guard;
    private final ArtifactTable table;
    private final Uploads uploads;
    private final Deletion deletion;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    DeviceArtifactRoutes(
            Database database, DeviceGuard guard, ArtifactTable table, Uploads uploads, Deletion deletion) {
        this.database = database;
        this.guard = guard;
        this.table = table;
        this.uploads = uploads;
        this.deletion = deletion;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        addTo(routes, DEVICE + "/commands/{command}/artifacts");
        addTo(routes, DEVICE + "/artifacts");
    }

    private void addTo(RoutesConfig routes, String path) {
        routes.post(path, this::begin, Permission.DEVICE);
        routes.get(path + "/{id}", this::stand, Permission.DEVICE);
        routes.put(path + "/{id}", this::take, Permission.DEVICE);
        routes.post(path + "/{id}/complete", this::complete, Permission.DEVICE);
        routes.delete(path + "/{id}", this::cancel, Permission.DEVICE);
    }

    private void begin(Context context) {
        byte[] body = Body.bytes(context);
        GatewayIdentity gateway = guard.check(context.req(), body);
        String command = context.pathParamMap().get("command");
        if (command != null) {
            requireOwn(gateway, command);
        }
        Uploads.Stand stand = uploads.begin(Declared.of(gateway, command, Body.object(body)));
        context.status(stand.isNew() ? 201 : 200);
        answer(context, stand.artifact(), stand.offset());
    }

    private void stand(Context context) {
        Artifact artifact = own(context, guard.check(context.req(), new byte[0]));
        answer(context, artifact, uploads.offset(artifact));
    }

    private void take(Context context) {
        long length = Body.length(context);
        long offset = Body.number(context, "offset", 0, Long.MAX_VALUE);
        DeviceGuard.Head head = guard.checkHead(context.req());
        Artifact artifact = own(context, head.gateway());
        if (!places.tryAcquire()) {
            throw Problem.unavailable("Too many uploads at once.");
        }
        try {
            long next = uploads.take(
                    artifact, offset, length, head.bodySha256(), context.req().getInputStream());
            context.status(204).header("Upload-Offset", Long.toString(next));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            places.release();
        }
    }

    private void complete(Context context) {
        Artifact artifact = own(context, guard.check(context.req(), Body.bytes(context)));
        Artifact whole = uploads.complete(artifact);
        answer(context, whole, uploads.offset(whole));
    }

    private void cancel(Context context) {
        GatewayIdentity gateway = guard.check(context.req(), new byte[0]);
        Artifact artifact = own(context, gateway);
        if (artifact.state() == Artifact.State.READY) {
            throw Problem.conflict("complete", "A whole file can't be taken back.");
        }
        deletion.delete(artifact, "gateway:" + gateway.id(), null, "cancelled");
        context.status(204);
    }

    private static void answer(Context context, Artifact artifact, long offset) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", artifact.id());
        answer.put("state", artifact.state().name());
        answer.put("size", artifact.size());
        answer.put("offset", offset);
        answer.put("sha256", artifact.sha256());
        Json.answer(context, answer);
    }

    private Artifact own(Context context, GatewayIdentity gateway) {
        Artifact artifact = table.get(context.pathParam("id"));
        String command = context.pathParamMap().get("command");
        if (!gateway.id().equals(artifact.gatewayId())) {
            throw guard.outOfScope(gateway, "file of another gateway");
        }
        if (command != null && !command.equals(artifact.commandId())) {
            throw Problem.notFound("There is no such file of this command.");
        }
        return artifact;
    }

    private void requireOwn(GatewayIdentity gateway, String command) {
        String owner = database.reading()
                .withHandle(handle -> handle.createQuery("select gateway_id from command where id = ?")
                        .bind(0, command)
                        .mapTo(String.class)
                        .findOne()
                        .orElse(null));
        if (owner == null) {
            throw Problem.notFound("There is no such command.");
        }
        if (!Objects.equals(owner, gateway.id())) {
            throw guard.outOfScope(gateway, "file for a command of another gateway");
        }
    }
}
