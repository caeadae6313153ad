package solutions.itms.scs.camera;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.PtzStatus;
import solutions.itms.scs.onvif.PtzVector;
import solutions.itms.scs.onvif.Sighting;
import solutions.itms.scs.onvif.soap.OnvifException;

/** The channels of a camera, for assets of Kura. Reading waits for the camera where it has to be asked. Thread-safe. */
final class DriverAdapter {
    /** Which setting of a channel says what it is. */
    static final String CHANNEL = "camera.channel";

    /** What a channel can be. */
    static final List<String> CHANNELS = List.of(
            "reachable", "authenticated", "stream", "motion", "tamper", "ptz.pan", "ptz.tilt", "ptz.zoom", "snapshot");

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Supplier<@Nullable Camera> cameras;
    private final Map<ChannelListener, Watched> listeners = new ConcurrentHashMap<>();

    /** @param cameras gives null while there is no camera */
    DriverAdapter(Supplier<@Nullable Camera> cameras) {
        this.cameras = cameras;
    }

    /** A channel that somebody watches, with what was told of it last. */
    private static final class Watched {
        final String name;
        final String channel;
        final DataType type;

        @Nullable
        AutoCloseable watch;

        @Nullable
        Object last;

        Watched(String name, String channel, DataType type) {
            this.name = name;
            this.channel = channel;
            this.type = type;
        }
    }

    void read(List<ChannelRecord> records) {
        PtzStatus[] position = new PtzStatus[1];
        for (ChannelRecord each : records) {
            done(each, () -> each.setValue(typed(value(channel(each), position), each.getValueType())));
        }
    }

