package solutions.itms.scs.nvr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.DeviceInformation;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.RecordingJob;
import solutions.itms.scs.onvif.StorageConfiguration;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.onvif.soap.Service;

/** One look at a recorder's health: clock, information, recordings; a thorough one at jobs, disks and gaps, too. Used once. */
final class Look {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MAX_JOBS = 64;

    private final OnvifDevice device;
    private final NvrSettings settings;
    private final Health before;
    private final ChannelList list;
    private final NetworkLoop loop;
    private final boolean connected;
    private final boolean thorough;
    private final Archive archive;
    private boolean reachable;
    private @Nullable Boolean authenticated;
    private @Nullable Long latency;
    private @Nullable DeviceInformation information;
    private boolean profileG;
    private List<Channel> channels;
    private List<String> jobErrors;
    private List<String> disks;
    private List<Disk> capacity;
    private String reason = "";

    /** @param connected whether the device's services are known already */
    Look(
            OnvifDevice device,
            NvrSettings settings,
            Health before,
            ChannelList list,
            NetworkLoop loop,
            boolean connected,
            boolean thorough) {
        this.device = device;
        this.settings = settings;
        this.before = before;
        this.list = list;
        this.loop = loop;
        this.connected = connected;
        this.thorough = thorough;
        archive = new Archive(device);
        information = before.information();
        profileG = before.profileG();
        channels = settings.template() == null ? before.channels() : configured();
        jobErrors = before.jobErrors();
        disks = before.disks();
        capacity = before.capacity();
    }

    CompletableFuture<Health> run() {
        long began = loop.nanos();
        CompletableFuture<?> first = connected ? device.management().measureClock() : device.connect();
        return first.handle((done, failure) -> failure == null ? null : OnvifException.of(failure))
                .thenCompose(failure -> {
                    reachable = failure == null || isAnswer(failure);
                    latency = reachable ? (loop.nanos() - began) / 1_000_000 : null;
                    if (!reachable) {
                        reason = said(failure);
                        return replay(began);
                    }
                    return information();
                })
                .thenApply(done -> health());
    }

