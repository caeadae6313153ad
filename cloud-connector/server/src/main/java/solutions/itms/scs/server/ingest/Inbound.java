package solutions.itms.scs.server.ingest;

import java.time.Instant;

/**
 * A message as it came from the broker.
 *
 * @param payload nobody changes it
 * @param receivedAt by the server's clock
 * @param acknowledge tells the broker to forget the message; to be run once, after the commit, in order of arrival
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
record Inbound(String topic, byte[] payload, Instant receivedAt, Runnable acknowledge) {}
