package solutions.itms.scs.onvif;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.xml.XmlNode;

/** Replay control. Thread-safe. */
public final class Replay {
    private final OnvifDevice device;

    Replay(OnvifDevice device) {
        this.device = device;
    }

    /** Where a recording is replayed over RTSP; with our host, without user and password. */
    public CompletableFuture<String> uri(String recording) {
        return device.call(device.read(Service.REPLAY, "GetReplayUri")
                        .with("<trp:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
                                + "<tt:Protocol>RTSP</tt:Protocol></tt:Transport></trp:StreamSetup>"
                                + "<trp:RecordingToken>" + XmlNode.escape(recording) + "</trp:RecordingToken>")
                        .withContent())
                .thenCompose(node -> {
                    try {
                        return CompletableFuture.completedFuture(Addresses.stream(
                                device.endpoint(), node.text("Uri").orElse("")));
                    } catch (IllegalArgumentException e) {
                        return CompletableFuture.failedFuture(new OnvifException(
                                OnvifException.Kind.MALFORMED, "the recorder tells no address of a replay"));
                    }
                });
    }

    /** After how long without a word the device ends a replay; empty when it does not say. */
    public CompletableFuture<Optional<Duration>> sessionTimeout() {
        return device.call(device.read(Service.REPLAY, "GetReplayConfiguration").withContent())
                .thenApply(node -> node.text("Configuration", "SessionTimeout")
                        .flatMap(text -> Optional.ofNullable(RecordingReader.duration(text))));
    }

    /** Sets after how long without a word the device ends a replay. */
    public CompletableFuture<Void> setSessionTimeout(Duration timeout) {
        return device.call(device.read(Service.REPLAY, "SetReplayConfiguration")
                        .with("<trp:Configuration><tt:SessionTimeout>" + timeout
                                + "</tt:SessionTimeout></trp:Configuration>"))
                .thenAccept(done -> {});
    }
}
