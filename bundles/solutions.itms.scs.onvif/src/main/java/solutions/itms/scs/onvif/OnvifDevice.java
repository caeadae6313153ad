package solutions.itms.scs.onvif;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.HttpClient;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.http.Trust;
import solutions.itms.scs.onvif.soap.AuthState;
import solutions.itms.scs.onvif.soap.DeviceClock;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.soap.SoapCall;
import solutions.itms.scs.onvif.soap.SoapClient;
import solutions.itms.scs.onvif.xml.XmlNode;

/**
 * One device. Calls wait for each other, but for the wait for events, which has a lane of its own; each ends by its limit.
 * Futures fail with an {@link OnvifException} and complete on the loop's workers, which must not be blocked. Thread-safe.
 */
public final class OnvifDevice implements AutoCloseable {
    private final NetworkLoop loop;
    private final DeviceSettings settings;
    private final Trust trust;
    private final HttpClient http;
    private final DeviceClock clock;
    private final SoapClient soap;
    private final SerialQueue queue;
    private final Map<Service, Addresses.Target> services = new EnumMap<>(Service.class);
    private List<ServiceEntry> listed = List.of();
    private volatile boolean answered;
    private final Management management = new Management(this);
    private final Media media = new Media(this);
    private final Imaging imaging = new Imaging(this);
    private final Ptz ptz;
    private final Recordings recordings = new Recordings(this);
    private final RecordingSearch search = new RecordingSearch(this);
    private final Replay replay = new Replay(this);

    /**
     * Makes no connection yet.
     *
     * @param onFingerprint told when the device's certificate was trusted for being the first
     * @throws IllegalArgumentException when the fingerprint is none
     */
    public OnvifDevice(NetworkLoop loop, DeviceSettings settings, Clock clock, Consumer<String> onFingerprint) {
        this.loop = loop;
        this.settings = settings;
        this.trust = new Trust(settings.fingerprint(), onFingerprint);
        this.http = new HttpClient(loop, trust);
        this.clock = new DeviceClock(clock);
        this.soap = new SoapClient(http, settings.credentials(), this.clock);
        this.queue = new SerialQueue(loop);
        this.ptz = new Ptz(this, loop);
    }

    /**
     * Reads the clock and finds the services; later calls find them by themselves.
     *
     * @return what the device lists; empty when it lists nothing, and the usual paths are used
     */
    public CompletableFuture<List<ServiceEntry>> connect() {
        return queue.submit(
                () -> soap.readClock(settings.endpoint(), Service.DEVICE.path())
                        .handle((time, failure) -> failure == null ? null : OnvifException.of(failure))
                        .thenCompose(failure -> failure == null || isAnswer(failure)
                                ? services()
                                : CompletableFuture.failedFuture(failure)),
                false);
    }

    /** The device is there, though it did not tell the time. */
    private static boolean isAnswer(OnvifException failure) {
        return switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT, TLS, STOPPED -> false;
            default -> true;
        };
    }

    private CompletableFuture<List<ServiceEntry>> services() {
        SoapCall services = SoapCall.read(
                        settings.endpoint(), Service.DEVICE.path(), Service.DEVICE, "GetServices", settings.limit())
                .with("<tds:IncludeCapability>false</tds:IncludeCapability>")
                .withContent();
        return soap.call(services)
                .thenApply(ServiceList::ofServices)
                .handle((list, failure) -> failure == null && !list.isEmpty()
                        ? CompletableFuture.completedFuture(list)
                        : capabilities(failure))
                .thenCompose(next -> next)
                .thenApply(this::take);
    }

    /** What came before GetServices. */
    private CompletableFuture<List<ServiceEntry>> capabilities(@Nullable Throwable failure) {
        if (failure != null) {
            OnvifException.Kind kind = OnvifException.of(failure).kind();
            if (kind == OnvifException.Kind.NOT_AUTHORIZED || kind == OnvifException.Kind.TIMEOUT) {
                return CompletableFuture.failedFuture(failure);
            }
        }
        SoapCall capabilities = SoapCall.read(
                        settings.endpoint(), Service.DEVICE.path(), Service.DEVICE, "GetCapabilities", settings.limit())
                .with("<tds:Category>All</tds:Category>");
        return soap.call(capabilities)
                .thenApply(ServiceList::ofCapabilities)
                .exceptionallyCompose(none -> switch (OnvifException.of(none).kind()) {
                    case NOT_AUTHORIZED, TIMEOUT, UNREACHABLE, STOPPED, TLS -> CompletableFuture.failedFuture(none);
                    default -> CompletableFuture.completedFuture(new ArrayList<>());
                });
    }

    private synchronized List<ServiceEntry> take(List<ServiceEntry> list) {
        answered = true;
        listed = List.copyOf(list);
        services.clear();
        for (ServiceEntry entry : list) {
            Service.of(entry.namespace())
                    .ifPresent(service -> services.putIfAbsent(
                            service, Addresses.service(settings.endpoint(), entry.address(), service.path())));
        }
        return listed;
    }

    /** What the device lists, as of the last {@link #connect}. */
    public synchronized List<ServiceEntry> listed() {
        return listed;
    }

    /** Whether the device lists a service; one that is not listed may be there all the same. */
    public synchronized boolean has(Service service) {
        return services.containsKey(service);
    }

    /** Device management. */
    public Management management() {
        return management;
    }

    /** Media, 1 and 2. */
    public Media media() {
        return media;
    }

    /** Imaging. */
    public Imaging imaging() {
        return imaging;
    }

    /** Pan, tilt, zoom. */
    public Ptz ptz() {
        return ptz;
    }

    /** Recording control. */
    public Recordings recordings() {
        return recordings;
    }

    /** Search in recordings. */
    public RecordingSearch search() {
        return search;
    }

    /** Replay control. */
    public Replay replay() {
        return replay;
    }

    /** How it stands with who we are to it. */
    public AuthState authentication() {
        return soap.state();
    }

    /** Its clock. */
    public DeviceClock clock() {
        return clock;
    }

    /** SHA-256 of its certificate; null when none was seen. */
    public @Nullable String fingerprint() {
        return trust.fingerprint();
    }

    /** Where it is. */
    public Endpoint endpoint() {
        return settings.endpoint();
    }

    /** What waits fails, every connection is closed. */
    @Override
    public void close() {
        ptz.close();
        queue.close();
        http.close();
    }

    NetworkLoop loop() {
        return loop;
    }

    SoapClient soap() {
        return soap;
    }

    Duration limit() {
        return settings.limit();
    }

    boolean answered() {
        return answered;
    }

    synchronized Addresses.Target target(Service service) {
        Addresses.Target found = services.get(service);
        return found == null ? new Addresses.Target(settings.endpoint(), service.path()) : found;
    }

    /** A read of a service. */
    SoapCall read(Service service, String operation) {
        Addresses.Target target = target(service);
        return SoapCall.read(target.endpoint(), target.path(), service, operation, settings.limit());
    }

    /** When its turn has come. */
    CompletableFuture<XmlNode> call(SoapCall call) {
        return queue.submit(() -> soap.call(call), false);
    }

    <T> CompletableFuture<T> queued(Supplier<CompletableFuture<T>> call) {
        return queue.submit(call, false);
    }

    <T> CompletableFuture<T> urgently(Supplier<CompletableFuture<T>> call) {
        return queue.submit(call, true);
    }
}
