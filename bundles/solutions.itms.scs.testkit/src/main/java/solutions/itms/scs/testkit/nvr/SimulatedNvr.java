package solutions.itms.scs.testkit.nvr;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import solutions.itms.scs.testkit.camera.CameraSite;
import solutions.itms.scs.testkit.camera.SimulatedCamera;
import solutions.itms.scs.testkit.rtsp.Recording;

/**
 * One recorder: what a camera has, and recording, search and replay of Profile G. It checks every request; what is wrong is
 * kept in {@link SimulatedCamera#problems} of its {@link #device}. Its replay is somewhere else. Thread-safe for its tests.
 */
public final class SimulatedNvr {
    private static final Map<String, String> SERVICES = Map.of(
            "http://www.onvif.org/ver10/recording/wsdl", "recording",
            "http://www.onvif.org/ver10/search/wsdl", "search",
            "http://www.onvif.org/ver10/replay/wsdl", "replay");

    private final SimulatedCamera device;
    private final String replay;
    private final List<Recording> recordings = new CopyOnWriteArrayList<>();
    private final Set<NvrFault> faults = ConcurrentHashMap.newKeySet();
    private final NvrSearch search = new NvrSearch(this);
    private volatile String sessionTimeout = "PT60S";

    /** @param replay address of its RTSP server, to which {@code /token} is added, such as rtsp://127.0.0.1:8554 */
    public SimulatedNvr(CameraSite site, String replay, List<Recording> recordings) {
        this(site.camera(), replay, recordings);
    }

    /** The same as an extension of a device that is there already. */
    public SimulatedNvr(SimulatedCamera device, String replay, List<Recording> recordings) {
        this.device = device;
        this.replay = replay;
        this.recordings.addAll(recordings);
        device.model().called("Recorder");
        device.extend(SERVICES, this::answer);
    }

    /** The rest of it: how it is reached, its user admin with password secret, its clock, what it was asked. */
    public SimulatedCamera device() {
        return device;
    }

    /** Its search sessions. */
    public NvrSearch search() {
        return search;
    }

    /** Begins to do something wrong. */
    public SimulatedNvr misbehave(NvrFault fault) {
        faults.add(fault);
        if (fault == NvrFault.NO_PROFILE_G) {
            device.extend(Map.of(), this::answer);
        }
        return this;
    }

    /** Ends doing something wrong. */
    public void behave() {
        faults.clear();
        device.extend(SERVICES, this::answer);
    }

    boolean does(NvrFault fault) {
        return faults.contains(fault);
    }

    /** What it has recorded from now on. */
    public void record(List<Recording> other) {
        recordings.clear();
        recordings.addAll(other);
    }

    /** As far as there is anything by now. */
    List<Recording> recordings() {
        Instant now = now();
        return recordings.stream()
                .map(recording -> NvrXml.until(recording, now))
                .toList();
    }

    @Nullable
    Recording find(String token) {
        return recordings().stream()
                .filter(recording -> recording.token().equals(token))
                .findFirst()
                .orElse(null);
    }

    private SimulatedCamera.@Nullable Reply answer(String name, Element operation) {
        if (does(NvrFault.NO_PROFILE_G) && name.matches("(trc|tse|trp):.*")) {
            return ok(name, "");
        }
        return switch (name) {
            case "tds:GetStorageConfigurations" ->
                ok(
                        name,
                        "<tds:StorageConfigurations token=\"disk1\"><tds:Data type=\"LocalStorage\">"
                                + "<tt:LocalPath>/mnt/disk1</tt:LocalPath></tds:Data></tds:StorageConfigurations>");
            case "trc:GetRecordings" -> ok(name, each(NvrXml::item));
            case "trc:GetRecordingJobs" -> ok(name, each(recording -> NvrXml.job(recording, idle())));
            case "trc:GetRecordingJobState" -> jobState(name, NvrXml.text(operation, "JobToken"));
            case "trc:GetRecordingConfiguration" ->
                about(name, operation, recording -> NvrXml.configuration("trc:RecordingConfiguration", recording));
            case "trc:GetRecordingOptions" ->
                about(
                        name,
                        operation,
                        recording -> "<trc:Options><trc:Job Spare=\"0\"/><trc:Track SpareTotal=\"0\"/></trc:Options>");
            case "trp:GetReplayUri" -> about(name, operation, this::uri);
            case "trp:GetReplayConfiguration" ->
                ok(
                        name,
                        "<trp:Configuration><tt:SessionTimeout>" + sessionTimeout
                                + "</tt:SessionTimeout></trp:Configuration>");
            case "trp:SetReplayConfiguration" -> {
                sessionTimeout = NvrXml.text(operation, "SessionTimeout");
                yield ok(name, "");
            }
            default -> name.startsWith("tse:") ? search.answer(name, operation) : null;
        };
    }

    boolean idle() {
        return does(NvrFault.NOT_RECORDING);
    }

    private String uri(Recording recording) {
        String base = does(NvrFault.WRONG_REPLAY_HOST) ? replay.replace("127.0.0.1", "u:p@10.255.0.9") : replay;
        return "<trp:Uri>" + base + "/" + recording.token() + "</trp:Uri>";
    }

    private SimulatedCamera.Reply jobState(String name, String job) {
        Recording recording = find(job.replaceFirst("^job-", ""));
        if (recording == null) {
            return fault("ter:NoJob", "no such job");
        }
        boolean error = does(NvrFault.JOB_ERROR);
        String state = error ? "Error" : idle() ? "Idle" : "Active";
        return ok(
                name,
                "<trc:State><tt:RecordingToken>" + recording.token() + "</tt:RecordingToken><tt:State>" + state
                        + "</tt:State><tt:Sources><tt:SourceToken><tt:Token>main</tt:Token></tt:SourceToken><tt:State>"
                        + state + "</tt:State><tt:Tracks><tt:Track><tt:SourceTag>video</tt:SourceTag>"
                        + "<tt:Destination>VIDEO001</tt:Destination>"
                        + (error ? "<tt:Error>no signal</tt:Error>" : "") + "<tt:State>" + state
                        + "</tt:State></tt:Track></tt:Tracks></tt:Sources></trc:State>");
    }

    private String each(java.util.function.Function<Recording, String> writer) {
        StringBuilder out = new StringBuilder();
        recordings().forEach(recording -> out.append(writer.apply(recording)));
        return out.toString();
    }

    SimulatedCamera.Reply about(String name, Element operation, java.util.function.Function<Recording, String> writer) {
        Recording recording = find(NvrXml.text(operation, "RecordingToken"));
        return recording == null ? fault("ter:NoRecording", "no such recording") : ok(name, writer.apply(recording));
    }

    static SimulatedCamera.Reply ok(String name, String content) {
        String response = name + "Response";
        return new SimulatedCamera.Reply(
                200, "", SimulatedCamera.envelope("<" + response + ">" + content + "</" + response + ">"));
    }

    static SimulatedCamera.Reply fault(String code, String reason) {
        return new SimulatedCamera.Reply(400, "", SimulatedCamera.faultBody(code, reason));
    }

    /** What its clock shows. */
    Instant now() {
        return device.now();
    }
}
