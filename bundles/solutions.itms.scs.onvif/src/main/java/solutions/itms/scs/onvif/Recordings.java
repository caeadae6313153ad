package solutions.itms.scs.onvif;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.xml.XmlNode;

/** Recording control, as far as it only looks. Thread-safe. */
public final class Recordings {
    private final OnvifDevice device;

    Recordings(OnvifDevice device) {
        this.device = device;
    }

    /** The recordings, in the device's order; empty when it has none. */
    public CompletableFuture<List<Recording>> all() {
        return getter("GetRecordings")
                .thenApply(node -> Management.items(node, "RecordingItem").stream()
                        .map(RecordingReader::recording)
                        .filter(recording -> !recording.token().isEmpty())
                        .toList());
    }

    /** The jobs, in the device's order. */
    public CompletableFuture<List<RecordingJob>> jobs() {
        return getter("GetRecordingJobs")
                .thenApply(node -> Management.items(node, "JobItem").stream()
                        .map(Recordings::job)
                        .filter(job -> !job.token().isEmpty())
                        .toList());
    }

    /** Devices without this service answer anything with an empty success: only those that list it have no recordings. */
    private CompletableFuture<XmlNode> getter(String operation) {
        return device.call(device.read(Service.RECORDING, operation)).thenCompose(node -> {
            boolean lacking = node.children().isEmpty() && !device.has(Service.RECORDING);
            return lacking
                    ? CompletableFuture.failedFuture(new OnvifException(
                            OnvifException.Kind.UNSUPPORTED, operation + " is answered with nothing"))
                    : CompletableFuture.completedFuture(node);
        });
    }

    private static RecordingJob job(XmlNode item) {
        XmlNode configuration = item.child("JobConfiguration").orElse(item);
        return new RecordingJob(
                RecordingReader.text(item, "JobToken"),
                RecordingReader.text(configuration, "RecordingToken"),
                RecordingReader.text(configuration, "Mode"),
                configuration.whole("Priority").orElse(null),
                configuration.all("Source").stream()
                        .flatMap(source -> source.text("SourceToken", "Token").stream())
                        .map(Management::line)
                        .limit(16)
                        .toList());
    }

    /** How it stands with a job. */
    public CompletableFuture<RecordingJobState> jobState(String job) {
        return device.call(device.read(Service.RECORDING, "GetRecordingJobState")
                        .with("<trc:JobToken>" + XmlNode.escape(job) + "</trc:JobToken>")
                        .withContent())
                .thenApply(node -> {
                    XmlNode state = node.child("State").orElse(node);
                    return new RecordingJobState(
                            RecordingReader.text(state, "RecordingToken"),
                            RecordingReader.text(state, "State"),
                            state.walk()
                                    .flatMap(below -> below.text("Error").stream())
                                    .map(Management::line)
                                    .distinct()
                                    .limit(16)
                                    .toList());
                });
    }

    /** How a recording is set up. */
    public CompletableFuture<Recording> configuration(String recording) {
        return device.call(device.read(Service.RECORDING, "GetRecordingConfiguration")
                        .with(token(recording))
                        .withContent())
                .thenApply(node -> {
                    Recording read = RecordingReader.recording(
                            node.child("RecordingConfiguration").orElse(node));
                    return new Recording(
                            recording,
                            read.sourceId(),
                            read.name(),
                            read.location(),
                            read.content(),
                            read.retention(),
                            read.tracks());
                });
    }

    /** What jobs and tracks a recording could have more, as the device says it. */
    public CompletableFuture<XmlNode> options(String recording) {
        return device.call(device.read(Service.RECORDING, "GetRecordingOptions")
                .with(token(recording))
                .withContent());
    }

    private static String token(String recording) {
        return "<trc:RecordingToken>" + XmlNode.escape(recording) + "</trc:RecordingToken>";
    }
}
