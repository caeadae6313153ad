package solutions.itms.scs.onvif;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.http.NotificationReceiver;
import solutions.itms.scs.onvif.soap.DeviceTimes;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.onvif.soap.SoapCall;
import solutions.itms.scs.onvif.xml.MalformedXmlException;
import solutions.itms.scs.onvif.xml.XmlNode;
import solutions.itms.scs.onvif.xml.XmlReader;

/**
 * The events of a device: one pull point, renewed in time, made anew after every trouble with growing pauses, and always
 * unsubscribed, since devices have few and never forget them. Where there is no pull point, the device is asked to send them
 * here. Thread-safe.
 */
public final class EventStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration LONGEST_TERM = Duration.ofHours(25);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int CUTS = 3;

    /**
     * How long things take.
     *
     * @param term asked for; short, so that a subscription that nobody ended does not last
     * @param shortest term that is believed: some devices tell a shorter one than they mean
     * @param pull how long a device waits for something to tell
     * @param margin how much longer we wait for that
     * @param gap from one pull to the next at least: some devices never wait
     */
    record Timing(Duration term, Duration shortest, Duration pull, Duration margin, Duration gap) {
        static final Timing STANDARD = new Timing(
                Duration.ofMinutes(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofMillis(750));
    }

    /** How it stands with the events of a device. */
    public enum State {
        /** Nothing is subscribed. */
        NONE,
        /** They are fetched. */
        PULLING,
        /** The device sends them. */
        RECEIVING,
        /** The device has none, or refuses them. */
        FAILED
    }

    /** Where events can be sent to, by devices without pull points. */
    public record Callback(NotificationReceiver receiver, String address) {}

    private final OnvifDevice device;
    private final @Nullable Callback callback;
    private final Consumer<List<DeviceEvent>> events;
    private final Consumer<State> states;
    private final NetworkLoop loop;
    private final Timing timing;
    private @Nullable Subscription current;
    private NetworkLoop.Timer renewal = () -> {};
    private NetworkLoop.Timer next = () -> {};
    private boolean closed;
    private boolean absolute;
    private boolean push;
    private int target;
    private int cuts;
    private int failures;
    private State state = State.NONE;
    private String reason = "";

    /**
     * Subscribes nothing yet.
     *
     * @param callback null where devices can't send anything here
     * @param events told them in their order
     * @param states told when it changes
     */
    public EventStream(
            OnvifDevice device,
            @Nullable Callback callback,
            Consumer<List<DeviceEvent>> events,
            Consumer<State> states) {
        this(device, callback, events, states, Timing.STANDARD);
    }

    EventStream(
            OnvifDevice device,
            @Nullable Callback callback,
            Consumer<List<DeviceEvent>> events,
            Consumer<State> states,
            Timing timing) {
        this.device = device;
        this.timing = timing;
        this.callback = callback;
        this.events = events;
        this.states = states;
        this.loop = device.loop();
    }

    /** Begins; last of all that is done with a device, since some become slow by it. */
    public void start() {
        create();
    }

    /** How it stands. */
    public synchronized State state() {
        return state;
    }

    /** Why there are none; empty when there are. */
    public synchronized String reason() {
        return reason;
    }

    /** Ends it. @return done when the device was told, or did not answer to it */
    public CompletableFuture<Void> end() {
        Subscription last;
        synchronized (this) {
            closed = true;
            renewal.cancel();
            next.cancel();
            last = current;
            current = null;
        }
        return last == null ? CompletableFuture.completedFuture(null) : unsubscribe(last);
    }

    @Override
    public void close() {
        end();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void become(State now, String why) {
        synchronized (this) {
            reason = why;
            if (state == now) {
                return;
            }
            state = now;
        }
        states.accept(now);
    }

    private void create() {
        if (isClosed()) {
            return;
        }
        boolean pushed = push && callback != null;
        String path = pushed && callback != null ? callback.receiver().register(this::notified) : null;
        SoapCall call = path == null || callback == null
                ? EventCalls.pullPoint(device, termination())
                : EventCalls.subscribe(device, callback.address() + path, termination());
        device.queued(() -> device.soap().call(call)).whenComplete((node, failure) -> {
            if (failure == null && node.find("Address").isPresent()) {
                created(node, path);
                return;
            }
            forget(path);
            failed(
                    failure == null
                            ? new OnvifException(Kind.MALFORMED, "the camera tells no address of a subscription")
                            : OnvifException.of(failure));
        });
    }

    private void forget(@Nullable String path) {
        if (path != null && callback != null) {
            callback.receiver().unregister(path);
        }
    }

    /** Relative, unless the device has shown that it can't. */
    private synchronized String termination() {
        return absolute
                ? device.clock()
                        .now()
                        .plus(timing.term())
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString()
                : "PT" + timing.term().toSeconds() + "S";
    }

    private void created(XmlNode node, @Nullable String path) {
        XmlNode reference = node.find("SubscriptionReference").orElse(node);
        String address = reference.find("Address").map(XmlNode::text).orElse("");
        StringBuilder parameters = new StringBuilder();
        reference
                .find("ReferenceParameters")
                .ifPresent(all -> all.children().forEach(child -> parameters.append(EventCalls.marked(child))));
        Optional<Duration> granted = EventCalls.granted(node);
        boolean usable = granted.isEmpty()
                || (granted.get().compareTo(Duration.ZERO) > 0 && granted.get().compareTo(LONGEST_TERM) < 0);
        Duration term = granted.filter(g -> usable && g.compareTo(timing.shortest()) > 0)
                .orElse(timing.shortest());
        Subscription made = new Subscription(
                address, Addresses.candidates(device.endpoint(), address), parameters.toString(), path, term);
        boolean again;
        synchronized (this) {
            again = !usable && !absolute;
            absolute |= !usable;
            current = made;
            target = 0;
            cuts = 0;
        }
        if (isClosed() || again) {
            unsubscribe(made).whenComplete((done, failure) -> create());
            return;
        }
        become(path == null ? State.PULLING : State.RECEIVING, "");
        renewLater(term);
        if (path == null) {
            pull(made);
        }
    }

    /** A call to the subscription, at the address that works, with the device's own text of it. */
    private SoapCall managed(Subscription to, String operation, String parameters, String action) {
        Addresses.Target at;
        synchronized (this) {
            at = to.targets().get(Math.min(target, to.targets().size() - 1));
        }
        return EventCalls.managed(device, at, to, operation, parameters, action);
    }

    private void pull(Subscription from) {
        long began = loop.nanos();
        SoapCall call = managed(
                        from,
                        "PullMessages",
                        "<tev:Timeout>PT" + timing.pull().toSeconds()
                                + "S</tev:Timeout><tev:MessageLimit>100</tev:MessageLimit>",
                        EventCalls.EVENTS + "/PullPointSubscription/PullMessagesRequest")
                .within(timing.pull().plus(timing.margin()));
        device.soap().call(call).whenComplete((node, failure) -> {
            if (isClosed() || from != now()) {
                return;
            }
            if (failure == null) {
                pulled(from, node, began);
            } else {
                cut(from, OnvifException.of(failure));
            }
        });
    }

    private synchronized @Nullable Subscription now() {
        return current;
    }

    private void pulled(Subscription from, XmlNode node, long began) {
        synchronized (this) {
            cuts = 0;
            failures = 0;
        }
        node.text("CurrentTime").flatMap(DeviceTimes::parse).ifPresent(device.clock()::observe);
        tell(Notifications.read(node, device.clock()));
        Duration took = Duration.ofNanos(loop.nanos() - began);
        later(took.compareTo(timing.gap()) < 0 ? timing.gap().minus(took) : Duration.ZERO, () -> pull(from));
    }

    private void tell(List<DeviceEvent> told) {
        if (!told.isEmpty()) {
            try {
                events.accept(told);
            } catch (RuntimeException e) {
                LOG.error("Events of a camera", e);
            }
        }
    }

    /** A pull that ended badly: some devices cut the connection when there is nothing to tell. */
    private void cut(Subscription from, OnvifException failure) {
        boolean again;
        synchronized (this) {
            boolean otherAddress = failure.kind() == Kind.UNREACHABLE
                    && target + 1 < from.targets().size();
            if (otherAddress) {
                target++;
            } else {
                cuts++;
            }
            boolean harmless = failure.kind() == Kind.NO_ANSWER
                    || failure.kind() == Kind.TIMEOUT
                    || failure.kind() == Kind.MALFORMED;
            again = otherAddress || (harmless && cuts < CUTS);
        }
        if (again) {
            later(timing.gap(), () -> pull(from));
            return;
        }
        synchronized (this) {
            renewal.cancel();
            current = null;
        }
        unsubscribe(from).whenComplete((done, ignored) -> failed(failure));
    }

    private void failed(OnvifException failure) {
        Duration pause;
        synchronized (this) {
            failures++;
            boolean lacking = failure.kind() == Kind.UNSUPPORTED || failure.kind() == Kind.FAULT;
            if (!push && callback != null && lacking && failures > 1) {
                push = true;
            }
            long seconds = Math.min(LONGEST_PAUSE.toSeconds(), 1L << Math.min(failures, 9));
            pause = Duration.ofSeconds(seconds);
        }
        become(State.FAILED, String.valueOf(failure.getMessage()));
        later(pause, this::create);
    }

    private void later(Duration delay, Runnable step) {
        synchronized (this) {
            if (!closed) {
                next = loop.after(delay, step);
            }
        }
    }

    private void renewLater(Duration term) {
        synchronized (this) {
            renewal.cancel();
            if (!closed) {
                renewal = loop.after(Duration.ofMillis(term.toMillis() * 8 / 10), this::renew);
            }
        }
    }

    private void renew() {
        Subscription renewing = now();
        if (renewing == null) {
            return;
        }
        SoapCall call = managed(
                renewing,
                "wsnt:Renew",
                "<wsnt:TerminationTime>" + termination() + "</wsnt:TerminationTime>",
                EventCalls.WSN + "/SubscriptionManager/RenewRequest");
        device.queued(() -> device.soap().call(call)).whenComplete((node, failure) -> {
            if (isClosed() || renewing != now()) {
                return;
            }
            if (failure == null) {
                renewLater(renewing.term());
            } else if (renewing.path() != null) {
                synchronized (this) {
                    current = null;
                }
                unsubscribe(renewing).whenComplete((done, ignored) -> create());
            }
            // without renewal the pulls themselves keep a pull point; when it ends all the same, they tell
        });
    }

    private CompletableFuture<Void> unsubscribe(Subscription from) {
        forget(from.path());
        SoapCall call = managed(
                        from, "wsnt:Unsubscribe", "", EventCalls.WSN + "/SubscriptionManager/UnsubscribeRequest")
                .within(Duration.ofSeconds(3));
        return device.soap().call(call).handle((node, failure) -> null);
    }

    private void notified(byte[] body) {
        try {
            tell(Notifications.read(XmlReader.read(body), device.clock()));
        } catch (MalformedXmlException e) {
            LOG.debug("A notification that can't be read");
        }
    }

    /** The topics that a device announces; many announce fewer than they send. */
    public static CompletableFuture<List<String>> topics(OnvifDevice device) {
        return device.call(EventCalls.topics(device))
                .thenApply(Notifications::topics)
                .exceptionallyCompose(failure -> switch (OnvifException.of(failure)
                        .kind()) {
                    case UNSUPPORTED, MALFORMED, FAULT, NO_ANSWER -> CompletableFuture.completedFuture(List.of());
                    default -> CompletableFuture.failedFuture(failure);
                });
    }
}
