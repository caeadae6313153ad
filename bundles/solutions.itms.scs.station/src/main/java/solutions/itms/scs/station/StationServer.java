package solutions.itms.scs.station;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The HTTP server on the heartbeat port: a Jetty of our own, apart from the one that Kura's console runs on. */
final class StationServer implements AutoCloseable {
    private static final int MAX_THREADS = 12;
    private static final int IDLE_MILLIS = 60_000;

    private final Server server;
    private final List<ServerConnector> connectors = new ArrayList<>(2);
    private final int port;

    /**
     * @param addresses to listen on; empty = all
     * @param connections is told of every connection, and keeps their number within bounds
     */
    StationServer(Settings settings, List<String> addresses, Handler handler, Connection.Listener connections) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2, IDLE_MILLIS);
        threads.setName("scs-station-http");
        threads.setDaemon(true);
        server = new Server(threads);
        port = settings.port();
        Executor group = new GroupingExecutor(threads);
        for (@Nullable
        String address : addresses.isEmpty() ? Collections.<@Nullable String>singletonList(null) : addresses) {
            ServerConnector connector = connector(server, group, settings.tls());
            connector.setHost(address);
            connector.setIdleTimeout(IDLE_MILLIS);
            connector.setAcceptQueueSize(1_024);
            connector.addBean(connections);
            server.addConnector(connector);
            connectors.add(connector);
        }
        server.setHandler(handler);
        server.setErrorHandler(StationServer::error);
        server.setStopTimeout(0);
    }

    /** Tells of every request that was answered; before the start. */
    void tell(RequestLog log) {
        server.setRequestLog(log);
    }

    /** Opens the port, at all addresses or at none. */
    void start() throws Exception {
        try {
            int same = port;
            for (ServerConnector connector : connectors) {
                connector.setPort(same);
                connector.open();
                same = connector.getLocalPort();
            }
            server.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** The port that is listened on. */
    int port() {
        return connectors.get(0).getLocalPort();
    }

    /** Closes the port and ends the threads. */
    @Override
    public void close() throws Exception {
        // those that were opened, but never started, are not closed by the server
        connectors.forEach(ServerConnector::close);
        server.stop();
        server.destroy();
    }

    private static ServerConnector connector(Server server, Executor executor, @Nullable TlsSettings tls) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration());
        ConnectionFactory[] factories = tls == null
                ? new ConnectionFactory[] {http}
                : new ConnectionFactory[] {new SslConnectionFactory(tls.contextFactory(), http.getProtocol()), http};
        return new ServerConnector(server, executor, null, null, 1, 1, factories);
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // else a secret could come in the case of another header that was sent before on the same connection
        http.setHeaderCacheCaseSensitive(true);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(8 * 1024);
        http.setResponseHeaderSize(4 * 1024);
        // ids may hold any printable character: a slash comes as %2F, and "..", ";" or "%" are as good as others; the
        // router takes the path as it came, so that nothing in it can be mistaken for another path
        http.setUriCompliance(new UriCompliance(
                "SCS",
                EnumSet.of(
                        UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
                        UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                        UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                        UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                        UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                        UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS)));
        return http;
    }

    /** Every error that Jetty itself finds has the interface's shape, too. */
    private static boolean error(Request request, Response response, Callback callback) {
        byte[] body = Answers.error(text(response.getStatus()), List.of());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static String text(int status) {
        return switch (status) {
            case 500 -> "internal error";
            case 429 -> "rate limited";
            default -> HttpStatus.getMessage(status).toLowerCase(Locale.ROOT);
        };
    }
}
