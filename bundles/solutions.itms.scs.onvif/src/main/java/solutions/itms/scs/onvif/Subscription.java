package solutions.itms.scs.onvif;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of ours at a device.
 *
 * @param address as the device told it
 * @param targets where it may be reached, the likeliest first
 * @param parameters XML that belongs into the head of each call
 * @param path where the device sends events to; null when they are fetched
 * @param term after which it ends unless it is renewed
 */
record Subscription(
        String address,
        List<Addresses.Target> targets,
        String parameters,
        @Nullable String path,
        Duration term) {}