    /** There is a recorder, though it answered badly. */
    private static boolean isAnswer(OnvifException failure) {
        return switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT, TLS, NO_ANSWER, MALFORMED, STOPPED -> false;
            default -> true;
        };
    }

    /** Some recorders speak no ONVIF at all: what counts then is that they replay. */
    private CompletableFuture<@Nullable Void> replay(long began) {
        ReplayTemplate template = settings.template();
        if (template == null || channels.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Instant now = device.clock().ours();
        String uri = template.fill(
                channels.get(0).channel(), now.minus(Duration.ofMinutes(2)), now.minusSeconds(60), device.endpoint());
        return device.media().answers(uri).handle((answers, failure) -> {
            if (Boolean.TRUE.equals(answers)) {
                reachable = true;
                latency = (loop.nanos() - began) / 1_000_000;
                reason = "";
            }
            return null;
        });
    }

    private CompletableFuture<@Nullable Void> information() {
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
                    reason = said(why);
                    return why.kind() != Kind.NOT_AUTHORIZED && isAnswer(why);
                })
                .thenCompose(on -> on ? recordings() : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<@Nullable Void> recordings() {
        if (settings.template() != null) {
            profileG = false;
            return thorough ? disks() : CompletableFuture.completedFuture(null);
        }
        return device.recordings()
                .all()
                .handle((all, failure) -> all)
                .thenCompose(set -> archive.recordings().handle((found, failure) -> {
                    if (failure != null) {
                        failed(OnvifException.of(failure));
                        return false;
                    }
                    profileG = true;
                    take(list.update(
                            set, found, Skew.of(device.clock()), device.clock().ours()));
                    return true;
                }))
                .thenCompose(on -> on && thorough ? thorough() : CompletableFuture.completedFuture(null));
    }

    private void failed(OnvifException why) {
        boolean lacking = why.kind() == Kind.UNSUPPORTED && !device.has(Service.SEARCH);
        profileG = profileG && !lacking;
        reason = lacking ? "it has no ONVIF Profile G; replay.template must be configured for it" : said(why);
    }

    /** Keeps what only a thorough look finds out. */
    private void take(List<Channel> found) {
        channels = found.stream()
                .map(channel -> before.channels().stream()
                        .filter(old -> old.channel().equals(channel.channel()))
                        .findFirst()
                        .map(old -> channel.withGap(old.gapSeconds()))
                        .orElse(channel))
                .toList();
    }

    private List<Channel> configured() {
        return configured(settings);
    }

    /** The channels of a recorder without Profile G. */
    static List<Channel> configured(NvrSettings settings) {
        return settings.channels().entrySet().stream()
                .map(entry -> new Channel(
                        entry.getKey(),
                        entry.getValue().isEmpty() ? "Channel " + entry.getKey() : entry.getValue(),
                        entry.getKey(),
                        Channel.UNKNOWN,
                        null,
                        null,
                        null))
                .toList();
    }

    private CompletableFuture<@Nullable Void> thorough() {
        return disks().thenCompose(done -> jobs()).thenCompose(done -> gaps());
    }

    private CompletableFuture<@Nullable Void> disks() {
        return device.management()
                .storageConfigurations()
                .handle((found, failure) -> {
                    if (found != null) {
                        disks = found.stream().map(StorageConfiguration::token).toList();
                    }
                    return null;
                })
                .thenCompose(done -> capacity());
    }

    private CompletableFuture<@Nullable Void> capacity() {
        return settings.storage().read(device).handle((found, failure) -> {
            if (found != null) {
                capacity = found;
            } else {
                reason = reason.isEmpty() ? said(OnvifException.of(failure)) : reason;
            }
            return null;
        });
    }

    private CompletableFuture<@Nullable Void> jobs() {
        return device.recordings().jobs().handle((jobs, failure) -> jobs).thenCompose(jobs -> {
            if (jobs == null) {
                return CompletableFuture.completedFuture(null);
            }
            List<String> errors = new ArrayList<>();
            return states(jobs.stream().limit(MAX_JOBS).toList(), errors).thenApply(done -> {
                jobErrors = List.copyOf(errors);
                return null;
            });
        });
    }

    private CompletableFuture<@Nullable Void> states(List<RecordingJob> jobs, List<String> errors) {
        if (jobs.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        RecordingJob job = jobs.get(0);
        return device.recordings()
                .jobState(job.token())
                .handle((state, failure) -> {
                    if (state != null
                            && (state.state().equalsIgnoreCase("Error")
                                    || !state.errors().isEmpty())) {
                        errors.add(name(job.recording()) + ": "
                                + (state.errors().isEmpty() ? "error" : String.join(", ", state.errors())));
                    }
                    return state;
                })
                .thenCompose(done -> states(jobs.subList(1, jobs.size()), errors));
    }

    private String name(String recording) {
        return channels.stream()
                .filter(channel -> channel.recording().equals(recording))
                .map(channel -> "channel " + channel.channel())
                .findFirst()
                .orElse(recording);
    }

    private CompletableFuture<@Nullable Void> gaps() {
        Instant now = device.clock().now();
        return archive.gaps(now.minus(DAY), now).handle((gaps, failure) -> {
            if (gaps != null) {
                Map<String, Long> found = gaps;
                channels = channels.stream()
                        .map(channel -> channel.withGap(found.get(channel.recording())))
                        .toList();
            }
            return null;
        });
    }

    /** The calls are those of any device. */
    private static String said(OnvifException failure) {
        return String.valueOf(failure.getMessage()).replace("the camera", "the recorder");
    }

    private Health health() {
        Duration ahead = device.clock().ahead();
        return new Health(
                reachable,
                reachable ? authenticated : before.authenticated(),
                latency,
                ahead == null ? null : (Long) ahead.toMillis(),
                information,
                profileG,
                channels,
                jobErrors,
                disks,
                capacity,
                device.authentication().mode(),
                reason);
    }
}
