package solutions.itms.scs.api.history;

import java.time.Instant;
import solutions.itms.scs.message.Payload;

/**
 * One message of the past.
 *
 * @param number grows from sample to sample; for {@link Query#after()}
 * @param at when it was handed over, by the gateway's clock, in whole milliseconds
 * @param subject topic levels behind the application id, such as {@code gate/G1-01/state}
 * @param payload as it was handed over, without epoch and seq
 */
public record Sample(long number, Instant at, String subject, Payload payload) {}
