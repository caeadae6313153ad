package solutions.itms.scs.station;

import java.nio.ByteBuffer;
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
import org.eclipse.jetty.server.NetworkConnectionLimit;
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
    private static final int MAX_THREADS = 8;
    private static final int IDLE_MILLIS = 60_000;
    /** Once there are as many connections as may be, those that have nothing to say make room. */
    private static final int CROWDED_IDLE_MILLIS = 5_000;

    private final Server server;
    private final ServerConnector connector;

    /** @param connections is told of every connection */
    StationServer(Settings settings, Handler handler, Connection.Listener connections) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2, IDLE_MILLIS);
        threads.setName("scs-station-http");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = connector(server, new GroupingExecutor(threads), settings.tls());
        connector.setHost(settings.host().isEmpty() ? null : settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(1_024);
        connector.addBean(connections);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(settings.maxConnections(), connector);
        limit.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
        server.addBean(limit);
        server.addConnector(connector);
        server.setHandler(handler);
        server.setErrorHandler(StationServer::error);
        server.setStopTimeout(0);
    }

    /** Tells of every request that was answered; before the start. */
    void tell(RequestLog log) {
        server.setRequestLog(log);
    }

    /** Opens the port. */
    void start() throws Exception {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** The port that is listened on. */
    int port() {
        return connector.getLocalPort();
    }

    /** Closes the port and ends the threads. */
    @Override
    public void close() throws Exception {
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
