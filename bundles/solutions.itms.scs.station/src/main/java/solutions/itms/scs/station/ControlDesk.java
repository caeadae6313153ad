package solutions.itms.scs.station;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where people and commands control devices, one or the whole station in one step. Entering an emergency needs nothing;
 * leaving it needs a confirmation, a reason and, when one is set, the PIN. Thread-safe.
 */
final class ControlDesk {
    private static final int PIN_BURST = 5;

    private final Wishes wishes;
    private final @Nullable Secret pin;
    private final Alarms alarms;
    private final Ticker ticker;
    private final TokenBucket wrongPins;

    /** @param pin what is needed to leave an emergency; null = nothing */
    ControlDesk(Wishes wishes, @Nullable Secret pin, Alarms alarms, Ticker ticker) {
        this.wishes = wishes;
        this.pin = pin;
        this.alarms = alarms;
        this.ticker = ticker;
        this.wrongPins = new TokenBucket(1, PIN_BURST, ticker.nanos());
    }

    /**
     * What somebody wants.
     *
     * @param ids the devices
     * @param who for the audit, such as {@code screen 192.168.1.100} or {@code command 7f3a}
     * @param reason for the audit
     * @param confirmed whether they were asked once more, and said yes
     * @param pin as they have entered it
     */
    record Request(
            List<String> ids,
            Wanted wanted,
            String who,
            @Nullable String reason,
            boolean confirmed,
            @Nullable String pin) {}

    /** What leaving an emergency needs. */
    enum Need {
        CONFIRMATION,
        REASON,
        PIN
    }

    /**
     * What became of it.
     *
     * @param outcome whether it is done
     * @param missing when it would leave an emergency: what that needs and the request has not, or has wrong
     */
    record Answer(Wishes.Outcome outcome, List<Need> missing) {}

    /** Does it for all devices or for none; completes when that is on the disk. */
    CompletableFuture<Answer> submit(Request request) {
        List<Need> missing = missing(request);
        String reason = request.reason() == null || request.reason().isBlank() ? null : request.reason();
        Origin origin = new Origin(request.who(), reason, missing.isEmpty());
        return wishes.set(request.ids(), request.wanted(), origin)
                .thenApply(outcome ->
                        new Answer(outcome, outcome instanceof Wishes.Outcome.LeavesEmergency ? missing : List.of()));
    }

    private List<Need> missing(Request request) {
        List<Need> missing = new ArrayList<>(0);
        if (!request.confirmed()) {
            missing.add(Need.CONFIRMATION);
        }
        if (request.reason() == null || request.reason().isBlank()) {
            missing.add(Need.REASON);
        }
        if (pin != null && !isRight(pin, request)) {
            missing.add(Need.PIN);
        }
        return missing;
    }

    /** After some wrong ones, a PIN counts as wrong until a second has passed: guessing takes too long. */
    private boolean isRight(Secret expected, Request request) {
        if (request.pin() == null) {
            return false;
        }
        boolean mayTry = wrongPins.take(ticker.nanos());
        if (mayTry && expected.matches(request.pin())) {
            return true;
        }
        alarms.note(AlarmKind.UNAUTHORIZED, request.who(), request.who() + " enters a wrong PIN");
        return false;
    }
}
