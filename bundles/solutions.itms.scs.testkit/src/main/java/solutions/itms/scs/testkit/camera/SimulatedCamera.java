package solutions.itms.scs.testkit.camera;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * One camera: device, media 1 and 2, imaging, PTZ, events. It checks every request; what is wrong is refused and kept in
 * {@link #problems}. Thread-safe for its tests.
 */
public final class SimulatedCamera {
    private static final Set<String> PRE_AUTH = Set.of(
            "tds:GetSystemDateAndTime",
            "tds:GetServices",
            "tds:GetCapabilities",
            "tds:GetServiceCapabilities",
            "tds:GetHostname",
            "tds:GetEndpointReference");
    private static final DocumentBuilderFactory XML = factory();
    private static final int KEPT = 1_000;

    /** A reply that a test gives in place of the camera's own. */
    public record Reply(int status, String headers, byte[] body) {}

    private final CameraSite site;
    private final int port;
    private final int number;
    private final CameraAuth auth = new CameraAuth();
    private final CameraModel model = new CameraModel(this);
    private final CameraPtz ptz = new CameraPtz(this);
    private final CameraEvents events = new CameraEvents(this);
    private final Set<CameraFault> faults = ConcurrentHashMap.newKeySet();
    private final Map<String, Function<String, Reply>> scripts = new ConcurrentHashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Duration skew = Duration.ZERO;
    private volatile boolean everythingNeedsUser;
    private volatile boolean recording = true;
    private volatile boolean down;
    private volatile Consumer<String> watcher = operation -> {};
    private volatile CameraExtension extension = (name, operation) -> null;

    SimulatedCamera(CameraSite site, int port, int number) {
        this.site = site;
        this.port = port;
        this.number = number;
    }

    private static DocumentBuilderFactory factory() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        return factory;
    }

    /** Its port at 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Such as http://127.0.0.1:40000. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    int number() {
        return number;
    }

    /** How it wants to be told who asks. */
    public CameraAuth auth() {
        return auth;
    }

    /** Where it looks, and what it was told. */
    public CameraPtz ptz() {
        return ptz;
    }

    /** What it tells, and to whom. */
    public CameraEvents events() {
        return events;
    }

    /** What it is, and its settings. */
    public CameraModel model() {
        return model;
    }

    /** Begins to do something wrong. */
    public SimulatedCamera misbehave(CameraFault fault) {
        faults.add(fault);
        return this;
    }

    /** Ends doing something wrong. */
    public void behave() {
        faults.clear();
    }

    boolean does(CameraFault fault) {
        return faults.contains(fault);
    }

    /** Its clock is off by so much. */
    public void skew(Duration ahead) {
        skew = ahead;
    }

    /** Not even the time is told to anybody. */
    public void everythingNeedsUser() {
        everythingNeedsUser = true;
    }

    /** Keeps neither operations nor requests, for very many of them. */
    public SimulatedCamera forgetful() {
        recording = false;
        return this;
    }

    /** Tells every operation as it is asked for, on the site's thread. */
    public void watch(Consumer<String> told) {
        watcher = told;
    }

    /** Its own time. */
    public Instant now() {
        return Clock.systemUTC().instant().plus(skew);
    }

    /** Answers an operation, such as tds:GetScopes, or GET for a picture, with a body given here; 200. */
    public void answer(String operation, String body) {
        script(operation, request -> new Reply(200, "", envelope(body)));
    }

    /** Answers an operation with whatever a test makes of the request. */
    public void script(String operation, Function<String, Reply> reply) {
        scripts.put(operation, reply);
    }

    /** Has further services. @param services namespaces, each with its path */
    public void extend(Map<String, String> services, CameraExtension answers) {
        extension = answers;
        model.add(services);
    }

    /** Notes that a request was wrong. */
    public void problem(String text) {
        problems.add(text);
    }

    /** What was wrong with requests. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The operations it was asked for, in order. */
    public List<String> operations() {
        return List.copyOf(operations);
    }

    /** The bodies it was sent, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many connections it has had. */
    public int connections() {
        return connections.get();
    }

    CameraSite site() {
        return site;
    }

    void restart() {
        down = true;
        events.clear();
        site.after(1_500, () -> down = false);
    }

    void connected(HttpPeer peer) {
        int count = connections.incrementAndGet();
        if (down || (does(CameraFault.DROPS_EACH_THIRD_CONNECTION) && count % 3 == 0)) {
            peer.close();
        }
    }

    void asked(HttpPeer.Ask ask, HttpPeer peer) {
        if (down) {
            peer.close();
        } else if (does(CameraFault.ANSWERS_AFTER_A_MINUTE)) {
            site.after(60_000, () -> serve(ask, peer));
        } else if (does(CameraFault.SENDS_100_MB)) {
            peer.raw("HTTP/1.1 200 OK\r\n\r\n<a>".getBytes(StandardCharsets.US_ASCII), false);
            peer.flood(100_000_000);
        } else if (does(CameraFault.SENDS_BILLION_LAUGHS)) {
            peer.answer(200, "", CameraModel.laughs());
        } else if (does(CameraFault.TRICKLES)) {
            peer.raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n".getBytes(StandardCharsets.US_ASCII), false);
            trickle(peer);
        } else if (!does(CameraFault.HANGS)) {
            serve(ask, peer);
        }
    }

    private void trickle(HttpPeer peer) {
        if (!peer.isClosed()) {
            peer.raw(new byte[] {' '}, false);
            site.after(100, () -> trickle(peer));
        }
    }

    private void serve(HttpPeer.Ask ask, HttpPeer peer) {
        if (ask.method().equals("GET")) {
            download(ask, peer);
            return;
        }
        if (ask.method().equals("DESCRIBE")) {
            describe(ask, peer);
            return;
        }
        if (recording && requests.size() < KEPT) {
            requests.add(ask.body());
        }
        try {
            DocumentBuilder builder = XML.newDocumentBuilder();
            Document document =
                    builder.parse(new ByteArrayInputStream(ask.body().getBytes(StandardCharsets.UTF_8)));
            Element operation = Rules.operation(document);
            dispatch(Rules.name(operation), operation, document, ask, peer);
        } catch (SAXException | ParserConfigurationException | IOException | IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            fault(peer, 400, "ter:WellFormed", "not well-formed");
        }
    }

    private void dispatch(String name, Element operation, Document document, HttpPeer.Ask ask, HttpPeer peer) {
        watcher.accept(name);
        if (recording && operations.size() < KEPT) {
            operations.add(name);
        }
        Optional<String> problem = Rules.problem(operation, document);
        problem.ifPresent(problems::add);
        if (does(CameraFault.CLOSES_INSTEAD_OF_ANSWERING)) {
            peer.close();
            return;
        }
        boolean open = PRE_AUTH.contains(name) && !everythingNeedsUser;
        Boolean refusal = open ? null : auth.refuses(ask, document, now());
        if (refusal != null) {
            String echo = does(CameraFault.ECHOES_REQUESTS) ? ask.body().replace("<", "&lt;") : "not authorized";
            boolean tokens = auth.mode == CameraAuth.Mode.TOKEN;
            peer.answer(tokens ? 400 : 401, auth.challenge(refusal), faultBody("ter:NotAuthorized", echo));
            return;
        }
        Function<String, Reply> script = scripts.get(name);
        if (problem.isPresent()) {
            fault(
                    peer,
                    400,
                    "ter:InvalidArgVal",
                    problem.get().replace("&", "&amp;").replace("<", "&lt;"));
        } else if (script != null) {
            Reply reply = script.apply(ask.body());
            peer.answer(reply.status(), reply.headers(), reply.body());
            after(peer);
        } else if (does(CameraFault.ECHOES_REQUESTS)) {
            fault(peer, 400, "ter:InvalidArgVal", ask.body().replace("<", "&lt;") + ask.headers());
        } else if (!extended(name, operation, peer) && !events.handles(name, operation, ask, peer)) {
            String answer = name.startsWith("tptz:") ? ptz.answer(name, operation) : model.answer(name, operation);
            if (answer.isEmpty()) {
                fault(peer, 500, "ter:ActionNotSupported", "not supported");
            } else {
                reply(peer, answer);
            }
        }
    }

    private boolean extended(String name, Element operation, HttpPeer peer) {
        Reply reply = extension.answer(name, operation);
        if (reply != null) {
            peer.answer(reply.status(), auth.accepted() + reply.headers(), reply.body());
            after(peer);
        }
        return reply != null;
    }

    private void after(HttpPeer peer) {
        if (does(CameraFault.CLOSES_WITHOUT_NOTICE)) {
            site.after(1, peer::close);
        }
    }

    void reply(HttpPeer peer, String body) {
        peer.answer(200, auth.accepted(), envelope(body));
        after(peer);
    }

    void fault(HttpPeer peer, int status, String code, String reason) {
        peer.answer(status, "", faultBody(code, reason));
    }

    /** The body of a fault. @param code such as ter:InvalidArgVal */
    public static byte[] faultBody(String code, String reason) {
        return envelope("<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>" + code
                + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en\">" + reason
                + "</s:Text></s:Reason></s:Fault>");
    }

    /** A body in an envelope that declares the usual prefixes. */
    public static byte[] envelope(String body) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                        + " xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\""
                        + " xmlns:trt=\"http://www.onvif.org/ver10/media/wsdl\""
                        + " xmlns:tr2=\"http://www.onvif.org/ver20/media/wsdl\""
                        + " xmlns:timg=\"http://www.onvif.org/ver20/imaging/wsdl\""
                        + " xmlns:tptz=\"http://www.onvif.org/ver20/ptz/wsdl\""
                        + " xmlns:trc=\"http://www.onvif.org/ver10/recording/wsdl\""
                        + " xmlns:tse=\"http://www.onvif.org/ver10/search/wsdl\""
                        + " xmlns:trp=\"http://www.onvif.org/ver10/replay/wsdl\""
                        + " xmlns:tev=\"http://www.onvif.org/ver10/events/wsdl\""
                        + " xmlns:tt=\"http://www.onvif.org/ver10/schema\" xmlns:ter=\"http://www.onvif.org/ver10/error\""
                        + " xmlns:wsnt=\"http://docs.oasis-open.org/wsn/b-2\""
                        + " xmlns:wstop=\"http://docs.oasis-open.org/wsn/t-1\""
                        + " xmlns:tns1=\"http://www.onvif.org/ver10/topics\""
                        + " xmlns:wsa=\"http://www.w3.org/2005/08/addressing\"><s:Body>"
                        + body + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void describe(HttpPeer.Ask ask, HttpPeer peer) {
        String head = auth.refusesDownload(ask) ? "401 Unauthorized\r\n" + auth.challenge(false) : "200 OK\r\n";
        peer.raw(("RTSP/1.0 " + head + "CSeq: 1\r\n\r\n").getBytes(StandardCharsets.US_ASCII), false);
    }

    private void download(HttpPeer.Ask ask, HttpPeer peer) {
        if (recording && operations.size() < KEPT) {
            operations.add("GET " + ask.target());
        }
        Function<String, Reply> script = scripts.get("GET");
        if (auth.refusesDownload(ask)) {
            CameraAuth.Mode mode = auth.mode;
            auth.mode = CameraAuth.Mode.DIGEST;
            String challenge = auth.challenge(false);
            auth.mode = mode;
            peer.answer(401, challenge, new byte[0]);
        } else if (script != null) {
            Reply reply = script.apply(ask.target());
            peer.answer(reply.status(), reply.headers(), reply.body());
        } else if (ask.target().startsWith("/snapshot.jpg")) {
            peer.answer(200, "", CameraModel.picture());
        } else {
            peer.answer(404, "", new byte[0]);
        }
    }

    /** What it remembers of what it was asked. */
    public List<String> asked(String operation) {
        List<String> all = new ArrayList<>(operations);
        all.removeIf(each -> !each.equals(operation));
        return all;
    }
}
