package solutions.itms.scs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.GatewayState;

/**
 * Whatever happens in whatever order: an end never changes, nothing stays open, and each effect happens once. {@code
 * -Dscs.command.sequences=100000} makes many more.
 */
class RandomSequencesTest {
    private static final int SEQUENCES = Integer.getInteger("scs.command.sequences", 50);
    private static final int STEPS = 25;

    /** So many with real signatures, the others with hashes in their place. */
    private static final int SIGNED = 50;

    /** Sequences with the same journal: to make one takes longer than a sequence. */
    private static final int PER_JOURNAL = 40;

    private static final List<String> TYPES =
            List.of("camera_reboot", "camera_ptz_stop", "run_diagnostics", "set_operation", "get_ip_config");

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final Map<String, Integer> effects = new HashMap<>();
    private final Map<String, Envelope> delivered = new LinkedHashMap<>();
    private final Set<String> crashed = new TreeSet<>();
    private final Map<String, String> signed = new HashMap<>();
    private @Nullable Random random;
    private @Nullable Site site;
    private boolean crash;
    private String prefix = "";

    @Test
    void noOrderOfEventsMakesTwoEffectsOrTwoEndsOrNone() throws Exception {
        // in memory, so that the disk's syncs do not take the time
        Path memory = Path.of("/dev/shm");
        Path directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "scs-sequences")
                : Files.createTempDirectory("scs-sequences");
        long seed = Long.getLong("scs.command.seed", System.nanoTime());
        try {
            sequences(directory, seed, 0, Math.min(SIGNED, SEQUENCES));
            try (QuickSignatures quick = QuickSignatures.install()) {
                assertThat(quick.getName()).isNotEmpty();
                sequences(directory, seed, SIGNED, SEQUENCES);
            }
        } finally {
            delete(directory);
        }
    }

    private void sequences(Path directory, long seed, int from, int to) throws Exception {
        for (int first = from; first < to; first += PER_JOURNAL) {
            Path journal = directory.resolve("journal-" + first);
            begin(journal);
            for (int i = first; i < Math.min(to, first + PER_JOURNAL); i++) {
                sequence(seed + i);
            }
            site().journal.close();
            delete(journal);
        }
    }

    private void begin(Path directory) throws IOException {
        site = new Site(directory, threads::add);
        for (String type : TYPES) {
            site().handle(type, this::handle);
        }
    }

    /** Each has commands of its own; those of the sequences before have ended and are confirmed. */
    private void sequence(long seed) throws Exception {
        random = new Random(seed);
        prefix = "c-" + Long.toString(seed, 36) + "-";
        signed.clear();
        site().sent.clear();
        site().events.clear();
        threads.clear();
        effects.clear();
        delivered.clear();
        crashed.clear();
        crash = false;
        List<String> steps = new ArrayList<>();
        try {
            for (int i = 0; i < STEPS; i++) {
                steps.add(step());
            }
            settle();
            check();
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + seed + ": " + steps, e);
        }
        site().executor.confirm(List.copyOf(delivered.keySet()));
    }

    private String step() throws IOException {
        String id = prefix + random().nextInt(6);
        switch (random().nextInt(12)) {
            case 0, 1, 2, 3 -> {
                submit(delivered.computeIfAbsent(id, this::envelope));
                return "deliver " + id;
            }
            case 4 -> {
                site().executor.cancel(id);
                return "cancel " + id;
            }
            case 5, 6, 7 -> {
                runOne();
                return "run";
            }
            case 8 -> {
                Duration time = Duration.ofMillis(random().nextInt(random().nextInt(4) == 0 ? 400_000 : 3_000));
                site().pass(time);
                return "pass " + time;
            }
            case 9 -> {
                site().executor.confirm(List.of(id));
                return "confirm " + id;
            }
            case 10 -> {
                crash = !threads.isEmpty();
                runOne();
                crash = false;
                threads.clear();
                site().restart();
                return "crash";
            }
            default -> {
                site().executor.pull();
                return "pull";
            }
        }
    }

    private Envelope envelope(String id) {
        String type = TYPES.get(random().nextInt(TYPES.size()));
        String target = switch (type) {
            case "set_operation" -> random().nextBoolean() ? "G1" : "G2";
            case "camera_reboot", "camera_ptz_stop" -> "cam-1";
            default -> Site.GATEWAY;
        };
        return site().envelope(
                        id, type, target, type.equals("set_operation") ? Map.of("operation", "emergency") : Map.of());
    }

    private CommandResult handle(CommandParameters parameters, CommandContext context) throws CommandException {
        if (context.isCancelled() && random().nextBoolean()) {
            throw new CommandException(FailureCode.CANCELLED, "stopped before anything was done");
        }
        effects.merge(context.id(), 1, Integer::sum);
        if (crash) {
            // the end of the process after the effect: nothing more gets to the disk
            crashed.add(context.id());
            site().journal.close();
            return new CommandResult(Map.of());
        }
        if (random().nextInt(6) == 0) {
            throw new CommandException(FailureCode.UNAVAILABLE, "it did not work");
        }
        return new CommandResult(Map.of("done", true));
    }

    private void runOne() {
        Runnable next = threads.poll();
        if (next != null) {
            next.run();
        }
    }

    private void settle() throws IOException {
        for (int i = 0; i < 400 && !site().journal.unfinished().isEmpty(); i++) {
            runOne();
            site().pass(Duration.ofSeconds(10));
        }
        assertThat(site().journal.unfinished()).as("what never ended").isEmpty();
        for (Envelope envelope : delivered.values()) {
            submit(envelope);
        }
    }

    /** Signed once, however often it is delivered. */
    private void submit(Envelope envelope) {
        site().executor.submit(signed.computeIfAbsent(envelope.id(), id -> envelope.sign(Site.SERVER_KEY)));
    }

    private void check() throws IOException {
        for (Envelope envelope : delivered.values()) {
            String id = envelope.id();
            Entry entry = site().journal.find(id).orElseThrow();
            assertThat(entry.state().isFinal()).as(id).isTrue();
            Set<GatewayState> ends = new TreeSet<>();
            site().sent.stream()
                    .filter(sent -> sent.subject().equals("command/" + id + "/result"))
                    .forEach(sent -> ends.add(site().open(sent)));
            assertThat(ends).as("ends of %s", id).containsExactly(entry.state());
            int count = effects.getOrDefault(id, 0);
            boolean idempotent = CommandRegistry.standard()
                    .find(envelope.type())
                    .orElseThrow()
                    .idempotent();
            int most = idempotent && crashed.contains(id) ? CommandExecutor.MAX_RUNS : 1;
            assertThat(count).as("effects of %s %s", envelope.type(), id).isLessThanOrEqualTo(most);
            if (entry.state() == GatewayState.SUCCESS) {
                assertThat(count).as("effects of %s %s", envelope.type(), id).isPositive();
            }
            CommandReport.Result result = site().result(id).orElseThrow();
            if (result.startedAt() == null) {
                assertThat(count)
                        .as("effects of %s %s, which never began", envelope.type(), id)
                        .isZero();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Random random() {
        return java.util.Objects.requireNonNull(random);
    }

    private Site site() {
        return java.util.Objects.requireNonNull(site);
    }
}
