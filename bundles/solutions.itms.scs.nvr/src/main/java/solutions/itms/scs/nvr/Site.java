package solutions.itms.scs.nvr;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.watch.Fleet;

/**
 * What all recorders of a gateway share.
 *
 * @param memory what is kept over restarts
 * @param uploader empty while there is none
 */
record Site(
        NetworkLoop loop,
        Telemetry telemetry,
        Clock clock,
        Memory memory,
        Supplier<Optional<ArtifactUploader>> uploader) {

    /** Recorders that share it. */
    Fleet<NvrSettings, Recorder> fleet() {
        return new Fleet<>(
                new Fleet.Kind("nvr", "recorder"),
                loop,
                telemetry,
                clock,
                (settings, onChange) -> new Recorder(settings, this, onChange));
    }
}
