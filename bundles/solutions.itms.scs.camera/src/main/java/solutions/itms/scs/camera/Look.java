package solutions.itms.scs.camera;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.DeviceInformation;
import solutions.itms.scs.onvif.MediaProfile;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;

/** One look at a camera's health: clock, information, profiles, stream; ends at the first call that nobody answers. */
final class Look {
    private final OnvifDevice device;
    private final CameraSettings settings;
    private final Health before;
    private final NetworkLoop loop;
    private final boolean connected;
    private boolean reachable;
    private @Nullable Boolean authenticated;
    private @Nullable Long latency;
    private @Nullable Boolean stream;
    private @Nullable DeviceInformation information;
    private List<String> profiles;
    private String reason = "";

    /** @param connected whether the device's services are known already */
    Look(OnvifDevice device, CameraSettings settings, Health before, NetworkLoop loop, boolean connected) {
        this.device = device;
        this.settings = settings;
        this.before = before;
        this.loop = loop;
        this.connected = connected;
        information = before.information();
        profiles = before.profiles();
    }

    CompletableFuture<Health> run() {
        long began = loop.nanos();
        CompletableFuture<?> first = connected ? device.management().measureClock() : device.connect();
        return first.handle((done, failure) -> failure == null ? null : OnvifException.of(failure))
                .thenCompose(failure -> {
                    reachable = failure == null || isAnswer(failure);
                    latency = reachable ? (loop.nanos() - began) / 1_000_000 : null;
                    if (!reachable) {
                        reason = String.valueOf(failure.getMessage());
                        return CompletableFuture.completedFuture(null);
                    }
                    return information();
                })
                .thenApply(done -> health());
    }

    /** There is a camera, though it answered badly. */
    private static boolean isAnswer(OnvifException failure) {
        return switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT, TLS, NO_ANSWER, MALFORMED, STOPPED -> false;
            default -> true;
        };
    }

    private CompletableFuture<Void> information() {
        return device.management()
                .information()
                .handle((found, failure) -> {
                    if (failure == null) {
                        information = found;
                        authenticated = true;
                        return true;
                    }
                    OnvifException why = OnvifException.of(failure);
                    authenticated = why.kind() == Kind.NOT_AUTHORIZED ? Boolean.FALSE : null;
                    reason = String.valueOf(why.getMessage());
                    return why.kind() != Kind.NOT_AUTHORIZED && isAnswer(why);
                })
                .thenCompose(on -> on ? profiles() : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Void> profiles() {
        return device.media()
                .profiles()
                .handle((found, failure) -> {
                    if (failure != null) {
                        return "";
                    }
                    profiles = found.stream()
                            .map(profile -> profile.name().isEmpty() ? profile.token() : profile.name())
                            .toList();
                    return found.stream()
                            .map(MediaProfile::token)
                            .filter(token -> settings.profile().isEmpty() || token.equals(settings.profile()))
                            .findFirst()
                            .orElse("");
                })
                .thenCompose(token -> token.isEmpty() || !settings.checksStream()
                        ? CompletableFuture.completedFuture(null)
                        : stream(token));
    }

    private CompletableFuture<Void> stream(String token) {
        return device.media()
                .streamUri(token)
                .thenCompose(device.media()::answers)
                .handle((answers, failure) -> {
                    stream = failure == null && answers;
                    return null;
                });
    }

    private Health health() {
        Duration ahead = device.clock().ahead();
        return new Health(
                reachable,
                reachable ? authenticated : before.authenticated(),
                latency,
                ahead == null ? null : (Long) ahead.toMillis(),
                stream,
                information,
                profiles,
                device.authentication().mode(),
                reason);
    }
}
