package solutions.itms.scs.testkit.camera;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers probes of WS-Discovery that are sent to its port at 127.0.0.1. What is no probe of the standard is not answered,
 * and {@link #close} throws. Thread-safe.
 */
public final class DiscoveryResponder implements AutoCloseable {
    private static final String D = "http://schemas.xmlsoap.org/ws/2005/04/discovery";

    private final DatagramSocket socket;
    private final List<String> probes = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> matches = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private volatile Duration delay = Duration.ZERO;

    /** Listens on a port of its own. */
    public DiscoveryResponder() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        Thread thread = new Thread(this::run, "discovery-responder");
        thread.setDaemon(true);
        thread.start();
    }

    /** Its port. */
    public int port() {
        return socket.getLocalPort();
    }

    /** One more device that answers every probe; without addresses when they are empty. */
    public void answer(String id, String addresses, String scopes) {
        matches.add("<d:ProbeMatch><wsa:EndpointReference><wsa:Address>" + id + "</wsa:Address></wsa:EndpointReference>"
                + "<d:Types>tds:Device</d:Types>" + (scopes.isEmpty() ? "" : "<d:Scopes>" + scopes + "</d:Scopes>")
                + (addresses.isEmpty() ? "" : "<d:XAddrs>" + addresses + "</d:XAddrs>") + "</d:ProbeMatch>");
    }

    /** Answers so much later. */
    public void delay(Duration by) {
        delay = by;
    }

    /** What it was asked. */
    public List<String> probes() {
        return List.copyOf(probes);
    }

    @Override
    public void close() {
        socket.close();
        later.shutdownNow();
        if (!problems.isEmpty()) {
            throw new AssertionError("Probes that the standard does not allow: " + problems);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // an answer that is not sent is missed by its test
    private void run() {
        byte[] buffer = new byte[8_192];
        try {
            while (!socket.isClosed()) {
                DatagramPacket probe = new DatagramPacket(buffer, buffer.length);
                socket.receive(probe);
                String problem = ProbeRules.problem(Arrays.copyOf(buffer, probe.getLength()));
                if (!problem.isEmpty()) {
                    problems.add(problem);
                }
                probes.add(new String(buffer, 0, probe.getLength(), StandardCharsets.UTF_8));
                if (!problem.isEmpty()) {
                    continue;
                }
                InetSocketAddress to = (InetSocketAddress) probe.getSocketAddress();
                later.schedule(() -> answer(to), delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void answer(InetSocketAddress to) {
        for (String match : matches) {
            byte[] bytes = ("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:d=\"" + D
                            + "\" xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><s:Body><d:ProbeMatches>"
                            + match + "</d:ProbeMatches></s:Body></s:Envelope>")
                    .getBytes(StandardCharsets.UTF_8);
            try {
                socket.send(new DatagramPacket(bytes, bytes.length, to));
            } catch (IOException e) {
                return;
            }
        }
    }
}
