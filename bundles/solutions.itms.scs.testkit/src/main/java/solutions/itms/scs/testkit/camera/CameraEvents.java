package solutions.itms.scs.testkit.camera;

import static solutions.itms.scs.testkit.camera.CameraModel.wrap;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What a simulated camera tells: pull points with few slots, and notifications that it sends. */
public final class CameraEvents {
    /** Slots for pull points. */
    public volatile int slots = 2;

    /** Path of subscriptions is at this port of the camera's own; 0 for the same as the rest. */
    public volatile int otherPort;

    private final SimulatedCamera camera;
    private final Map<String, Slot> open = new LinkedHashMap<>();
    private final List<String> unsubscribed = new CopyOnWriteArrayList<>();
    private final List<String> renewed = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    private static final class Slot {
        final List<String> waiting = new ArrayList<>();

        @Nullable
        HttpPeer pull;

        @Nullable
        String consumer;

        int pulls;
    }

    CameraEvents(SimulatedCamera camera) {
        this.camera = camera;
    }

    /** Subscriptions that are open now. */
    public synchronized int subscriptions() {
        return open.size();
    }

    /** Paths of the subscriptions that were ended by the subscriber. */
    public List<String> unsubscribed() {
        return List.copyOf(unsubscribed);
    }

    /** Paths of the subscriptions that were renewed. */
    public List<String> renewed() {
        return List.copyOf(renewed);
    }

    /** Pulls so far, of all that are open. */
    public synchronized int pulls() {
        return open.values().stream().mapToInt(slot -> slot.pulls).sum();
    }

    synchronized void clear() {
        open.clear();
    }

    /** Tells that something is or is no more, such as {@code motion("VideoSource/MotionAlarm", true)}. */
    public void emit(String topic, String item, String value, String operation) {
        String at = camera.now().truncatedTo(ChronoUnit.SECONDS).toString();
        raw(
                "<wsnt:NotificationMessage><wsnt:Topic Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet\">"
                        + topic + "</wsnt:Topic><wsnt:Message><tt:Message UtcTime=\"" + at + "\" PropertyOperation=\""
                        + operation
                        + "\"><tt:Source><tt:SimpleItem Name=\"Source\" Value=\"vs0\"/></tt:Source><tt:Data><tt:SimpleItem Name=\""
                        + item + "\" Value=\"" + value
                        + "\"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>");
    }

    /** Tells something as it is given here. */
    public void raw(String notification) {
        camera.site().execute(() -> tell(notification));
    }

    private synchronized void tell(String notification) {
        for (Slot slot : open.values()) {
            if (slot.consumer != null) {
                send(slot.consumer, notification);
                continue;
            }
            slot.waiting.add(notification);
            HttpPeer waiting = slot.pull;
            if (waiting != null) {
                slot.pull = null;
                camera.reply(waiting, messages(slot));
            }
        }
    }

