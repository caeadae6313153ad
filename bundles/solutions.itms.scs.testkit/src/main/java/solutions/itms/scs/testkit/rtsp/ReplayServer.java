package solutions.itms.scs.testkit.rtsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * An RTSP server at 127.0.0.1 with recordings ({@code /replay/<token>}) and live streams ({@code /live/<channel>}, or the
 * name given), over TCP interleaved, in an HTTP tunnel, or with TLS. Thread-safe.
 */
public final class ReplayServer implements AutoCloseable {
    private final ServerSocketChannel server;

    @Nullable
    private final SSLServerSocket secure;

    private final Map<String, List<FrameSource>> streams = new ConcurrentHashMap<>();
    private final Map<String, PreparedStream> prepared = new ConcurrentHashMap<>();
    private final Map<String, Link> tunnels = new ConcurrentHashMap<>();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<RtspFault> faults = ConcurrentHashMap.newKeySet();
    private final List<RtspRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger plays = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean lostOne = new AtomicBoolean();
    private final Thread acceptor;
    private volatile RtspGuard guard = new RtspGuard(RtspGuard.Scheme.NONE, "", "");
    private volatile int cutAfter = 400;

    /** Starts to listen at a free port. */
    public ReplayServer() {
        this(0, null);
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for a free one
     * @param tls for a second port that speaks TLS; null for none
     */
    public ReplayServer(int port, @Nullable SSLContext tls) {
        try {
            InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(local, port), 200);
            secure = tls == null
                    ? null
                    : (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 50, local);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = start("replay-server", this::accept);
        if (secure != null) {
            start("replay-server-tls", () -> acceptSecure(secure));
        }
    }

    /** A recording, replayed and live. */
    public ReplayServer add(Recording recording) {
        ClockPictures pictures = new ClockPictures(recording);
        streams.put("/replay/" + recording.token(), List.of(pictures));
        streams.put("/live/" + recording.channel(), List.of(new LivePictures(recording)));
        return this;
    }

    /** Tracks of any source. */
    public ReplayServer add(String path, FrameSource... tracks) {
        streams.put(path, List.of(tracks));
        return this;
    }

    /** Makes all packets of a recording beforehand, so that it is sent as fast as the network takes it. */
    public ReplayServer prepare(String token) {
        FrameSource source = streams.getOrDefault("/replay/" + token, List.of()).get(0);
        prepared.put("/replay/" + token, PreparedStream.of(source));
        return this;
    }

    /**
     * Asks for a user from now on.
     *
     * @param scheme {@code BASIC}, {@code MD5} or {@code SHA_256}
     */
    public ReplayServer login(String scheme, String user, String password) {
        guard = new RtspGuard(RtspGuard.Scheme.valueOf(scheme), user, password);
        return this;
    }

    /** Does this wrong from now on. */
    public ReplayServer fault(RtspFault... more) {
        faults.addAll(List.of(more));
        return this;
    }

    /** Does everything right from now on. */
    public ReplayServer heal() {
        faults.clear();
        return this;
    }

    /** Where {@link RtspFault#CUTS}, {@link RtspFault#CUTS_TEN_TIMES} and {@link RtspFault#STOPS_SENDING} strike, in frames. */
    public ReplayServer cutAfter(int frames) {
        cutAfter = frames;
        return this;
    }

    /** Where it listens. */
    public int port() {
        return server.socket().getLocalPort();
    }

    /** Where it listens with TLS; 0 when it does not. */
    public int securePort() {
        return secure == null ? 0 : secure.getLocalPort();
    }

    /** The address of a recording. */
    public String replayUri(String token) {
        return "rtsp://127.0.0.1:" + port() + "/replay/" + token;
    }

    /** The address of a live stream. */
    public String liveUri(int channel) {
        return "rtsp://127.0.0.1:" + port() + "/live/" + channel;
    }

    /** What it was asked: method, blank, address. */
    public List<String> requests() {
        return requests.stream()
                .map(request -> request.method() + " " + request.uri())
                .toList();
    }

    /** The headers of each request with a method, without regard to case; beside them the address, as {@code URI}. */
    public List<Map<String, String>> headers(String method) {
        return requests.stream()
                .filter(request -> request.method().equals(method))
                .map(request -> {
                    Map<String, String> all = new java.util.TreeMap<>(request.headers());
                    all.put("URI", request.uri());
                    return all;
                })
                .toList();
    }

    /** Connections so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that are open now. */
    public int openConnections() {
        return links.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            if (secure != null) {
                secure.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            acceptor.join(5_000); // what it has begun to accept would be served nevertheless
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        links.forEach(Link::close);
    }

    List<FrameSource> stream(String path) {
        return streams.getOrDefault(path, List.of());
    }

    @Nullable
    PreparedStream prepared(String path) {
        return faults.isEmpty() ? prepared.get(path) : null;
    }

    Set<RtspFault> faults() {
        return faults;
    }

    RtspGuard guard() {
        return guard;
    }

    AtomicBoolean lostOne() {
        return lostOne;
    }

    Map<String, Link> tunnels() {
        return tunnels;
    }

    void asked(RtspRequest request) {
        requests.add(request);
        if (requests.size() > 10_000) {
            requests.clear();
        }
    }

    /** After how many frames this play is cut; 0 = never. */
    int cut() {
        int play = plays.incrementAndGet();
        boolean cuts = faults.contains(RtspFault.CUTS) || faults.contains(RtspFault.CUTS_TEN_TIMES) && play <= 10;
        return cuts ? 1 + new java.util.Random(play).nextInt(cutAfter) : 0;
    }

    int stop() {
        return faults.contains(RtspFault.STOPS_SENDING) ? cutAfter : 0;
    }

    Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                if (!server.isOpen()) {
                    channel.close();
                    return;
                }
                channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                serve(new Link(channel));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void acceptSecure(SSLServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                serve(new Link(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Link link) {
        connections.incrementAndGet();
        links.add(link);
        start("replay-peer", () -> {
            boolean kept = false;
            try {
                kept = new RtspPeer(this, link, link.in()).run();
            } finally {
                links.remove(link);
                if (!kept) {
                    link.close();
                }
            }
        });
    }
}
