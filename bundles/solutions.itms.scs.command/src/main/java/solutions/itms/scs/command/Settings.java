package solutions.itms.scs.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.message.command.KeyRing;
import solutions.itms.scs.message.command.Safety;
import solutions.itms.scs.message.command.SigningKey;

/**
 * How commands are executed here.
 *
 * @param serverKeys whose commands are taken
 * @param key signs the results; its id begins with the id of this gateway; null while none is configured
 * @param allowed the classes of commands that this site lets the cloud do
 * @param skew how far this gateway's clock may be from the server's
 * @param parallel how many commands run at the same time, beside desired states
 * @param queue how many may wait
 * @param keepCount how many finished commands the journal keeps
 * @param keepFor how long it keeps them
 * @param repeat pause before a result that nobody confirmed is sent again; doubled each time
 * @param missing what must be configured before commands can be taken, in words
 */
record Settings(
        KeyRing serverKeys,
        @Nullable SigningKey key,
        Set<Safety> allowed,
        Duration skew,
        int parallel,
        int queue,
        int keepCount,
        Duration keepFor,
        Duration repeat,
        List<String> missing) {

    static final int SKEW = 120;
    static final int MAX_SKEW = 3_600;
    static final int PARALLEL = 4;
    static final int MAX_PARALLEL = 32;
    static final int QUEUE = 1_000;
    static final int MAX_QUEUE = 10_000;
    static final int KEEP_COUNT = 10_000;
    static final int MAX_KEEP_COUNT = 100_000;
    static final int KEEP_DAYS = 90;
    static final int MAX_KEEP_DAYS = 3_650;
    static final int REPEAT = 60;
    static final int MAX_REPEAT = 3_600;

    Settings {
        allowed = Set.copyOf(allowed);
        missing = List.copyOf(missing);
    }

    /** @param decrypt makes plain text of a stored password */
    static Settings of(Options options, UnaryOperator<String> decrypt) {
        List<String> missing = new ArrayList<>();
        KeyRing ring = ring(options, missing);
        SigningKey key = key(decrypt.apply(options.text("gateway.key", "")), missing);
        EnumSet<Safety> allowed = EnumSet.of(Safety.READ_ONLY);
        for (Safety safety : List.of(Safety.CHANGES_STATE, Safety.DISRUPTIVE, Safety.SAFETY_CRITICAL)) {
            if (allows(options, "allow." + safety.name().toLowerCase(Locale.ROOT))) {
                allowed.add(safety);
            }
        }
        return new Settings(
                ring,
                key,
                allowed,
                Duration.ofSeconds(options.number("clock.skew", 1, MAX_SKEW, SKEW)),
                options.number("parallel", 1, MAX_PARALLEL, PARALLEL),
                options.number("queue", 1, MAX_QUEUE, QUEUE),
                options.number("journal.commands", 100, MAX_KEEP_COUNT, KEEP_COUNT),
                Duration.ofDays(options.number("journal.days", 1, MAX_KEEP_DAYS, KEEP_DAYS)),
                Duration.ofSeconds(options.number("result.repeat", 5, MAX_REPEAT, REPEAT)),
                missing);
    }

    boolean isReady() {
        return missing.isEmpty();
    }

    /** The id of this gateway: what stands before the number in the id of its key. Empty while there is no key. */
    String gateway() {
        return key == null ? "" : key.id().substring(0, key.id().lastIndexOf('#'));
    }

    /** A typing error must not open what somebody wanted to close. */
    private static boolean allows(Options options, String name) {
        String text = options.text(name, "true").toLowerCase(Locale.ROOT);
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            options.problem(name + " '" + text + "' is neither true nor false; using false");
        }
        return text.isEmpty() || text.equals("true");
    }

    private static KeyRing ring(Options options, List<String> missing) {
        List<String> entries = new ArrayList<>();
        for (String entry : options.text("server.keys", "").split("[,\\s]+")) {
            if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
        if (entries.isEmpty()) {
            missing.add("server.keys is not set: no command can be verified");
            return KeyRing.parse(List.of());
        }
        try {
            return KeyRing.parse(entries);
        } catch (IllegalArgumentException e) {
            missing.add("server.keys can't be used: " + e.getMessage());
            return KeyRing.parse(List.of());
        }
    }

    private static @Nullable SigningKey key(String text, List<String> missing) {
        if (text.isEmpty()) {
            missing.add("gateway.key is not set: no result can be signed");
            return null;
        }
        try {
            SigningKey key = SigningKey.parse(text);
            if (key.id().lastIndexOf('#') > 0) {
                return key;
            }
            missing.add("gateway.key can't be used: its id must be the gateway's, # and a number");
        } catch (IllegalArgumentException e) {
            missing.add("gateway.key can't be used: " + e.getMessage());
        }
        return null;
    }
}
