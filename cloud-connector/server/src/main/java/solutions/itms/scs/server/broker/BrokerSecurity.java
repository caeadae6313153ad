package solutions.itms.scs.server.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;
import solutions.itms.scs.server.ops.ScarceLog;

/**
 * Who may connect and what they may do. A gateway is looked up in the database at every connect, so that what another
 * process added or renewed counts at once; after that its rights rest on the connection. Thread-safe.
 */
final class BrokerSecurity implements ActiveMQSecurityManager5 {
    private final GatewayRegistry gateways;
    private final InternalLogin internal;
    private final ScarceLog log;
    private final AtomicLong refusedLogins = new AtomicLong();
    private final AtomicLong refusedTopics = new AtomicLong();
    private volatile boolean open;

    BrokerSecurity(GatewayRegistry gateways, InternalLogin internal, ScarceLog log) {
        this.gateways = gateways;
        this.internal = internal;
        this.log = log;
    }

    /** From now on gateways may connect; before, what they publish would find no subscriber. */
    void open() {
        open = true;
    }

    long refusedLogins() {
        return refusedLogins.get();
    }

    long refusedTopics() {
        return refusedTopics.get();
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            RemotingConnection connection,
            @Nullable String securityDomain) {
        if (user == null || password == null) {
            return refuse("anonymous", "no user name or no password");
        }
        Subject known = connection.getSubject();
        if (known != null && user.equals(getUserFromSubject(known)) && user.equals(connection.getClientID())) {
            return known;
        }
        if (!user.equals(connection.getClientID())) {
            return refuse(user, "the MQTT client id is not the user name");
        }
        if (user.equals(InternalLogin.USER)) {
            return internal.accepts(password) ? subject(new InternalPrincipal()) : refuse(user, "not from here");
        }
        if (!open) {
            return null;
        }
        Optional<GatewayIdentity> gateway = gateways.authenticate(user, password);
        return gateway.isPresent()
                ? subject(new GatewayPrincipal(gateway.get()))
                : refuse(user, "no such gateway, or not its password");
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType check, String address) {
        if (!subject.getPrincipals(InternalPrincipal.class).isEmpty()) {
            return true;
        }
        for (GatewayPrincipal principal : subject.getPrincipals(GatewayPrincipal.class)) {
            if (isAllowed(principal.gateway(), check, address)) {
                return true;
            }
            refusedTopics.incrementAndGet();
            log.warn("gateway " + principal.getName(), "refused to " + check + " " + address);
        }
        return false;
    }

    private static boolean isAllowed(GatewayIdentity gateway, CheckType check, String addressAndQueue) {
        String address = CompositeAddress.extractAddressName(addressAndQueue);
        return switch (check) {
            case SEND -> TopicRights.mayPublish(gateway, address);
            case CREATE_ADDRESS, DELETE_ADDRESS ->
                TopicRights.mayPublish(gateway, address) || TopicRights.maySubscribe(gateway, address);
            case CONSUME,
                    CREATE_DURABLE_QUEUE,
                    DELETE_DURABLE_QUEUE,
                    CREATE_NON_DURABLE_QUEUE,
                    DELETE_NON_DURABLE_QUEUE ->
                TopicRights.maySubscribe(gateway, address) && isOwnQueue(gateway, address, addressAndQueue);
            default -> false;
        };
    }

    /** The queue of a plain subscription; that of a shared one begins with the share's name instead. */
    private static boolean isOwnQueue(GatewayIdentity gateway, String address, String addressAndQueue) {
        return addressAndQueue.equals(address)
                || addressAndQueue.equals(CompositeAddress.toFullyQualified(address, gateway.id() + "." + address));
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return false;
    }

    private @Nullable Subject refuse(String who, String why) {
        refusedLogins.incrementAndGet();
        log.warn("MQTT login of " + who, why);
        return null;
    }

    private static Subject subject(UserPrincipal principal) {
        return new Subject(true, Set.<Principal>of(principal), Set.of(), Set.of());
    }

    /** The server's own login, made anew at each start and never written down. */
    record InternalLogin(String password) {
        /** No gateway can have this name, nor this client id. */
        static final String USER = "$scs-server";

        boolean accepts(String given) {
            return MessageDigest.isEqual(
                    password.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return USER;
        }
    }

    private static final class InternalPrincipal extends UserPrincipal {
        private static final long serialVersionUID = 1L;

        InternalPrincipal() {
            super(InternalLogin.USER);
        }
    }

    private static final class GatewayPrincipal extends UserPrincipal {
        private static final long serialVersionUID = 1L;

        private final transient GatewayIdentity gateway;

        GatewayPrincipal(GatewayIdentity gateway) {
            super(gateway.id());
            this.gateway = gateway;
        }

        GatewayIdentity gateway() {
            return gateway;
        }
    }
}
