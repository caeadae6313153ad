package solutions.itms.scs.cloud.mqtt.outbox;

/**
 * How full an outbox is.
 *
 * @param queued messages that are not confirmed yet, those in flight included
 * @param bytes what they count for
 * @param inFlight messages sent that the broker has not acknowledged
 * @param awaitingReceipt messages that the broker has, and of which the server has not said that it has them
 * @param dropped messages lost for want of room or because of their age, since the file was made
 * @param oldestSeconds how long the oldest has been waiting while the gateway ran; 0 when none is
 * @param alarm what is wrong with the storage, in words; empty when all is well
 */
public record OutboxCounts(
        long queued, long bytes, int inFlight, int awaitingReceipt, long dropped, long oldestSeconds, String alarm) {}
