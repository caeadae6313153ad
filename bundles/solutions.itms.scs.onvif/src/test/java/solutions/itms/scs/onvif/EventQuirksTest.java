package solutions.itms.scs.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.onvif.Lab.get;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solutions.itms.scs.onvif.http.NotificationReceiver;
import solutions.itms.scs.testkit.camera.CameraFault;
import solutions.itms.scs.testkit.camera.SimulatedCamera;

/** Q22 to Q27: events. */
class EventQuirksTest {
    private static final EventStream.Timing QUICK = new EventStream.Timing(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(200));

    private final Lab lab = new Lab();
    private final List<DeviceEvent> told = new CopyOnWriteArrayList<>();
    private final List<EventStream.State> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        lab.close();
    }

    private EventStream stream(EventStream.@Nullable Callback callback) {
        OnvifDevice device = lab.connected();
        get(device.management().information()); // as in the product, events come last
        EventStream stream = new EventStream(device, callback, told::addAll, states::add, QUICK);
        stream.start();
        return stream;
    }

    @Test
    void eventsComeAtOnceAndInTheirOrderWithTheTimeOfOurClock() {
        lab.camera.skew(Duration.ofHours(3));
        EventStream stream = stream(null);
        await().until(() -> lab.camera.events().pulls() > 0);
        lab.camera.events().emit("tns1:VideoSource/MotionAlarm", "State", "true", "Changed");
        lab.camera.events().emit("tns1:VideoSource/MotionAlarm", "State", "false", "Changed");
        await().until(() -> told.size() == 2);
        assertThat(told)
                .flatExtracting(
                        e -> Sighting.of(e).map(Sighting::active).stream().toList())
                .containsExactly(true, false);
        assertThat(Duration.between(
                                told.get(0).at(), java.time.Clock.systemUTC().instant())
                        .abs())
                .isLessThan(Duration.ofSeconds(5));
        get(stream.end());
    }

    @Test
    void q1TheTimeThatEveryPullTellsIsTaken() {
        OnvifDevice device = lab.connected();
        EventStream stream = new EventStream(device, null, told::addAll, states::add, QUICK);
        stream.start();
        await().until(() -> lab.camera.events().pulls() > 0);
        lab.camera.skew(Duration.ofHours(3));
        await().until(() -> Duration.ofHours(2)
                        .compareTo(Objects.requireNonNull(device.clock().ahead()))
                < 0);
        get(stream.end());
    }

    @Test
    void q22ACameraWhoseSlotsAreTakenIsNotTakenForOneThatRefusesTheUser() {
        OnvifDevice device = lab.connected();
        get(device.management().information());
        lab.camera.events().slots = 0;
        for (int i = 0; i < 4; i++) {
            Lab.failure(device.call(EventCalls.pullPoint(device, "PT60S")));
        }
        get(device.management().information());
        assertThat(device.authentication().reason()).isNull();
    }

    @Test
    void q22ASubscriptionThatFailsIsEndedBeforeThereIsAnotherOne() {
        EventStream stream = stream(null);
        await().until(() -> lab.camera.events().pulls() > 0);
        lab.camera.script(
                "tev:PullMessages",
                r -> new SimulatedCamera.Reply(
                        500, "", SimulatedCamera.faultBody("ter:InvalidArgVal", "no such subscription")));
        await().until(() -> lab.camera.events().unsubscribed().size() == 1);
        get(stream.end());
    }

    @Test
    void q22ASubscriptionIsAlwaysEndedAndAFullCameraIsAskedAgain() {
        lab.camera.events().slots = 1;
        EventStream first = stream(null);
        await().until(() -> lab.camera.events().subscriptions() == 1);
        EventStream second = stream(null);
        await().until(() -> second.state() == EventStream.State.FAILED);
        get(first.end());
        assertThat(lab.camera.events().unsubscribed()).hasSize(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> second.state() == EventStream.State.PULLING);
        get(second.end());
        assertThat(lab.camera.events().subscriptions()).isZero();
        assertThat(lab.camera.auth().refusals).isZero();
    }

    @Test
    void q22ASubscriptionThatIsMadeWhileWeEndIsEnded() {
        EventStream stream = stream(null);
        get(stream.end());
        await().untilAsserted(() -> assertThat(
                        lab.camera.events().unsubscribed().size())
                .isEqualTo(lab.camera.asked("tev:CreatePullPointSubscription").size()));
        assertThat(lab.camera.events().subscriptions()).isZero();
    }

    @Test
    void q23ACameraThatCantReckonIsGivenATimeOfItsOwnClock() {
        lab.camera.skew(Duration.ofDays(-20));
        lab.camera.misbehave(CameraFault.BROKEN_RELATIVE_TIME);
        EventStream stream = stream(null);
        await().until(() -> stream.state() == EventStream.State.PULLING);
        assertThat(lab.camera.events().unsubscribed()).hasSize(1);
        assertThat(lab.camera.requests())
                .anyMatch(r -> r.matches("(?s).*<tev:InitialTerminationTime>\\d{4}-.*Z</tev.*"));
        String last = lab.camera.requests().stream()
                .filter(r -> r.contains("InitialTerminationTime>2"))
                .findFirst()
                .orElseThrow();
        Instant until = Instant.parse(last.replaceFirst("(?s).*<tev:InitialTerminationTime>(.*?)<.*", "$1"));
        assertThat(Duration.between(lab.camera.now(), until).abs()).isLessThan(Duration.ofMinutes(1));
        get(stream.end());
    }

    @Test
    void q23ATermThatIsTooShortIsNotBelieved() {
        lab.camera.misbehave(CameraFault.PULLS_RETURN_AT_ONCE);
        EventStream.Timing patient = new EventStream.Timing(
                Duration.ofSeconds(1), Duration.ofSeconds(60), QUICK.pull(), QUICK.margin(), QUICK.gap());
        EventStream stream = new EventStream(lab.connected(), null, told::addAll, states::add, patient);
        stream.start();
        await().until(() -> lab.camera.events().pulls() >= 7);
        assertThat(lab.camera.asked("wsnt:Renew")).isEmpty();
        get(stream.end());
    }

    @Test
    void q24ASubscriptionIsRenewedInTime() {
        EventStream stream = stream(null);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> lab.camera.events().renewed().size() >= 2);
        assertThat(lab.camera.asked("tev:CreatePullPointSubscription")).hasSize(1);
        get(stream.end());
    }

    @Test
    void q24WithoutRenewalThePullsKeepItAliveAndAfterARestartThereIsANewOne() {
        lab.camera.misbehave(CameraFault.NO_RENEW);
        EventStream stream = stream(null);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> lab.camera.asked("wsnt:Renew").size() == 1
                        && lab.camera.events().pulls() >= 3);
        assertThat(lab.camera.asked("tev:CreatePullPointSubscription")).hasSize(1);
        get(lab.connected().management().reboot());
        await().atMost(Duration.ofSeconds(15))
                .until(() -> lab.camera.asked("tev:CreatePullPointSubscription").size() >= 2
                        && lab.camera.events().pulls() > 0);
        get(stream.end());
    }

    @Test
    void q25APullThatReturnsAtOnceIsNotRepeatedAtOnce() {
        lab.camera.misbehave(CameraFault.PULLS_RETURN_AT_ONCE);
        EventStream stream = stream(null);
        long began = System.nanoTime();
        await().until(() -> lab.camera.events().pulls() >= 6);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(800));
        get(stream.end());
    }

    @Test
    void q25AConnectionThatIsCutWhereThereIsNothingToTellCostsNoSubscription() {
        lab.camera.misbehave(CameraFault.PULLS_ARE_CUT);
        EventStream stream = stream(null);
        await().until(() -> lab.camera.events().pulls() >= 2);
        lab.camera.behave();
        await().until(() -> lab.camera.events().pulls() >= 4);
        assertThat(lab.camera.asked("tev:CreatePullPointSubscription")).hasSize(1);
        assertThat(stream.state()).isEqualTo(EventStream.State.PULLING);
        get(stream.end());
    }

    @ParameterizedTest
    @CsvSource({
        "tns1:VideoSource/MotionAlarm/, State, true, MOTION, true",
        "tns1:RuleEngine/CellMotionDetector/Motion//., IsMotion, 1, MOTION, true",
        "tns1:RuleEngine/MyRuleDetector/VehicleDetect, State, false, MOTION, false",
        "tns1:RuleEngine/TPSmartEventDetector/TPSmartEvent, IsVehicle, true, MOTION, true",
        "tns1:RuleEngine/tnsaxis:VMD3/vmd3_video_1/Motion, active, 0, MOTION, false",
        "tns1:RuleEngine/TamperDetector/Tamper, IsTamper, true, TAMPER, true",
        "tns1:VideoSource/GlobalSceneChange/ImagingService, State, true, TAMPER, true",
        "tns1:VideoSource/ImageTooDark/AnalyticsService, state, false, TAMPER, false",
        "tns1:Device/Trigger/DigitalInput, LogicalState, true, DIGITAL_INPUT, true",
        "tns1:Device/Trigger/tnshik:AlarmIn, State, false, DIGITAL_INPUT, false",
        "tns1:Device/Trigger/Relay, LogicalState, active, RELAY, true",
        "tns1:Device/HardwareFailure/StorageFailure, Failed, true, FAILURE, true"
    })
    void q26WhateverATopicIsCalledItsMeaningIsTheSame(
            String topic, String item, String value, Sighting.Kind kind, boolean active) {
        DeviceEvent event = new DeviceEvent(null, Notifications.topic(topic), "Changed", Map.of(), Map.of(item, value));
        assertThat(Sighting.of(event)).hasValueSatisfying(sighting -> {
            assertThat(sighting.kind()).isEqualTo(kind);
            assertThat(sighting.active()).isEqualTo(active);
        });
    }

    @Test
    void q26WhatIsInitializedIsAStateAndNamesMayBeInAnyCase() {
        EventStream stream = stream(null);
        await().until(() -> lab.camera.events().pulls() > 0);
        lab.camera
                .events()
                .raw(
                        "<wsnt:NotificationMessage><wsnt:Topic>tns1:VideoSource/MotionAlarm//.</wsnt:Topic>"
                                + "<wsnt:Message><tt:Message PropertyOperation=\"Initialized\"><tt:Data><tt:simpleItem name=\"STATE\""
                                + " value=\"True\"/><tt:SimpleItem Name=\"Sure\" Value=\"0\"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>");
        await().until(() -> told.size() == 1);
        assertThat(told.get(0).topic()).isEqualTo("VideoSource/MotionAlarm");
        assertThat(told.get(0).isState()).isTrue();
        assertThat(Sighting.of(told.get(0)).orElseThrow().active()).isTrue();
        get(stream.end());
    }

    @Test
    void q27TopicsThatAreMissingOrCantBeReadAreNone() {
        OnvifDevice device = lab.connected();
        assertThat(get(EventStream.topics(device))).containsExactly("VideoSource/MotionAlarm");
        lab.camera.script("tev:GetEventProperties", r -> Lab.reply(200, "<a><b></a>"));
        assertThat(get(EventStream.topics(device))).isEmpty();
    }

    @Test
    void aCameraWithoutPullPointsSendsItsEventsHere() throws Exception {
        lab.camera.misbehave(CameraFault.NO_PULL_POINTS);
        try (NotificationReceiver receiver =
                new NotificationReceiver(lab.loop, new InetSocketAddress("127.0.0.1", 0))) {
            EventStream stream = stream(new EventStream.Callback(receiver, "http://127.0.0.1:" + receiver.port()));
            await().atMost(Duration.ofSeconds(15)).until(() -> stream.state() == EventStream.State.RECEIVING);
            AtomicInteger emitted = new AtomicInteger();
            await().until(() -> {
                if (emitted.getAndIncrement() == 0) {
                    lab.camera.events().emit("tns1:VideoSource/MotionAlarm", "State", "true", "Changed");
                }
                return !told.isEmpty();
            });
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !lab.camera.events().renewed().isEmpty());
            get(stream.end());
            assertThat(lab.camera.events().subscriptions()).isZero();
        }
    }
}