    void write(List<ChannelRecord> records) {
        for (ChannelRecord each : records) {
            done(each, () -> {
                double value = Double.parseDouble(String.valueOf(each.getValue().getValue()));
                if (!(value >= -1 && value <= 1)) {
                    throw new IllegalArgumentException("must be a number from -1 to 1");
                }
                move(channel(each), value);
            });
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private void done(ChannelRecord record, Step step) {
        try {
            step.run();
            record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            record.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, "interrupted", null));
        } catch (Exception e) {
            record.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, String.valueOf(e.getMessage()), null));
        }
        Camera camera = cameras.get();
        record.setTimestamp(camera == null ? 0 : camera.millis());
    }

    private static String channel(ChannelRecord record) {
        Map<String, Object> config = record.getChannelConfig();
        Object channel = config == null ? null : config.get(CHANNEL);
        if (channel == null || !CHANNELS.contains(String.valueOf(channel))) {
            throw new IllegalArgumentException(CHANNEL + " must be one of " + String.join(", ", CHANNELS));
        }
        return String.valueOf(channel);
    }

    private Object value(String channel, PtzStatus[] position) throws Exception {
        Camera camera = camera();
        return switch (channel) {
            case "ptz.pan" -> there(position(camera, position).pan());
            case "ptz.tilt" -> there(position(camera, position).tilt());
            case "ptz.zoom" -> there(position(camera, position).zoom());
            case "snapshot" -> {
                OnvifDevice device = device(camera);
                yield await(device.media().snapshot(profile(camera, device))).bytes();
            }
            default -> there(known(camera, channel));
        };
    }

    /** What needs no call. */
    private static @Nullable Object known(Camera camera, String channel) {
        return switch (channel) {
            case "reachable" -> camera.health().reachable();
            case "authenticated" -> camera.health().authenticated();
            case "stream" -> camera.health().stream();
            case "motion" -> camera.sightings().isActive(Sighting.Kind.MOTION);
            case "tamper" -> camera.sightings().isActive(Sighting.Kind.TAMPER);
            default -> null;
        };
    }

    private void move(String channel, double to) throws Exception {
        Camera camera = camera();
        OnvifDevice device = device(camera);
        String profile = profile(camera, device);
        PtzStatus now = channel.equals("ptz.zoom") ? null : await(device.ptz().status(profile));
        PtzVector place = switch (channel) {
            case "ptz.pan" -> new PtzVector(to, now == null ? null : now.tilt(), null);
            case "ptz.tilt" -> new PtzVector(now == null ? null : now.pan(), to, null);
            case "ptz.zoom" -> new PtzVector(null, null, to);
            default -> throw new IllegalArgumentException(channel + " can't be written");
        };
        await(device.ptz().absoluteMove(profile, place));
    }

    private PtzStatus position(Camera camera, PtzStatus[] known) throws Exception {
        if (known[0] == null) {
            OnvifDevice device = device(camera);
            known[0] = await(device.ptz().status(profile(camera, device)));
        }
        return known[0];
    }

    private static Object there(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("the camera does not tell");
        }
        return value;
    }

    private Camera camera() {
        Camera camera = cameras.get();
        if (camera == null) {
            throw new IllegalStateException("there is no camera");
        }
        return camera;
    }

    private static OnvifDevice device(Camera camera) {
        OnvifDevice device = camera.device();
        if (device == null) {
            throw new IllegalStateException("the camera is switched off here, or has no address");
        }
        return device;
    }

    private static String profile(Camera camera, OnvifDevice device) throws Exception {
        String token = camera.settings().profile();
        return token.isEmpty()
                ? await(device.media().withProfile("", profile -> CompletableFuture.completedFuture(profile)))
                        .token()
                : token;
    }

    private static <T> T await(CompletableFuture<T> call) throws Exception {
        try {
            return call.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw OnvifException.of(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the camera did not answer in time");
        }
    }

    private static TypedValue<?> typed(Object value, DataType type) {
        if (value instanceof byte[] bytes) {
            return TypedValues.newByteArrayValue(bytes);
        }
        if (type == DataType.STRING) {
            return TypedValues.newStringValue(String.valueOf(value));
        }
        if (value instanceof Boolean flag) {
            return type == DataType.BOOLEAN
                    ? TypedValues.newBooleanValue(flag)
                    : TypedValues.parseTypedValue(type, flag ? "1" : "0");
        }
        double number = ((Number) value).doubleValue();
        return switch (type) {
            case FLOAT -> TypedValues.newFloatValue((float) number);
            case INTEGER -> TypedValues.newIntegerValue((int) Math.round(number));
            case LONG -> TypedValues.newLongValue(Math.round(number));
            case DOUBLE -> TypedValues.newDoubleValue(number);
            default ->
                throw new IllegalArgumentException(
                        "no " + type.name().toLowerCase(Locale.ROOT) + " can be made of a number");
        };
    }

    void register(Map<String, Object> config, ChannelListener listener) {
        ChannelRecord probe = ChannelRecord.createReadRecord("", DataType.STRING);
        probe.setChannelConfig(config);
        Watched watched = new Watched(
                String.valueOf(config.get("+name")),
                channel(probe),
                DataType.getDataType(String.valueOf(config.getOrDefault("+value.type", "STRING"))));
        Camera camera = camera();
        watched.watch = camera.watch(() -> tell(camera, watched, listener));
        unregister(listener);
        listeners.put(listener, watched);
    }

    private static void tell(Camera camera, Watched watched, ChannelListener listener) {
        Object now = known(camera, watched.channel);
        synchronized (watched) {
            if (now == null || Objects.equals(now, watched.last)) {
                return;
            }
            watched.last = now;
        }
        ChannelRecord record = ChannelRecord.createReadRecord(watched.name, watched.type);
        record.setValue(typed(now, watched.type));
        record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
        record.setTimestamp(camera.millis());
        listener.onChannelEvent(new ChannelEvent(record));
    }

    void unregister(ChannelListener listener) {
        Watched watched = listeners.remove(listener);
        if (watched != null && watched.watch != null) {
            try {
                watched.watch.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void close() {
        List.copyOf(listeners.keySet()).forEach(this::unregister);
    }
}
