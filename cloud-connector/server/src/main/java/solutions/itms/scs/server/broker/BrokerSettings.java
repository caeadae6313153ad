package solutions.itms.scs.server.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import solutions.itms.scs.message.PayloadCodec;

/** How Artemis is set up. Every limit is here. */
final class BrokerSettings {
    static final String ACCEPTOR = "mqtt";

    /** The largest payload, and its topic and headers. */
    static final int MAX_PACKET_BYTES = PayloadCodec.MAX_BYTES + 128 * 1024;

    private static final int MIB = 1024 * 1024;
    private static final long MAX_QUEUED_IN_MEMORY = 64L * MIB;
    private static final long MAX_QUEUED_PER_TOPIC_IN_MEMORY = 16L * MIB;
    private static final long MAX_QUEUED_PER_TOPIC_ON_DISK = 4L * 1024 * MIB;
    private static final int PAGE_BYTES = 4 * MIB;
    private static final int JOURNAL_FILE_BYTES = 10 * MIB;
    private static final long MIN_DISK_FREE = 256L * MIB;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MAX_IN_FLIGHT = 1_000;
    private static final int HANDSHAKE_SECONDS = 10;
    private static final int SERVER_KEEP_ALIVE_SECONDS = 60;
    private static final int WEEK_SECONDS = 7 * 24 * 60 * 60;
    private static final int SCAN_MILLIS = 10_000;
    private static final int TOPIC_KEPT_MILLIS = 120_000;

    private BrokerSettings() {}

    static Configuration of(Path directory, String host, int port) {
        Configuration settings = new ConfigurationImpl();
        settings.setName("scs");
        settings.addAcceptorConfiguration(acceptor(host, port));
        // only the protocol that is handed over; not whatever is on the class path
        settings.setResolveProtocols(false);
        storage(settings, directory);
        security(settings);
        // MQTT's own characters, so that a dot in a topic is just a dot
        settings.setWildCardConfiguration(
                new WildcardConfiguration().setDelimiter('/').setSingleWord('+').setAnyWords('#'));
        settings.setAddressSettings(Map.of("#", topics()));
        settings.setAddressQueueScanPeriod(SCAN_MILLIS);
        settings.setMqttSessionScanInterval(SCAN_MILLIS);
        settings.setMessageCounterEnabled(false);
        settings.setCriticalAnalyzer(false);
        settings.setGracefulShutdownEnabled(false);
        return settings;
    }

    private static TransportConfiguration acceptor(String host, int port) {
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(),
                Map.of(
                        TransportConstants.HOST_PROP_NAME, host,
                        TransportConstants.PORT_PROP_NAME, port,
                        TransportConstants.PROTOCOLS_PROP_NAME, "MQTT",
                        TransportConstants.CONNECTIONS_ALLOWED, MAX_CONNECTIONS,
                        TransportConstants.HANDSHAKE_TIMEOUT, HANDSHAKE_SECONDS),
                ACCEPTOR,
                Map.of(
                        "maximumPacketSize", MAX_PACKET_BYTES,
                        "serverKeepAlive", SERVER_KEEP_ALIVE_SECONDS,
                        "defaultMqttSessionExpiryInterval", WEEK_SECONDS,
                        "defaultMaximumInFlightPublishMessages", MAX_IN_FLIGHT,
                        // closing tells the sender; a positive acknowledgement would lie about a message thrown away
                        "closeMqttConnectionOnPublishAuthorizationFailure", true));
    }

    private static void storage(Configuration settings, Path directory) {
        settings.setPersistenceEnabled(true);
        settings.setJournalType(JournalType.NIO);
        settings.setJournalFileSize(JOURNAL_FILE_BYTES);
        settings.setJournalMinFiles(2);
        settings.setJournalPoolFiles(4);
        // group commit: how long the first of several writes waits for the others
        settings.setJournalBufferTimeout_NIO(1_000_000);
        settings.setJournalDirectory(directory.resolve("journal").toString());
        settings.setBindingsDirectory(directory.resolve("bindings").toString());
        settings.setPagingDirectory(directory.resolve("paging").toString());
        settings.setLargeMessagesDirectory(directory.resolve("large").toString());
        settings.setGlobalMaxSize(MAX_QUEUED_IN_MEMORY);
        // not a share of the disk: nine tenths full is nothing unusual
        settings.setMinDiskFree(MIN_DISK_FREE);
    }

    private static void security(Configuration settings) {
        settings.setSecurityEnabled(true);
        // asked anew each time: a renewed secret counts at once
        settings.setAuthenticationCacheSize(0);
        settings.setAuthorizationCacheSize(0);
        settings.setClusterPassword(UUID.randomUUID().toString());
        settings.setJMXManagementEnabled(false);
    }

    private static AddressSettings topics() {
        return new AddressSettings()
                .setMaxSizeBytes(MAX_QUEUED_PER_TOPIC_IN_MEMORY)
                .setPageSizeBytes(PAGE_BYTES)
                .setPageLimitBytes(MAX_QUEUED_PER_TOPIC_ON_DISK)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL)
                // never to a dead letter queue: a message stays until it is acknowledged
                .setMaxDeliveryAttempts(-1)
                .setAutoCreateQueues(true)
                .setAutoCreateAddresses(true)
                // else each topic ever used would be kept for good: a reply's topic is used once
                .setAutoDeleteAddresses(true)
                .setAutoDeleteAddressesSkipUsageCheck(true)
                .setAutoDeleteAddressesDelay(TOPIC_KEPT_MILLIS)
                .setAutoDeleteQueues(false);
    }
}
