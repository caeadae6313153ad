package solutions.itms.scs.cloud.mqtt;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.testkit.FreePort;

/** An MQTT broker in this JVM that knows two users: {@code gw1} and {@code observer}, with the password {@code secret}. */
final class TestBroker implements AutoCloseable {
    private static final String PASSWORD = "secret";

    private final int port;
    private final Map<String, Object> tls;
    private EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    private @Nullable Path journal;

    private TestBroker(int port, Map<String, Object> tls) {
        this.port = port;
        this.tls = tls;
    }

    /** One that keeps what it has queued, in the directory. */
    static TestBroker start(int port, Path journal) throws Exception {
        TestBroker broker = new TestBroker(port, Map.of());
        broker.journal = journal;
        broker.open();
        return broker;
    }

    static TestBroker start() throws Exception {
        return start(Map.of());
    }

    /** @param tls parameters of the acceptor, such as sslEnabled */
    static TestBroker start(Map<String, Object> tls) throws Exception {
        TestBroker broker = new TestBroker(FreePort.next(), tls);
        broker.open();
        return broker;
    }

    /** Accepts connections again, on the same port, having forgotten everything. */
    void open() throws Exception {
        Map<String, Object> acceptor = new HashMap<>(tls);
        acceptor.put("host", "127.0.0.1");
        acceptor.put("port", port);
        acceptor.put("protocols", "MQTT");
        ConfigurationImpl configuration = new ConfigurationImpl();
        Path kept = journal;
        configuration.setPersistenceEnabled(kept != null);
        if (kept != null) {
            configuration.setJournalType(JournalType.NIO);
            configuration.setJournalDirectory(kept.resolve("journal").toString());
            configuration.setBindingsDirectory(kept.resolve("bindings").toString());
            configuration.setPagingDirectory(kept.resolve("paging").toString());
            configuration.setLargeMessagesDirectory(kept.resolve("large").toString());
            configuration.setMaxDiskUsage(100);
        }
        configuration.setJMXManagementEnabled(false);
        configuration.addAcceptorConfiguration(
                new TransportConfiguration(NettyAcceptorFactory.class.getName(), acceptor));
        configuration.putSecurityRoles(
                "#",
                Set.of(new Role("user", true, true, true, true, true, true, false, true, true, true, false, false)));
        SecurityConfiguration users = new SecurityConfiguration();
        for (String name : new String[] {"gw1", "observer"}) {
            users.addUser(name, PASSWORD);
            users.addRole(name, "user");
        }
        server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration);
        server.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        server.start();
    }

    int port() {
        return port;
    }

    String url() {
        return (tls.isEmpty() ? "tcp" : "ssl") + "://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
