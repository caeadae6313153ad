package solutions.itms.scs.server.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server. Every limit is here. */
public final class HttpServer implements AutoCloseable {
    private static final long MAX_BODY_BYTES = 1024 * 1024;
    /** Files come in pieces of megabytes: each reading of the usual 8 KiB could cost two changes of threads. */
    private static final int INPUT_BUFFER = 128 * 1024;

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_THREADS = 64;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final long STOP_MILLIS = 3_000;

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any
     * @param features in the order in which their before-handlers run
     * @param streams by path
     * @throws IOException if it can't listen there
     */
    public static HttpServer start(
            String host,
            int port,
            List<? extends Routes> features,
            Map<String, ? extends StreamServlet> streams,
            Console console)
            throws IOException {
        Javalin javalin = Javalin.create(config -> {
            limits(config);
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            config.resourceHandler(console);
            config.jetty.modifyServletContextHandler(servlets -> streams.forEach((path, stream) -> {
                ServletHolder holder = new ServletHolder(stream);
                holder.setAsyncSupported(true);
                servlets.addServlet(holder, path);
            }));
            config.routes.before(SecurityHeaders::addTo);
            config.routes.before(SameOrigin::check);
            config.routes.before(Json::checkPost);
            features.forEach(feature -> feature.addTo(config.routes));
            ErrorMapper.addTo(config.routes);
        });
        try {
            javalin.start(host, port);
        } catch (JavalinBindException e) {
            throw new IOException("cannot listen on " + host + ":" + port, e);
        }
        return new HttpServer(javalin);
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void limits(JavalinConfig config) {
        config.http.maxRequestSize = MAX_BODY_BYTES;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(HttpServer::limits);
        config.jetty.modifyServer(HttpServer::limits);
    }

    private static void limits(HttpConfiguration http) {
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        // else the parser takes the case of a shorter cookie that came before on the same connection
        http.setHeaderCacheCaseSensitive(true);
    }

    private static void limits(Server server) {
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setErrorHandler(new ConnectorErrors());
        server.setStopTimeout(STOP_MILLIS);
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                // there are no connectors before
                for (Connector connector : server.getConnectors()) {
                    Optional.ofNullable(connector.getConnectionFactory(HttpConnectionFactory.class))
                            .ifPresent(http -> http.setInputBufferSize(INPUT_BUFFER));
                }
            }
        });
    }
}
