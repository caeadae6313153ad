package solutions.itms.scs.cloud.mqtt.outbox;

/**
 * A message that is to be sent now.
 *
 * @param key its place in the queue
 * @param id what its publisher was given
 */
public record Entry(long key, String id, Message message) {}
