package solutions.itms.scs.onvif;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.HttpResponse;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.xml.XmlNode;

/** Media 2 where a device has it, which alone knows H.265; else, or when it fails, Media 1. Thread-safe. */
public final class Media {
    private static final int MAX_PICTURE = 16 * 1024 * 1024;
    private static final Duration PICTURE_LIMIT = Duration.ofSeconds(15);
    private static final int MAX_ITEMS = 128;

    private final OnvifDevice device;

    Media(OnvifDevice device) {
        this.device = device;
    }

    /** The profiles, in the device's order. */
    public CompletableFuture<List<MediaProfile>> profiles() {
        return either(
                () -> device.call(device.read(Service.MEDIA2, "GetProfiles")
                                .with("<tr2:Type>All</tr2:Type>")
                                .withContent())
                        .thenApply(Media::profiles),
                () -> device.call(device.read(Service.MEDIA, "GetProfiles").withContent())
                        .thenApply(Media::profiles));
    }

    private static List<MediaProfile> profiles(XmlNode response) {
        return Management.items(response, "Profiles").stream()
                .filter(node -> node.attribute("token").isPresent())
                .map(Media::profile)
                .toList();
    }

    private static MediaProfile profile(XmlNode node) {
        XmlNode all = node.child("Configurations").orElse(node);
        Optional<XmlNode> encoder = all.child("VideoEncoder").or(() -> all.child("VideoEncoderConfiguration"));
        Optional<XmlNode> source = all.child("VideoSource").or(() -> all.child("VideoSourceConfiguration"));
        Optional<XmlNode> ptz = all.child("PTZ").or(() -> all.child("PTZConfiguration"));
        return new MediaProfile(
                node.attribute("token").orElse(""),
                Management.line(node.text("Name").orElse("")),
                encoder.flatMap(e -> e.text("Encoding")).map(Management::line).orElse(null),
                encoder.flatMap(e -> e.whole("Resolution", "Width")).orElse(null),
                encoder.flatMap(e -> e.whole("Resolution", "Height")).orElse(null),
                encoder.flatMap(e -> e.number("RateControl", "FrameRateLimit")).orElse(null),
                encoder.flatMap(e -> e.whole("RateControl", "BitrateLimit")).orElse(null),
                source.flatMap(s -> s.text("SourceToken")).orElse(null),
                ptz.flatMap(p -> p.attribute("token")).orElse(null));
    }

    /** Where a profile's stream is; with our host, without user and password. */
    public CompletableFuture<String> streamUri(String profile) {
        String token = XmlNode.escape(profile);
        return either(
                        () -> device.call(device.read(Service.MEDIA2, "GetStreamUri")
                                        .with("<tr2:Protocol>RTSP</tr2:Protocol><tr2:ProfileToken>" + token
                                                + "</tr2:ProfileToken>")
                                        .withContent())
                                .thenApply(node -> node.text("Uri").orElse("")),
                        () -> device.call(device.read(Service.MEDIA, "GetStreamUri")
                                        .with("<trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
                                                + "<tt:Protocol>RTSP</tt:Protocol></tt:Transport></trt:StreamSetup>"
                                                + "<trt:ProfileToken>" + token + "</trt:ProfileToken>")
                                        .withContent())
                                .thenApply(node -> node.text("MediaUri", "Uri").orElse("")))
                .thenCompose(uri -> addressed(() -> Addresses.stream(device.endpoint(), uri)));
    }

    /** Whether a stream is there: its server describes it. @param uri as {@link #streamUri} tells it */
    public CompletableFuture<Boolean> answers(String uri) {
        java.net.URI stream = java.net.URI.create(uri);
        int port = stream.getPort() < 0 ? 554 : stream.getPort();
        Endpoint server = new Endpoint(false, device.endpoint().host(), port);
        return device.queued(() -> device.soap()
                .describe(server, uri, device.limit())
                .handle((response, failure) -> failure == null && response.status() == 200));
    }

    /** Where a profile's picture is, as the device says it. */
    CompletableFuture<String> snapshotUri(String profile) {
        String token = XmlNode.escape(profile);
        return either(
                () -> device.call(device.read(Service.MEDIA2, "GetSnapshotUri")
                                .with("<tr2:ProfileToken>" + token + "</tr2:ProfileToken>")
                                .withContent())
                        .thenApply(node -> node.text("Uri").orElse("")),
                () -> device.call(device.read(Service.MEDIA, "GetSnapshotUri")
                                .with("<trt:ProfileToken>" + token + "</trt:ProfileToken>")
                                .withContent())
                        .thenApply(node -> node.text("MediaUri", "Uri").orElse("")));
    }

