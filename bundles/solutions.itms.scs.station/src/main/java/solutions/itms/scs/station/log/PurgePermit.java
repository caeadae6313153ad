package solutions.itms.scs.station.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Whether today's date may be believed. A gateway without a battery for its clock starts in 1970, and a broken one in
 * 2099: neither may cost the logs of the last two weeks. A date that moved more than two days since the last run is held
 * back until the next day, which then follows it.
 */
final class PurgePermit {
    private static final LocalDate FIRST_POSSIBLE = LocalDate.of(2024, 1, 1);
    private static final int MAX_DAYS = 2;

    private final Path file;

    /** @param file remembers the date of the last run */
    PurgePermit(Path file) {
        this.file = file;
    }

    /** Whether a file may bear this date at all. */
    static boolean isPossible(LocalDate day) {
        return !day.isBefore(FIRST_POSSIBLE);
    }

    /**
     * Whether files may be removed for their age today; remembers that this was asked.
     *
     * @param newest the newest date on any file, in case no run is remembered
     */
    boolean isGiven(LocalDate today, Optional<LocalDate> newest) throws IOException {
        Optional<Run> last = read().or(() -> newest.map(day -> new Run(day, false)));
        boolean held = last.map(run -> run.holds(today)).orElse(false) || !isPossible(today);
        Run run = new Run(today, held);
        if (last.isEmpty() || !last.get().equals(run)) {
            Files.writeString(file, run.text(), StandardCharsets.US_ASCII);
        }
        return !held;
    }

    private Optional<Run> read() throws IOException {
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ", 2);
            return Optional.of(new Run(LocalDate.parse(words[0]), words.length > 1));
        } catch (NoSuchFileException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private record Run(LocalDate day, boolean held) {
        boolean holds(LocalDate today) {
            return today.equals(day) ? held : Math.abs(ChronoUnit.DAYS.between(day, today)) > MAX_DAYS;
        }

        String text() {
            return day + (held ? " held" : "") + "\n";
        }
    }
}
