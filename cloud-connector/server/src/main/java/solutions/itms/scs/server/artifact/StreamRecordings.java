package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.deviceapi.DeviceGuard;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.RequestId;
import solutions.itms.scs.server.http.Routes;
import solutions.itms.scs.server.recording.RecordingState;
import solutions.itms.scs.server.recording.RecordingView;
import solutions.itms.scs.server.recording.RecordingViews;

/**
 * What gateways do about recordings: bring that of a stream by an address, and ask whether one is whole. Thread-safe.
 */
final class StreamRecordings implements Routes {
    private static final String DEVICE_RECORDINGS = "/api/v1/device/recordings";

    private final RecordingViews views;
    private final ArtifactTable table;
    private final AddressedUploads uploads;
    private final DeviceGuard guard;

    StreamRecordings(RecordingViews views, ArtifactTable table, AddressedUploads uploads, DeviceGuard guard) {
        this.views = views;
        this.table = table;
        this.uploads = uploads;
        this.guard = guard;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(DEVICE_RECORDINGS + "/{id}/upload-url", this::uploadUrl, Permission.DEVICE);
        routes.post(DEVICE_RECORDINGS + "/{id}/finalize", this::finalizeRecording, Permission.DEVICE);
    }

    /** A recording that a gateway is to bring. @return its id */
    String begin(Map<String, @Nullable Object> body, Person person) {
        String gateway = Declared.text(body, "gatewayId");
        return uploads.begin(body, Kind.RECORDING, gateway, Declared.text(body, "device"), person, null, null)
                .id();
    }

    private void uploadUrl(Context context) {
        GatewayIdentity gateway = guard.check(context.req(), Body.bytes(context));
        RecordingView recording = own(context, gateway);
        String file = recording.clipId();
        if (recording.commandId() != null || file == null) {
            throw Problem.conflict("by_command", "The clip of a command comes as a file of that command.");
        }
        uploads.answer(context, table.get(file), "gateway:" + gateway.id(), RequestId.of(context));
    }

    /** The recording is ready once its bytes are there. */
    private void finalizeRecording(Context context) {
        GatewayIdentity gateway = guard.check(context.req(), Body.bytes(context));
        RecordingView recording = own(context, gateway);
        if (recording.state() != RecordingState.READY) {
            throw Problem.conflict("not_ready", "The bytes of this recording have not come.")
                    .with("state", recording.state().code());
        }
        Json.answer(context, recording.json());
    }

    private RecordingView own(Context context, GatewayIdentity gateway) {
        RecordingView recording =
                views.find(context.pathParam("id")).orElseThrow(() -> Problem.notFound("There is no such recording."));
        if (!gateway.id().equals(recording.gatewayId())) {
            throw guard.outOfScope(gateway, "recording of another gateway");
        }
        return recording;
    }
}