    private static void send(String consumer, String notification) {
        String body = new String(
                SimulatedCamera.envelope("<wsnt:Notify>" + notification + "</wsnt:Notify>"), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(consumer))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(5))
                .build();
        Thread sender = new Thread(() -> {
            try {
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                // nobody listens any more
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        sender.setDaemon(true);
        sender.start();
    }

    synchronized boolean handles(String name, Element operation, HttpPeer.Ask ask, HttpPeer peer) {
        switch (name) {
            case "tev:CreatePullPointSubscription" -> create(name, operation, peer, null);
            case "wsnt:Subscribe" ->
                create(
                        name,
                        operation,
                        peer,
                        Rules.children(Rules.children(operation).get(0)).get(0).getTextContent());
            case "tev:PullMessages" -> pull(operation, ask, peer);
            case "wsnt:Renew" -> renew(operation, ask, peer);
            case "wsnt:Unsubscribe" -> {
                unsubscribed.add(ask.target());
                open.remove(ask.target());
                camera.reply(peer, wrap("wsnt:Unsubscribe", ""));
            }
            case "tev:GetEventProperties" ->
                camera.reply(
                        peer,
                        wrap(
                                name,
                                "<wstop:TopicSet><tns1:VideoSource>"
                                        + "<MotionAlarm wstop:topic=\"true\"><tt:MessageDescription IsProperty=\"true\"/></MotionAlarm></tns1:VideoSource></wstop:TopicSet>"));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void create(String name, Element operation, HttpPeer peer, @Nullable String consumer) {
        if (consumer == null && camera.does(CameraFault.NO_PULL_POINTS)) {
            camera.fault(peer, 500, "ter:ActionNotSupported", "not supported");
            return;
        }
        if (open.size() >= slots) {
            camera.fault(peer, 400, "ter:NotAuthorized", "no slot");
            return;
        }
        String path = "/onvif/sub" + numbers.incrementAndGet();
        Slot slot = new Slot();
        slot.consumer = consumer;
        open.put(path, slot);
        String term = Rules.children(operation).stream()
                .filter(child -> child.getLocalName().equals("InitialTerminationTime"))
                .map(Element::getTextContent)
                .findFirst()
                .orElse("PT60S");
        String host = camera.does(CameraFault.WRONG_ADDRESSES)
                ? "http://127.0.0.9:1"
                : otherPort == 0 ? camera.address() : "http://127.0.0.1:" + otherPort;
        camera.reply(
                peer,
                wrap(
                        name,
                        "<tev:SubscriptionReference><wsa:Address>" + host + path
                                + "</wsa:Address><wsa:ReferenceParameters><SubscriptionId xmlns=\"http://example.org/axis\">7</SubscriptionId>"
                                + "</wsa:ReferenceParameters></tev:SubscriptionReference><wsnt:CurrentTime>"
                                + seconds(camera.now())
                                + "</wsnt:CurrentTime><wsnt:TerminationTime>" + seconds(ends(term))
                                + "</wsnt:TerminationTime>"));
    }

    private Instant ends(String term) {
        if (!term.startsWith("P")) {
            return Instant.parse(term);
        }
        return camera.does(CameraFault.BROKEN_RELATIVE_TIME)
                ? camera.now().plus(Duration.ofDays(20_000))
                : camera.now().plus(Duration.parse(term));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void pull(Element operation, HttpPeer.Ask ask, HttpPeer peer) {
        Slot slot = open.get(ask.target());
        if (slot == null
                || !ask.body().contains("SubscriptionId")
                || !ask.body().contains("IsReferenceParameter")) {
            camera.fault(peer, 400, "ter:InvalidArgVal", "no such subscription");
            return;
        }
        slot.pulls++;
        if (!slot.waiting.isEmpty() || camera.does(CameraFault.PULLS_RETURN_AT_ONCE)) {
            camera.reply(peer, messages(slot));
            return;
        }
        slot.pull = peer;
        long millis = Duration.parse(Rules.children(operation).get(0).getTextContent())
                .toMillis();
        boolean cut = camera.does(CameraFault.PULLS_ARE_CUT);
        camera.site().after(cut ? 50 : millis, () -> {
            if (slot.pull == peer) {
                slot.pull = null;
                if (cut) {
                    peer.close();
                } else {
                    camera.reply(peer, messages(slot));
                }
            }
        });
    }

    private String messages(Slot slot) {
        String all = String.join("", slot.waiting);
        slot.waiting.clear();
        return wrap(
                "tev:PullMessages",
                "<tev:CurrentTime>" + seconds(camera.now()) + "</tev:CurrentTime><tev:TerminationTime>"
                        + seconds(camera.now().plusSeconds(300)) + "</tev:TerminationTime>" + all);
    }

    private void renew(Element operation, HttpPeer.Ask ask, HttpPeer peer) {
        if (camera.does(CameraFault.NO_RENEW) || !open.containsKey(ask.target())) {
            camera.fault(peer, 400, "ter:InvalidArgVal", "no renewal");
            return;
        }
        renewed.add(ask.target());
        camera.reply(
                peer,
                wrap(
                        "wsnt:Renew",
                        "<wsnt:TerminationTime>"
                                + Rules.children(operation).get(0).getTextContent() + "</wsnt:TerminationTime>"));
    }
}
