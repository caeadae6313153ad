package solutions.itms.scs.station.log;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/** Compresses finished files, removes old ones, and keeps all of them together below a size. */
final class Housekeeping {
    private final Directory directory;
    private final PurgePermit permit;
    private final Lock finishing;

    Housekeeping(Directory directory, Lock finishing) {
        this.directory = directory;
        this.permit = new PurgePermit(directory.root().resolve(".last-run"));
        this.finishing = finishing;
    }

    /**
     * Does what there is to do; cheap when that is nothing.
     *
     * @param today the day whose files are being written
     * @return bytes that are too many though nothing more may be removed; 0 when all is well
     */
    long run(LocalDate today, LogSettings settings) throws IOException {
        if (!Files.isDirectory(directory.root())) {
            return 0;
        }
        IOException failed = null;
        for (Directory.Found found : directory.all()) {
            if (!found.isCurrent(today) && !found.named().compressed()) {
                try {
                    compress(found);
                } catch (IOException e) {
                    // a full disk can't be compressed: removing files comes first, then the complaint
                    failed = e;
                }
            }
        }
        removeOld(today, settings.retentionDays());
        long over = removeBeyond(today, settings.maxBytes());
        if (failed != null) {
            throw failed;
        }
        return over;
    }

    private void compress(Directory.Found found) throws IOException {
        finishing.lock();
        try {
            Compressor.compress(directory, found.path());
        } finally {
            finishing.unlock();
        }
    }

    private void removeOld(LocalDate today, int days) throws IOException {
        List<Directory.Found> finished = finished(today);
        Optional<LocalDate> newest = finished.stream()
                .map(Housekeeping::day)
                .filter(PurgePermit::isPossible)
                .max(Comparator.naturalOrder());
        if (!permit.isGiven(today, newest)) {
            return;
        }
        for (Directory.Found found : finished) {
            // a date that can't be tells no age; such files go when room is needed
            if (PurgePermit.isPossible(day(found)) && day(found).isBefore(today.minusDays(days))) {
                Files.deleteIfExists(found.path());
            }
        }
    }

    private long removeBeyond(LocalDate today, long maxBytes) throws IOException {
        long total = directory.all().stream().mapToLong(Directory.Found::size).sum();
        if (total <= maxBytes) {
            return 0;
        }
        List<Directory.Found> victims = new ArrayList<>(finished(today));
        victims.sort(Comparator.comparing((Directory.Found f) -> day(f).isAfter(today) ? LocalDate.MIN : day(f))
                .thenComparing(Directory.Found::modified));
        for (Directory.Found found : victims) {
            if (total <= maxBytes) {
                break;
            }
            Files.deleteIfExists(found.path());
            total -= found.size();
        }
        return Math.max(0, total - maxBytes);
    }

    private List<Directory.Found> finished(LocalDate today) throws IOException {
        return directory.all().stream().filter(each -> !each.isCurrent(today)).toList();
    }

    /** Only files that are being written have no date. */
    private static LocalDate day(Directory.Found found) {
        return Objects.requireNonNull(found.named().day());
    }
}
