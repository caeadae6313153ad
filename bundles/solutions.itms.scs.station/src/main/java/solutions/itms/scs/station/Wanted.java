package solutions.itms.scs.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A change that somebody wants of one device or of many. */
sealed interface Wanted {
    /** What the device is to do then; null when this can't be done for it. */
    @Nullable
    Wish applyTo(Wish before, Instant now);

    /** The name of the value that changes, in the audit. */
    String kind();

    /** The value that changes, as text. */
    @Nullable
    String valueOf(Wish wish);

    /** Sets the operation; one that is in service is remembered as the last such, too. */
    record Operate(Operation operation) implements Wanted {
        @Override
        public Wish applyTo(Wish before, Instant now) {
            return operating(before, operation, now);
        }

        @Override
        public String kind() {
            return "operation";
        }

        @Override
        public @Nullable String valueOf(Wish wish) {
            return text(wish.operation().value());
        }
    }

    /** Sets each device's own last in-service operation as its operation; impossible for one that never had any. */
    record Restore() implements Wanted {
        @Override
        public @Nullable Wish applyTo(Wish before, Instant now) {
            Operation last = before.inserviceLast();
            return last == null ? null : operating(before, last, now);
        }

        @Override
        public String kind() {
            return "operation";
        }

        @Override
        public @Nullable String valueOf(Wish wish) {
            return text(wish.operation().value());
        }
    }

    /** Sets each device's own last in-service operation as its operation, and this one where there never was any. */
    record RestoreOr(Operation otherwise) implements Wanted {
        @Override
        public Wish applyTo(Wish before, Instant now) {
            Operation last = before.inserviceLast();
            return operating(before, last == null ? otherwise : last, now);
        }

        @Override
        public String kind() {
            return "operation";
        }

        @Override
        public @Nullable String valueOf(Wish wish) {
            return text(wish.operation().value());
        }
    }

    /** Sets the aisle mode, 0 to 3. */
    record AisleMode(int mode) implements Wanted {
        static final int MAX = 3;

        @Override
        public Wish applyTo(Wish before, Instant now) {
            return new Wish(
                    before.id(),
                    before.operation(),
                    before.aisleMode().to(mode, now),
                    before.inserviceLast(),
                    before.revision());
        }

        @Override
        public String kind() {
            return "aisle_mode";
        }

        @Override
        public @Nullable String valueOf(Wish wish) {
            Integer value = wish.aisleMode().value();
            return value == null ? null : value.toString();
        }
    }

    /** Sets what counts as the last in-service operation; the operation itself stays. */
    record InserviceLast(Operation operation) implements Wanted {
        @Override
        public Wish applyTo(Wish before, Instant now) {
            return new Wish(before.id(), before.operation(), before.aisleMode(), operation, before.revision());
        }

        @Override
        public String kind() {
            return "inservice_last";
        }

        @Override
        public @Nullable String valueOf(Wish wish) {
            return text(wish.inserviceLast());
        }
    }

    private static Wish operating(Wish before, Operation operation, Instant now) {
        return new Wish(
                before.id(),
                before.operation().to(operation, now),
                before.aisleMode(),
                operation.isInService() ? operation : before.inserviceLast(),
                before.revision());
    }

    private static @Nullable String text(@Nullable Operation operation) {
        return operation == null ? null : operation.text();
    }
}
