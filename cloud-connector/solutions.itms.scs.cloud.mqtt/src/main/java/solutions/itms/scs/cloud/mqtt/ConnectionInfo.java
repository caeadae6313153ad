package solutions.itms.scs.cloud.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxCounts;

/** What the console shows of a connection. Stateless. */
final class ConnectionInfo {
    private ConnectionInfo() {}

    static Map<String, String> of(Settings settings, SessionStatus status, long unanswerable) {
        OutboxCounts counts = status.counts();
        Map<String, String> info = new LinkedHashMap<>();
        Broker broker = status.broker();
        info.put("Broker URL", broker == null || settings.brokers().isEmpty() ? settings.urls() : broker.url());
        info.put("Account", settings.account());
        info.put("Username", settings.username());
        info.put("Client ID", settings.clientId());
        info.put(
                "Connected since",
                status.connectedSince() == null
                        ? "not connected"
                        : status.connectedSince().toString());
        info.put("Last error", status.lastError().isEmpty() ? "none" : status.lastError());
        info.put("Queued", Long.toString(counts.queued()));
        info.put("Queued bytes", Long.toString(counts.bytes()));
        info.put("Oldest (s)", Long.toString(counts.oldestSeconds()));
        info.put("In flight", Integer.toString(counts.inFlight()));
        info.put("Awaiting receipt", Integer.toString(counts.awaitingReceipt()));
        info.put("Dropped", Long.toString(counts.dropped()));
        info.put("Storage", counts.alarm().isEmpty() ? "good" : counts.alarm());
        if (status.unanswered()) {
            info.put(
                    "Receipts",
                    "the server sends none, so messages are sent again; if it never does, set confirmation to broker");
        }
        info.put("Requests that could not be answered", Long.toString(unanswerable));
        info.put("News lost by slow listeners", Long.toString(status.newsLost()));
        return info;
    }
}
