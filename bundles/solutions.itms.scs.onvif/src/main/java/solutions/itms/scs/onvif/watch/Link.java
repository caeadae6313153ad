package solutions.itms.scs.onvif.watch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.DeviceEvent;
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.http.NetworkLoop;

/** What goes with one way to reach a device; ends when its settings change. Thread-safe. */
public final class Link {
    private final OnvifDevice device;
    private final NetworkLoop loop;
    private volatile @Nullable EventStream events;
    private volatile boolean answered;
    private volatile boolean ended;
    private NetworkLoop.Timer errand = () -> {};
    // of the watch, under its lock
    NetworkLoop.Timer poll = () -> {};
    boolean looking;
    boolean again;
    boolean soon;
    long lookedNanos;
    volatile int looks;

    Link(OnvifDevice device, NetworkLoop loop) {
        this.device = device;
        this.loop = loop;
    }

    /** The device. */
    public OnvifDevice device() {
        return device;
    }

    /** Whether it ever answered by this link. */
    public boolean answered() {
        return answered;
    }

    /** Whether the device is not reached like this any more. */
    public boolean ended() {
        return ended;
    }

    /** How many regular looks began by this link. */
    public int looks() {
        return looks;
    }

    void reached(boolean reached) {
        answered |= reached;
    }

    /** Does something once unless the link has ended by then; one thing at a time. */
    public synchronized void after(Duration time, Runnable what) {
        errand.cancel();
        if (!ended) {
            errand = loop.after(time, what);
        }
    }

    /** Listens to its events, from the first time this is called. */
    public synchronized void listen(
            EventStream.@Nullable Callback callback,
            Consumer<List<DeviceEvent>> happened,
            Consumer<EventStream.State> changed) {
        if (events == null && !ended) {
            EventStream stream = new EventStream(device, callback, happened, changed);
            events = stream;
            stream.start();
        }
    }

    /** How it stands with its events. */
    public EventStream.State events() {
        EventStream stream = events;
        return stream == null ? EventStream.State.NONE : stream.state();
    }

    /** @return done when the device was told that we don't listen any more */
    synchronized CompletableFuture<Void> end() {
        ended = true;
        poll.cancel();
        errand.cancel();
        EventStream stream = events;
        return stream == null ? CompletableFuture.completedFuture(null) : stream.end();
    }
}