    /** A picture of a profile; asks for its address each time, since many of them end. */
    public CompletableFuture<Picture> snapshot(String profile) {
        return snapshotUri(profile)
                .thenCompose(uri -> device.queued(() -> {
                    List<Addresses.Target> targets = Addresses.candidates(device.endpoint(), uri);
                    CompletableFuture<Picture> first = picture(targets.get(0));
                    return targets.size() < 2
                            ? first
                            : first.exceptionallyCompose(
                                    failure -> OnvifException.of(failure).kind() == Kind.UNREACHABLE
                                            ? picture(targets.get(1))
                                            : CompletableFuture.failedFuture(failure));
                }));
    }

    private CompletableFuture<Picture> picture(Addresses.Target from) {
        return device.soap()
                .get(from.endpoint(), from.path(), PICTURE_LIMIT, MAX_PICTURE)
                .thenCompose(Media::checked);
    }

    /** Devices answer 200 with a login page, or with nothing. */
    private static CompletableFuture<Picture> checked(HttpResponse response) {
        byte[] bytes = response.body();
        if (response.status() == 401 || response.status() == 403) {
            return failed(Kind.NOT_AUTHORIZED, "the camera does not let this user have a picture");
        }
        if (response.status() >= 300) {
            return failed(Kind.FAULT, "instead of a picture came HTTP " + response.status());
        }
        if (isJpeg(bytes)) {
            return CompletableFuture.completedFuture(new Picture("image/jpeg", bytes));
        }
        boolean png = bytes.length > 8 && (bytes[0] & 0xFF) == 0x89 && bytes[1] == 'P' && bytes[2] == 'N';
        return png
                ? CompletableFuture.completedFuture(new Picture("image/png", bytes))
                : failed(Kind.MALFORMED, "what came is no picture, " + bytes.length + " bytes");
    }

    /** Begins and ends as JPEG; zeros behind it are padding. */
    private static boolean isJpeg(byte[] bytes) {
        int end = bytes.length;
        while (end > 2 && (bytes[end - 1] == 0 || bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return end > 64
                && (bytes[0] & 0xFF) == 0xFF
                && (bytes[1] & 0xFF) == 0xD8
                && (bytes[end - 2] & 0xFF) == 0xFF
                && (bytes[end - 1] & 0xFF) == 0xD9;
    }

    /** Tokens of the video sources. */
    public CompletableFuture<List<String>> videoSources() {
        return device.call(device.read(Service.MEDIA, "GetVideoSources"))
                .thenApply(node -> Management.items(node, "VideoSources").stream()
                        .flatMap(source -> source.attribute("token").stream())
                        .toList());
    }

    /** The video encoders, each as the device describes it. */
    public CompletableFuture<List<XmlNode>> videoEncoderConfigurations() {
        return configurations("GetVideoEncoderConfigurations");
    }

    /** The video sources' configurations, each as the device describes it. */
    public CompletableFuture<List<XmlNode>> videoSourceConfigurations() {
        return configurations("GetVideoSourceConfigurations");
    }

    /** The metadata configurations, each as the device describes it. */
    public CompletableFuture<List<XmlNode>> metadataConfigurations() {
        return configurations("GetMetadataConfigurations");
    }

    private CompletableFuture<List<XmlNode>> configurations(String operation) {
        return either(
                () -> device.call(device.read(Service.MEDIA2, operation).withContent())
                        .thenApply(node ->
                                node.children().stream().limit(MAX_ITEMS).toList()),
                () -> device.call(device.read(Service.MEDIA, operation))
                        .thenApply(node ->
                                node.children().stream().limit(MAX_ITEMS).toList()));
    }

    private interface Call<T> {
        CompletableFuture<T> run();
    }

    private <T> CompletableFuture<T> either(Call<T> media2, Call<T> media1) {
        if (!device.has(Service.MEDIA2)) {
            return media1.run();
        }
        return media2.run().exceptionallyCompose(failure -> switch (OnvifException.of(failure)
                .kind()) {
            case UNSUPPORTED, FAULT, MALFORMED, NO_ANSWER ->
                media1.run().exceptionallyCompose(second -> CompletableFuture.failedFuture(failure));
            default -> CompletableFuture.failedFuture(failure);
        });
    }

    private static CompletableFuture<String> addressed(java.util.function.Supplier<String> address) {
        try {
            return CompletableFuture.completedFuture(address.get());
        } catch (IllegalArgumentException e) {
            return failed(Kind.MALFORMED, "the camera tells no address of a stream");
        }
    }

    private static <T> CompletableFuture<T> failed(Kind kind, String text) {
        return CompletableFuture.failedFuture(new OnvifException(kind, text));
    }

    /** Applies to the first profile, or to the one of this token. */
    public <T> CompletableFuture<T> withProfile(String token, Function<MediaProfile, CompletableFuture<T>> then) {
        return profiles()
                .thenCompose(all -> all.stream()
                        .filter(profile -> token.isEmpty() || profile.token().equals(token))
                        .findFirst()
                        .map(then)
                        .orElseGet(() -> failed(
                                Kind.FAULT, token.isEmpty() ? "the camera has no profile" : "no profile " + token)));
    }
}
