package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what is new in a gate's logs. A file is known again by its first bytes and by those before the place where the
 * last collection ended, so that neither rotation, compression nor truncation makes a line come twice or not at all.
 * Thread-safe, with one thread a gate.
 */
public final class LogCollector {
    /** A file that grows or is rotated meanwhile is looked at again. */
    private static final int MAX_PASSES = 3;

    private final LogStore store;
    private final Clock clock;

    public LogCollector(LogStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Fetches until everything is there or the budget is used up. What was fetched when it fails stays, and the next one
     * goes on there.
     *
     * @param seconds only files that changed in the last so many seconds before the newest one
     * @param tap is shown new lines
     */
    public Collected collect(
            String gate, Catalogue catalogue, RemoteFiles files, Budget budget, long seconds, MaskedLines.LineTap tap)
            throws IOException {
        Run run = new Run(gate, files, budget, seconds, tap);
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            long before = run.bytes;
            for (Catalogue.LogSource source : catalogue.logs()) {
                run.collect(source);
            }
            if (run.bytes == before || !budget.exhausted().isEmpty()) {
                break;
            }
        }
        return run.result();
    }

    /** One collection. */
    private final class Run {
        private final String gate;
        private final RemoteFiles files;
        private final RemoteText text;
        private final Budget budget;
        private final long seconds;
        private final MaskedLines.LineTap tap;
        private final List<String> notes = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private final List<Long> changed = new ArrayList<>();
        private long bytes;
        private boolean whole = true;

        Run(String gate, RemoteFiles files, Budget budget, long seconds, MaskedLines.LineTap tap) {
            this.gate = gate;
            this.files = files;
            this.text = new RemoteText(files);
            this.budget = budget;
            this.seconds = seconds;
            this.tap = tap;
        }

        Collected result() {
            return new Collected(changed.size(), bytes, whole, distinct(notes), distinct(refused));
        }

        void collect(Catalogue.LogSource source) throws IOException {
            List<RemoteFiles.Entry> found = new Candidates(files, notes, refused).of(source.path());
            if (found.isEmpty()) {
                notes.add(source.path().text() + " stands for no file");
                return;
            }
            List<KnownFile> unmatched = new ArrayList<>(store.of(gate));
            List<RemoteFiles.Entry> open = new ArrayList<>();
            long oldest = seconds == Long.MAX_VALUE ? 0 : found.get(0).modified() - seconds;
            for (RemoteFiles.Entry file : found) {
                if (file.modified() >= oldest && !isDone(file, unmatched)) {
                    open.add(file);
                }
            }
            long limit = bytes + source.maxBytes();
            for (RemoteFiles.Entry file : open) {
                String why = bytes >= limit ? "its limit was reached" : budget.exhausted();
                if (!why.isEmpty()) {
                    whole = false;
                    notes.add(file.path() + " was left for the next time: " + why);
                    continue;
                }
                fetch(file, unmatched, limit - bytes);
            }
        }

        /** Whether there is nothing new in it; then it is off the list. */
        private boolean isDone(RemoteFiles.Entry file, List<KnownFile> unmatched) throws IOException {
            for (KnownFile known : unmatched) {
                boolean same = known.path().equals(file.path()) && known.isUnchanged(file);
                boolean complete = RemoteText.isCompressed(file) || known.fetched() >= file.size();
                boolean rest = complete || clock.millis() - known.seenAt() < FileFetch.SETTLED_MILLIS;
                // within one second another file of the same length may have taken its place
                if (same && rest && (RemoteText.isCompressed(file) || text.hasTail(file, known))) {
                    unmatched.remove(known);
                    store.update(known.seen(file, clock.millis()));
                    return true;
                }
            }
            return false;
        }

        private void fetch(RemoteFiles.Entry file, List<KnownFile> unmatched, long limit) throws IOException {
            byte[] head = text.head(file);
            if (head.length == 0) {
                return;
            }
            Optional<KnownFile> match = match(file, head, unmatched);
            match.ifPresent(unmatched::remove);
            KnownFile known = match.isPresent()
                    ? match.get()
                    : store.add(gate, file, Hashes.of(head, 0, head.length), head.length);
            FileFetch fetch = new FileFetch(store, text, budget, tap, clock);
            long before = known.fetched();
            try {
                fetch.run(known, file, head, limit);
            } finally {
                if (fetch.fetched() > before) {
                    bytes += fetch.fetched() - before;
                    if (!changed.contains(known.id())) {
                        changed.add(known.id());
                    }
                }
            }
            if (!fetch.isAtEnd()) {
                whole = false;
                String why = budget.exhausted();
                notes.add(file.path() + " was fetched in part: " + (why.isEmpty() ? "its limit was reached" : why));
            }
        }

        private Optional<KnownFile> match(RemoteFiles.Entry file, byte[] head, List<KnownFile> unmatched)
                throws IOException {
            @Nullable KnownFile best = null;
            for (KnownFile known : unmatched) {
                boolean begins = known.headLength() <= head.length
                        && Hashes.of(head, 0, known.headLength()).equals(known.head());
                if (begins
                        && (best == null || known.fetched() > best.fetched())
                        && ((RemoteText.isCompressed(file) && known.isUnchanged(file)) || text.hasTail(file, known))) {
                    best = known;
                }
            }
            if (best == null
                    && unmatched.stream().anyMatch(known -> known.path().equals(file.path()))) {
                notes.add(file.path() + " is another file than before, or was cut; it was fetched from its beginning");
            }
            return Optional.ofNullable(best);
        }

        private List<String> distinct(List<String> texts) {
            return texts.stream().distinct().limit(100).toList();
        }
    }
}
