package solutions.itms.scs.server.ingest;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.Topics;

/**
 * A message as it came from the broker, read as far as it can be without the database.
 *
 * @param payload nobody changes it
 * @param receivedAt by the server's clock
 * @param acknowledge tells the broker to forget the message; to be run once, after the commit, in order of arrival
 * @param address the parts of the topic; null when it is none of a gateway
 * @param content null when the payload can't be read
 * @param sequence null when the message has no number
 * @param fault why the message can't be used; null when it can
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
record Inbound(
        String topic,
        byte[] payload,
        Instant receivedAt,
        Runnable acknowledge,
        @Nullable Topics address,
        @Nullable Payload content,
        @Nullable Sequence sequence,
        @Nullable String fault) {
    /** What an object costs beside its content. */
    private static final int OVERHEAD = 512;

    /** About how much memory it holds, in bytes: a small payload may have been unpacked to a large one. */
    long weight() {
        long weight = OVERHEAD + payload.length;
        if (content == null) {
            return weight;
        }
        byte[] body = content.body();
        weight += body == null ? 0 : body.length;
        for (Map.Entry<String, Object> metric : content.metrics().entrySet()) {
            weight += 64 + metric.getKey().length() + size(metric.getValue());
        }
        return weight;
    }

    private static long size(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        return value instanceof byte[] bytes ? bytes.length : Long.BYTES;
    }

    /** Reads the message; what can't be read is told in {@link #fault}. */
    static Inbound read(String topic, byte[] payload, Instant receivedAt, Runnable acknowledge) {
        Optional<Topics> address = Topics.parse(topic);
        if (address.isEmpty()) {
            return new Inbound(
                    topic, payload, receivedAt, acknowledge, null, null, null, "the topic is none of a gateway");
        }
        Payload content = null;
        try {
            content = Payloads.decode(payload);
            Sequence sequence = address.get().control() ? null : Sequence.of(content);
            return new Inbound(topic, payload, receivedAt, acknowledge, address.get(), content, sequence, null);
        } catch (MalformedPayloadException e) {
            String fault = String.valueOf(e.getMessage());
            return new Inbound(topic, payload, receivedAt, acknowledge, address.get(), null, null, fault);
        }
    }
}
