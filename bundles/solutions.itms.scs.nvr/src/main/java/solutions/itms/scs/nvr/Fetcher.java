package solutions.itms.scs.nvr;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.media.clip.Clip;
import solutions.itms.scs.media.clip.ClipOrder;
import solutions.itms.scs.media.clip.ClipSource;
import solutions.itms.scs.media.clip.ClipWatcher;
import solutions.itms.scs.media.clip.Login;
import solutions.itms.scs.media.clip.MediaException;
import solutions.itms.scs.media.clip.ReplayStyle;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.soap.Credentials;

/** Brings clips from recorders into the spool: not too many at a time, watched, and called off when need be. Thread-safe. */
final class Fetcher implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final int RECONNECTS = 5;
    /** Of the time of a command, for handing over. */
    private static final Duration HAND_OVER = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Calls calls;
    private final ClipMaker maker;
    private final Spool spool;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Fetcher(Calls calls, ClipMaker maker, Spool spool) {
        this.calls = calls;
        this.maker = maker;
        this.spool = spool;
    }

    /** What is done with a clip while it is in the spool. */
    interface Taker {
        CommandResult take(Fetched fetched, Path file) throws CommandException;
    }

    CommandResult fetch(Wish wish, Recorder recorder, CommandContext context, Taker taker)
            throws CommandException, InterruptedException {
        calls.device(context);
        Channel channel = calls.channel(wish.channel(), wish.recording(), context);
        int permits = 3 - recorder.settings().exports();
        await(recorder, permits, context);
        running.add(Thread.currentThread());
        try (Spool.Room room = spool.take(fileName(context), recorder.settings().largest())) {
            return taker.take(fetch(wish, recorder, channel, context, room.file()), room.file());
        } finally {
            running.remove(Thread.currentThread());
            recorder.exports().release(permits);
        }
    }

    private static String fileName(CommandContext context) {
        return context.id().replaceAll("[^A-Za-z0-9_-]", "_") + ".mp4";
    }

    /** @param permits of the two there are; one that takes both is alone */
    private void await(Recorder recorder, int permits, CommandContext context)
            throws CommandException, InterruptedException {
        while (!recorder.exports().tryAcquire(permits, LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            check(context);
            context.progress(0, "waiting until other clips of this recorder are done");
        }
    }

    private void check(CommandContext context) throws CommandException {
        if (context.isCancelled()) {
            throw new CommandException(FailureCode.CANCELLED, "stopped");
        }
        if (closed) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the gateway's software is being changed");
        }
        if (context.timeLeft().compareTo(HAND_OVER) <= 0) {
            throw new CommandException(FailureCode.TIMEOUT, "there is no time left to fetch it");
        }
    }

    private Fetched fetch(Wish wish, Recorder recorder, Channel channel, CommandContext context, Path file)
            throws CommandException, InterruptedException {
        check(context);
        context.progress(1, "asking the recorder");
        OnvifDevice device = calls.device(context);
        Instant began = calls.site().clock().instant();
        calls.await(device.management().measureClock().handle((time, failure) -> failure == null), context);
        Skew skew = Skew.of(device.clock());
        if (recorder.settings().template() == null) {
            checkData(wish, channel, skew, device, context);
        }
        ClipOrder order = order(wish, recorder, channel, skew, device, context);
        List<String> notes = new ArrayList<>();
        Clip clip = run(order, wish, file, context, notes);
        return new Fetched(
                wish, channel, clip, skew, began, calls.site().clock().instant(), notes);
    }

    /** A recorder that is asked for what it does not have may just keep silent; what it can't tell here, it shows there. */
    private void checkData(Wish wish, Channel channel, Skew skew, OnvifDevice device, CommandContext context)
            throws CommandException, InterruptedException {
        Archive.@Nullable Contents contents = calls.await(
                new Archive(device)
                        .contents(
                                List.of(channel.recording()),
                                skew.toRecorder(wish.from()),
                                skew.toRecorder(wish.to()),
                                0)
                        .handle((found, failure) -> found),
                context);
        if (contents == null || contents.truncated()) {
            return;
        }
        List<Segment> data = contents.segments().getOrDefault(channel.recording(), List.of());
        if (data.isEmpty()) {
            throw new CommandException(
                    FailureCode.NOT_FOUND,
                    "channel " + channel.channel() + " has no recording "
                            + (wish.picture() ? "at " + wish.from() : "from " + wish.from() + " to " + wish.to()));
        }
    }

    private ClipOrder order(
            Wish wish, Recorder recorder, Channel channel, Skew skew, OnvifDevice device, CommandContext context)
            throws CommandException, InterruptedException {
        Instant from = skew.toRecorder(wish.from());
        Instant to = skew.toRecorder(wish.to());
        ReplayTemplate template = recorder.settings().template();
        String uri;
        if (template == null) {
            uri = calls.await(device.replay().uri(channel.recording()), context);
        } else {
            uri = template.fill(channel.channel(), from, wish.picture() ? to.plusSeconds(2) : to, device.endpoint());
        }
        Credentials credentials = recorder.settings().credentials();
        Login login = credentials.present() ? new Login(credentials.user(), credentials.password()) : null;
        ClipSource source = new ClipSource(
                uri,
                login,
                template == null ? ReplayStyle.ONVIF : ReplayStyle.URL,
                uri.matches("(?i)(rtsps|https)://.*") ? recorder.trust() : null);
        return new ClipOrder(
                source,
                from,
                to,
                wish.audio(),
                recorder.settings().largest(),
                IDLE,
                longer(context.timeLeft().minus(HAND_OVER), LOOK),
                RECONNECTS);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    private Clip run(ClipOrder order, Wish wish, Path file, CommandContext context, List<String> notes)
            throws CommandException, InterruptedException {
        ClipWatcher watcher = new ClipWatcher() {
            @Override
            public void reached(Instant mediaTime, long bytes) {
                long whole =
                        Math.max(1, Duration.between(order.from(), order.to()).toMillis());
                long done = Duration.between(order.from(), mediaTime).toMillis();
                long percent = Math.max(2, Math.min(94, done * 92 / whole + 2));
                context.progress((int) percent, bytes / 1_000_000 + " MB fetched");
            }

            @Override
            public boolean cancelled() {
                return closed || context.isCancelled();
            }
        };
        try {
            return maker.run(order, file, watcher);
        } catch (MediaException e) {
            Clip part = e.partial().orElse(null);
            if (part == null || part.frames() == 0 || e.kind() == MediaException.Kind.CANCELLED) {
                check(context);
                throw new CommandException(code(e.kind()), String.valueOf(e.getMessage()));
            }
            notes.add(String.valueOf(e.getMessage()));
            return incomplete(part);
        }
    }

    private static Clip incomplete(Clip part) {
        return new Clip(
                part.first(),
                part.shown(),
                part.last(),
                part.gaps(),
                part.videoCodec(),
                part.audio(),
                part.width(),
                part.height(),
                part.frames(),
                part.keyFrames(),
                part.bytes(),
                part.duration(),
                false,
                part.notes(),
                part.lostPackets(),
                part.reconnects(),
                part.mended(),
                part.missing());
    }

    private static FailureCode code(MediaException.Kind kind) {
        return switch (kind) {
            case NOTHING_THERE -> FailureCode.NOT_FOUND;
            case UNSUPPORTED -> FailureCode.CONFLICT;
            case CANCELLED -> FailureCode.CANCELLED;
            case UNREACHABLE, REFUSED, STALLED, PROTOCOL, DISK -> FailureCode.UNAVAILABLE;
        };
    }

    /** Clips that are fetched now. */
    int running() {
        return running.size();
    }

    /** Calls off what is being fetched, and waits until it has ended. */
    @Override
    public void close() {
        closed = true;
        long deadline = calls.site().loop().nanos() + PATIENCE.toNanos();
        try {
            for (@Nullable Thread each : List.copyOf(running)) {
                long left = (deadline - calls.site().loop().nanos()) / 1_000_000;
                while (each != null && running.contains(each) && left > 0) {
                    each.join(Math.min(50, left));
                    left = (deadline - calls.site().loop().nanos()) / 1_000_000;
                }
                if (each != null && running.contains(each)) {
                    each.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
