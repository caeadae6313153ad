package solutions.itms.scs.media.rtsp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.HttpResponse;
import solutions.itms.scs.onvif.http.Trust;

/** A session with a server: described, set up, played, kept alive. On one thread, but for closing. */
public final class RtspSession implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final long USUAL_TIMEOUT = 60;
    private static final int NOT_IN_THIS_STATE = 455;
    private static final int NOT_AS_A_WHOLE = 459;
    private static final int AS_A_WHOLE_ALONE = 460;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 305, 307, 308);

    private final RtspUri uri;
    private final RtspConnection connection;
    private final long millis;

    @Nullable
    private final Authenticator login;

    private final List<Stream> streams = new ArrayList<>();
    private Set<String> methods = Set.of();
    private Sdp description = new Sdp("", List.of());
    private String base;
    private String session = "";
    private boolean apart;
    private long timeoutSeconds = USUAL_TIMEOUT;
    private int cseq;
    private int played;
    private long lastRequest = System.nanoTime();

    /** A track that was set up, and the session that it belongs to. */
    private record Stream(String target, String session) {}

    private RtspSession(RtspUri uri, RtspConnection connection, @Nullable Authenticator login, long millis) {
        this.uri = uri;
        this.connection = connection;
        this.login = login;
        this.millis = millis;
        base = uri.text();
    }

    /**
     * Connects and asks what there is.
     *
     * @param login null for a server without users
     * @param trust which certificate the server may show; null when there is no TLS
     * @param millis how long each step may take
     */
    public static RtspSession open(
            RtspUri uri, @Nullable Authenticator login, @Nullable Trust trust, long millis, PacketListener listener)
            throws IOException {
        RtspUri at = uri;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            RtspSession session = connect(at, login, trust, millis, listener);
            try {
                String elsewhere = session.describe();
                if (elsewhere.isEmpty()) {
                    return session;
                }
                at = session.redirected(elsewhere);
                session.close();
            } catch (IOException | RuntimeException e) {
                session.close();
                throw e;
            }
        }
        throw new RtspFailure(302, "the server sends one elsewhere again and again");
    }

    private static RtspSession connect(
            RtspUri uri, @Nullable Authenticator login, @Nullable Trust trust, long millis, PacketListener listener)
            throws IOException {
        TunnelWire.Dial dial = () -> {
            Wire plain = PlainWire.connect(uri.host(), uri.port(), millis);
            if (!uri.tls()) {
                return plain;
            }
            try {
                Trust known = trust == null ? new Trust("", fingerprint -> {}) : trust;
                return TlsWire.over(plain, uri.host(), uri.port(), known, millis);
            } catch (IOException | RuntimeException e) {
                plain.close();
                throw e;
            }
        };
        Wire wire = uri.tunnelled() ? TunnelWire.open(dial, uri, login, millis) : dial.dial();
        return new RtspSession(uri, new RtspConnection(wire, listener), login, millis);
    }

    /** A session over a connection that is there already; sent elsewhere it does not go. */
    static RtspSession over(RtspConnection connection, RtspUri uri, @Nullable Authenticator login, long millis)
            throws IOException {
        RtspSession session = new RtspSession(uri, connection, login, millis);
        String elsewhere = session.describe();
        if (!elsewhere.isEmpty()) {
            session.redirected(elsewhere);
        }
        return session;
    }

    /** Never from TLS to none. */
    private RtspUri redirected(String location) throws RtspFailure {
        try {
            RtspUri next = RtspUri.parse(location);
            if (uri.tls() && !next.tls()) {
                throw new RtspFailure(302, "the server sends one to an address without TLS");
            }
            return uri.tunnelled() ? new RtspUri(uri.scheme(), uri.host(), uri.port(), next.pathAndQuery()) : next;
        } catch (IllegalArgumentException e) {
            throw new RtspFailure(302, "the server sends one to an address that is none");
        }
    }

    /** Where to ask instead; empty when this is the place. */
    private String describe() throws IOException {
        HttpResponse options = request("OPTIONS", uri.text(), Map.of());
        methods = new TreeSet<>();
        for (String method : options.header("Public").orElse("").split(",")) {
            methods.add(method.strip().toUpperCase(Locale.ROOT));
        }
        HttpResponse answer = request("DESCRIBE", uri.text(), Map.of("Accept", "application/sdp"));
        if (REDIRECTS.contains(answer.status())) {
            return answer.header("Location").orElse("nowhere");
        }
        check(answer, "DESCRIBE");
        description = Sdp.parse(new String(answer.body(), StandardCharsets.UTF_8));
        base = uri.base(answer.header("Content-Base")
                .or(() -> answer.header("Content-Location"))
                .orElse(""));
        return "";
    }

    /** What there is. */
    public Sdp description() {
        return description;
    }

    /** Bytes that came. */
    public long received() {
        return connection.received();
    }

    /**
     * Asks for a track.
     *
     * @param channel for its data; its reports have the next one
     * @param headers more of them
     * @return the channel that the server has chosen
     */
    public int setup(Sdp.Track track, int channel, Map<String, String> headers) throws IOException {
        Map<String, String> all = new java.util.TreeMap<>(headers);
        all.put("Transport", "RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1));
        String target = uri.resolve(aggregate(), track.control());
        HttpResponse answer = request("SETUP", target, all);
        if (answer.status() == NOT_AS_A_WHOLE && !session.isEmpty()) {
            // no session has more than one track here: this one gets its own
            apart = true;
            session = "";
            answer = request("SETUP", target, all);
        }
        check(answer, "SETUP");
        answer.header("Session").ifPresent(this::session);
        streams.add(new Stream(target, session));
        java.util.regex.Matcher chosen = java.util.regex.Pattern.compile("interleaved=(\\d{1,3})")
                .matcher(answer.header("Transport").orElse(""));
        return chosen.find() ? Integer.parseInt(chosen.group(1)) : channel;
    }

    private void session(String header) {
        String[] parts = header.split(";");
        session = parts[0].strip();
        for (String part : parts) {
            String plain = part.strip().toLowerCase(Locale.ROOT);
            if (plain.matches("timeout\\s*=\\s*\\d{1,6}")) {
                timeoutSeconds = Math.max(1, Long.parseLong(plain.replaceAll("\\D", "")));
            }
        }
    }

    private String aggregate() {
        return uri.resolve(base, description.control());
    }

    /** Starts playing, or plays something else; each track for itself where the server wants it so. */
    public HttpResponse play(Map<String, String> headers) throws IOException {
        return control("PLAY", headers);
    }

    /** Whether each track is played for itself: then they don't come in the order in which they were recorded. */
    public boolean apart() {
        return apart;
    }

    /** Stops what plays, so that it can go on. What is on its way still comes. */
    public void pause() throws IOException {
        control("PAUSE", Map.of());
    }

    /** The number of the last PLAY; recorders stamp pictures with its last eight bits. */
    public int played() {
        return played;
    }

    /** @return the answer for the first track, or for all of them */
    private HttpResponse control(String method, Map<String, String> headers) throws IOException {
        if (!apart) {
            HttpResponse answer = request(method, aggregate(), headers);
            boolean refused = answer.status() == NOT_AS_A_WHOLE || answer.status() == NOT_IN_THIS_STATE;
            if (!refused || streams.isEmpty()) {
                check(answer, method);
                return answer;
            }
        }
        HttpResponse first = null;
        for (Stream stream : streams) {
            session = stream.session();
            HttpResponse answer = request(method, stream.target(), headers);
            if (answer.status() == AS_A_WHOLE_ALONE && first != null) {
                continue; // all play with the first
            }
            check(answer, method);
            first = first == null ? answer : first;
        }
        apart = true;
        if (first == null) {
            throw new RtspFailure(NOT_IN_THIS_STATE, "nothing was set up");
        }
        return first;
    }

    /**
     * Takes what has come, and keeps the session alive.
     *
     * @param wait milliseconds to wait when there is nothing
     * @return whether anything came
     */
    public boolean poll(long wait) throws IOException {
        boolean came = connection.poll(wait);
        for (HttpResponse answer = connection.takeAnswer(); answer != null; answer = connection.takeAnswer()) {
            if (answer.status() == 401 && login != null) {
                login.answer(answer, "OPTIONS", aggregate()); // a nonce that was too old
            }
        }
        long now = System.nanoTime();
        if (now - lastRequest > TimeUnit.SECONDS.toNanos(timeoutSeconds) / 2) {
            // the answer may be behind a lot of data: nobody waits for it
            String method = methods.contains("GET_PARAMETER")
                    ? "GET_PARAMETER"
                    : methods.contains("SET_PARAMETER") ? "SET_PARAMETER" : "OPTIONS";
            tell(method);
        }
        return came;
    }

    /** Says something that needs no answer, to each session there is. */
    private void tell(String method) throws IOException {
        if (!apart) {
            connection.send(message(method, aggregate(), Map.of()));
            return;
        }
        for (Stream stream : streams) {
            session = stream.session();
            connection.send(message(method, stream.target(), Map.of()));
        }
    }

    /** Says that it is over; does not wait for an answer. */
    public void teardown() {
        try {
            tell("TEARDOWN");
        } catch (IOException e) {
            // the server finds out by itself
        }
    }

    private HttpResponse request(String method, String target, Map<String, String> headers) throws IOException {
        HttpResponse answer = exchange(method, target, headers);
        if (answer.status() == 401
                && login != null
                && login.answer(answer, method, target).isPresent()) {
            answer = exchange(method, target, headers);
        }
        return answer;
    }

    private HttpResponse exchange(String method, String target, Map<String, String> headers) throws IOException {
        connection.send(message(method, target, headers));
        String number = Integer.toString(cseq);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            for (HttpResponse next = connection.takeAnswer(); next != null; next = connection.takeAnswer()) {
                if (next.header("CSeq").orElse(number).strip().equals(number)) {
                    return next;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new java.net.SocketTimeoutException("no answer to " + method + " within " + millis + " ms");
            }
            connection.poll(left);
        }
    }

    private String message(String method, String target, Map<String, String> headers) {
        lastRequest = System.nanoTime();
        StringBuilder out = new StringBuilder(method).append(' ').append(target).append(" RTSP/1.0\r\n");
        cseq++;
        played = method.equals("PLAY") ? cseq : played;
        out.append("CSeq: ").append(cseq).append("\r\nUser-Agent: SCS\r\n");
        if (login != null && login.active()) {
            out.append("Authorization: ").append(login.header(method, target)).append("\r\n");
        }
        if (!session.isEmpty()) {
            out.append("Session: ").append(session).append("\r\n");
        }
        headers.forEach(
                (name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
        return out.append("\r\n").toString();
    }

    private static void check(HttpResponse answer, String method) throws RtspFailure {
        if (answer.status() != 200) {
            throw new RtspFailure(answer.status(), "the server answers " + method + " with " + answer.status());
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
