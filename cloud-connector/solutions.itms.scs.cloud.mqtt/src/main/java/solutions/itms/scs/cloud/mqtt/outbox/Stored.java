package solutions.itms.scs.cloud.mqtt.outbox;

/**
 * A queued message.
 *
 * @param key its place in the queue
 */
record Stored(long key, Message message) {}
