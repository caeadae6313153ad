package solutions.itms.scs.camera;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.watch.Fleet;

/**
 * What all cameras of a gateway share.
 *
 * @param uploader empty while there is none
 * @param callback where cameras without pull points send their events; empty when they can't
 */
record Site(
        NetworkLoop loop,
        Telemetry telemetry,
        Clock clock,
        Pins pins,
        Supplier<Optional<ArtifactUploader>> uploader,
        Supplier<Optional<EventStream.Callback>> callback) {

    /** Cameras that share it. */
    Fleet<CameraSettings, Camera> fleet() {
        return new Fleet<>(
                new Fleet.Kind("camera", "camera"),
                loop,
                telemetry,
                clock,
                (settings, onChange) -> new Camera(settings, this, onChange));
    }
}
