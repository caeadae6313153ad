package solutions.itms.scs.message;

import org.jspecify.annotations.Nullable;

/**
 * The number of a message, by which the server takes it once.
 *
 * @param epoch names one life of the gateway's store; new when the store is new
 * @param seq grows by one within an epoch, from 1
 */
public record Sequence(String epoch, long seq) {
    /** Metric that carries {@link #epoch}. */
    public static final String EPOCH = "epoch";

    /** Metric that carries {@link #seq}. */
    public static final String SEQ = "seq";

    public Sequence {
        if (epoch.isEmpty() || epoch.length() > 64) {
            throw new IllegalArgumentException("epoch must have 1 to 64 characters");
        }
        if (seq < 1) {
            throw new IllegalArgumentException("seq must be 1 or more, not " + seq);
        }
    }

    /** The payload with this number in it. */
    public Payload on(Payload payload) {
        return payload.with(EPOCH, epoch).with(SEQ, seq);
    }

    /** The number that the payload carries; null when it carries none. */
    public static @Nullable Sequence of(Payload payload) throws MalformedPayloadException {
        String epoch = payload.text(EPOCH);
        Long seq = payload.number(SEQ);
        if (epoch == null && seq == null) {
            return null;
        }
        if (epoch == null || seq == null) {
            throw new MalformedPayloadException("epoch and seq must come together");
        }
        try {
            return new Sequence(epoch, seq);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayloadException(String.valueOf(e.getMessage()), e);
        }
    }
}
