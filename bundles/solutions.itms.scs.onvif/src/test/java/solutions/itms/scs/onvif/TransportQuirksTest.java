package solutions.itms.scs.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.onvif.Lab.failure;
import static solutions.itms.scs.onvif.Lab.get;
import static solutions.itms.scs.onvif.Lab.reply;
import static solutions.itms.scs.onvif.Lab.soap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.onvif.http.Digest;
import solutions.itms.scs.onvif.http.HttpResponse;
import solutions.itms.scs.onvif.soap.Credentials;
import solutions.itms.scs.onvif.soap.DeviceTimes;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.testkit.camera.CameraAuth.Mode;
import solutions.itms.scs.testkit.camera.CameraFault;

/** Q1 to Q12: clocks, users, connections. */
class TransportQuirksTest {
    private static final String CLOCK = "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>%s"
            + "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>";

    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void q1TokensAreMadeWithTheTimeOfTheCamera() {
        lab.camera.auth().mode = Mode.TOKEN;
        lab.camera.skew(Duration.ofHours(-30));
        OnvifDevice device = lab.connected();
        get(device.management().information());
        assertThat(lab.camera.auth().refusals).isZero();
    }

    @Test
    void q1AClockThatWasResetIsMeasuredAgainBeforeAnybodyGivesUp() {
        lab.camera.auth().mode = Mode.TOKEN;
        OnvifDevice device = lab.connected();
        get(device.management().information());
        lab.camera.skew(Duration.ofDays(-9_000));
        get(device.management().information());
        assertThat(lab.camera.auth().refusals).isEqualTo(1);
    }

    @Test
    void q1ACameraThatTellsNobodyTheTimeIsAskedAsAUser() {
        lab.camera.everythingNeedsUser();
        lab.camera.auth().mode = Mode.DIGEST;
        OnvifDevice device = lab.connected();
        assertThat(device.clock().ahead()).isNotNull();
        get(device.management().information());
    }

    @ParameterizedTest
    @CsvSource({
        "2023-05-15T-07:10:32Z, 2023-05-15T07:10:32Z",
        "2023-05-15 07:10:32, 2023-05-15T07:10:32Z",
        "2023-5-15T7:10:32.5+07:00, 2023-05-15T00:10:32.500Z",
        "2023-05-15T00:61:16Z, 2023-05-15T01:01:16Z",
        "0000-00-00T00:00:00Z,",
        "yesterday,"
    })
    void q2OddTextsOfTimesAreReadAndAYearZeroIsNone(String text, @Nullable Instant time) {
        assertThat(DeviceTimes.parse(text)).isEqualTo(Optional.ofNullable(time));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<tt:TimeZone><tt:TZ>EST+5:00:00EDT04:00:00,M3.5.0/02:00:00,M10.5.0</tt:TZ></tt:TimeZone>|12:00:00",
                "<tt:TimeZone><tt:TZ>CST-7</tt:TZ></tt:TimeZone>|00:00:00",
                "<tt:TimeZone><tt:TZ>+07:00</tt:TZ></tt:TimeZone>|00:00:00",
                "<tt:TimeZone><tt:TZ>CST6CDT:</tt:TZ></tt:TimeZone>|13:00:00",
                "<tt:TimeZone><tt:TZ>???</tt:TZ></tt:TimeZone>|07:00:00"
            })
    void q2LocalTimeAndAnyTimeZoneDoWithoutUtc(String zone, String utc) {
        lab.camera.answer(
                "tds:GetSystemDateAndTime",
                CLOCK.formatted(zone + "<tt:LocalDateTime><tt:Time><tt:Hour>7</tt:Hour><tt:Minute>0</tt:Minute>"
                        + "<tt:Second>0</tt:Second></tt:Time><tt:Date><tt:Year>2026</tt:Year><tt:Month>5</tt:Month>"
                        + "<tt:Day>5</tt:Day></tt:Date></tt:LocalDateTime>"));
        assertThat(get(lab.connected().management().time()).time()).isEqualTo(Instant.parse("2026-05-05T" + utc + "Z"));
    }

    @Test
    void q2TimesThatRunOverAreReadAndNoTimeIsNoFailure() {
        lab.camera.answer("tds:GetSystemDateAndTime", CLOCK.formatted("<tt:DateTimeType>Manual</tt:DateTimeType>"));
        OnvifDevice device = lab.connected();
        assertThat(get(device.management().time()).time()).isNull();
        lab.camera.answer(
                "tds:GetSystemDateAndTime",
                CLOCK.formatted("<tt:UTCDateTime><tt:Time><tt:Hour>00</tt:Hour><tt:Minute>61</tt:Minute>"
                        + "<tt:Second>16</tt:Second></tt:Time><tt:Date><tt:Year>2026</tt:Year><tt:Month>5</tt:Month>"
                        + "<tt:Day>5</tt:Day></tt:Date></tt:UTCDateTime>"));
        assertThat(get(device.management().time()).time()).isEqualTo(Instant.parse("2026-05-05T01:01:16Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code></s:Fault>",
                "500|<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:SenderNotAuthorized</s:Value></s:Subcode></s:Code></s:Fault>",
                "200|<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>wsse:FailedAuthentication</s:Value></s:Subcode></s:Code></s:Fault>",
                "200|<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>Wsse authorized time check failed</s:Text></s:Reason></s:Fault>",
                "403|<nothing/>"
            })
    void q3ARefusalIsKnownInWhateverFormItComes(int status, String body) {
        lab.camera.auth().mode = Mode.NONE;
        OnvifDevice device = lab.connected();
        lab.camera.script(
                "tds:GetDeviceInformation",
                request -> request.contains("UsernameToken")
                        ? soap(
                                200,
                                "<tds:GetDeviceInformationResponse><tds:Model>M</tds:Model></tds:GetDeviceInformationResponse>")
                        : soap(status, body));
        assertThat(get(device.management().information()).model()).isEqualTo("M");
    }

    @Test
    void q3ALoginPageIsARefusal() {
        OnvifDevice device = lab.connected();
        lab.camera.auth().mode = Mode.NONE;
        lab.camera.script(
                "tds:GetScopes",
                request -> reply(200, "<!DOCTYPE html><html><body>Login <input name=password></html>"));
        assertThat(failure(device.management().scopes()).kind()).isEqualTo(Kind.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIGEST", "TOKEN", "EITHER"})
    void q4WhatTheCameraAcceptsIsFoundWithoutASingleRefusalOfAUserAndKept(String mode) {
        lab.camera.auth().mode = Mode.valueOf(mode);
        OnvifDevice device = lab.connected();
        get(device.management().information());
        int asked = lab.camera.asked("tds:GetUsers").size();
        get(device.management().users());
        assertThat(lab.camera.auth().refusals).isZero();
        assertThat(lab.camera.asked("tds:GetUsers")).hasSize(asked + 1);
        assertThat(device.authentication().mode()).isEqualTo(mode.equals("TOKEN") ? "token" : "digest MD5");
    }

    @Test
    void q4BothInOneRequestIsForThoseThatAreToldSo() {
        lab.camera.auth().mode = Mode.BOTH;
        OnvifDevice device =
                lab.device(new Credentials("admin", "secret", Credentials.Method.BOTH), Duration.ofSeconds(4));
        get(device.connect());
        get(device.management().information());
    }

    @ParameterizedTest
    @CsvSource({"MD5,auth", "SHA-256,auth", "'\"SHA-256\"',auth", "'',auth", "'',''", "MD5,'auth,auth-int'"})
    void q5EveryKindOfChallengeIsMet(String algorithm, String qop) {
        lab.camera.auth().mode = Mode.DIGEST;
        lab.camera.auth().algorithm = algorithm;
        lab.camera.auth().qop = qop;
        get(lab.connected().management().information());
        assertThat(lab.camera.auth().refusals).isZero();
    }

    @Test
    void q5OfSeveralChallengesTheStrongestIsTaken() {
        lab.camera.auth().mode = Mode.DIGEST;
        lab.camera.auth().algorithm = "SHA-256";
        lab.camera.auth().otherChallenges = "WWW-Authenticate: Basic realm=\"x\"\r\n"
                + "WWW-Authenticate: Digest realm=\"x\", nonce=\"abc\", algorithm=MD5, qop=\"auth\"\r\n";
        OnvifDevice device = lab.connected();
        get(device.management().information());
        assertThat(device.authentication().mode()).isEqualTo("digest SHA-256");
    }

    @Test
    void q5SeveralChallengesMayBeInOneHeader() {
        String header = "Digest realm=\"a, b\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\", Basic realm=\"x\"";
        HttpResponse refusal = new HttpResponse(401, List.of(Map.entry("WWW-Authenticate", header)), new byte[0], true);
        assertThat(Digest.of(refusal, "u", "p"))
                .hasValueSatisfying(digest -> assertThat(digest.algorithm()).isEqualTo("SHA-256"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void q5ANonceThatIsOldIsReplacedWhetherTheCameraSaysStaleOrNot(boolean says) {
        lab.camera.auth().mode = Mode.DIGEST;
        lab.camera.auth().nonceUses = 2;
        lab.camera.auth().tellsStale = says;
        OnvifDevice device = lab.connected();
        for (int i = 0; i < 7; i++) {
            get(device.management().information());
        }
        assertThat(lab.camera.auth().refusals).isZero();
    }

    @Test
    void q5TheNextNonceIsTakenFromTheAnswer() {
        lab.camera.auth().mode = Mode.DIGEST;
        lab.camera.auth().nextNonce = true;
        OnvifDevice device = lab.connected();
        for (int i = 0; i < 4; i++) {
            get(device.management().information());
        }
        assertThat(lab.camera.asked("tds:GetDeviceInformation")).hasSize(5);
    }

    @Test
    void q6TheFirstRequestHasItsWholeBodyThoughItWillBeRefused() {
        lab.camera.auth().mode = Mode.DIGEST;
        get(lab.connected().management().information());
        assertThat(lab.camera.requests()).allMatch(body -> body.endsWith("</s:Envelope>"));
    }

    @Test
    void q7AWrongPasswordIsTriedOnceInEachWayAndThenNoMore() {
        lab.camera.auth().password = "other";
        OnvifDevice device = lab.connected();
        assertThat(failure(device.management().information()).kind()).isEqualTo(Kind.NOT_AUTHORIZED);
        int refusals = lab.camera.auth().refusals;
        assertThat(refusals).isBetween(1, 2);
        for (int i = 0; i < 10; i++) {
            assertThat(failure(device.management().information())).hasMessageContaining("refuses user or password");
        }
        assertThat(lab.camera.auth().refusals).isEqualTo(refusals);
        assertThat(device.authentication().until()).isAfter(Instant.now().plusSeconds(1_700));
    }

    @Test
    void q7AttemptsThatAreLeftAndALockAreReasonsThatPeopleSee() {
        OnvifDevice device = lab.connected();
        lab.camera.auth().mode = Mode.NONE;
        String fault = "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value>"
                + "</s:Subcode></s:Code><s:Reason><s:Text>%s</s:Text></s:Reason></s:Fault>";
        lab.camera.script("tds:GetScopes", r -> soap(400, fault.formatted("You still have 24 attempt(s)")));
        assertThat(failure(device.management().scopes())).hasMessageContaining("24 attempts are left");
        assertThat(device.authentication().attemptsLeft()).isEqualTo(24);
        OnvifDevice other = lab.connected();
        lab.camera.script("tds:GetScopes", r -> soap(400, fault.formatted("The account is locked")));
        assertThat(failure(other.management().scopes())).hasMessageContaining("has locked the user admin");
    }

    @Test
    void q7APasswordThatWasChangedAtTheCameraIsNotTriedUntilItLocks() {
        OnvifDevice device = lab.connected();
        get(device.management().information());
        lab.camera.auth().password = "other";
        for (int i = 0; i < 20; i++) {
            failure(device.management().information());
        }
        assertThat(lab.camera.auth().refusals).isLessThan(5);
    }

    @Test
    void q8EveryTokenHasANonceOfItsOwnAndThePasswordItselfGoesOverTlsAlone() {
        lab.camera.auth().mode = Mode.TOKEN;
        OnvifDevice device = lab.connected();
        for (int i = 0; i < 5; i++) {
            get(device.management().information()); // the camera refuses a nonce that it has seen
        }
        assertThat(lab.camera.auth().refusals).isZero();
        OnvifDevice plain =
                lab.device(new Credentials("admin", "secret", Credentials.Method.TEXT), Duration.ofSeconds(4));
        assertThat(failure(plain.management().information())).hasMessageContaining("over TLS alone");
        assertThat(lab.camera.requests()).noneMatch(request -> request.contains("secret"));
    }

    @Test
    void q9AConnectionThatWasClosedMeanwhileCostsAReadNothingAndAMoveIsNeverSentTwice() {
        OnvifDevice device = lab.connected();
        lab.camera.misbehave(CameraFault.CLOSES_WITHOUT_NOTICE);
        for (int i = 0; i < 10; i++) {
            get(device.management().information());
        }
        get(device.ptz().relativeMove("main", new PtzVector(0.1, 0.0, null)));
        assertThat(lab.camera.ptz().moves()).hasSize(1);
    }

    @Test
    void q9AReadWithoutAnAnswerIsSentOnceMoreAMoveNever() {
        OnvifDevice device = lab.connected();
        get(device.management().information());
        int before = lab.camera.connections();
        get(device.ptz().relativeMove("main", new PtzVector(0.1, 0.0, null)));
        assertThat(lab.camera.connections())
                .as("a move goes by a connection that can't have been closed meanwhile")
                .isEqualTo(before + 1);
        lab.camera.misbehave(CameraFault.CLOSES_INSTEAD_OF_ANSWERING);
        failure(device.ptz().relativeMove("main", new PtzVector(0.2, 0.0, null)));
        failure(device.management().scopes());
        assertThat(lab.camera.asked("tptz:RelativeMove")).hasSize(2);
        assertThat(lab.camera.asked("tds:GetScopes").size()).isBetween(2, 3);
    }

    @Test
    void q9AConnectionIsClosedBeforeTheCameraWouldDoIt() {
        OnvifDevice device = lab.connected();
        get(device.management().information());
        assertThat(lab.site.openConnections()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(8)).until(() -> lab.site.openConnections() == 0);
    }

    @Test
    void q9EachThirdConnectionMayBeDropped() {
        lab.camera.misbehave(CameraFault.DROPS_EACH_THIRD_CONNECTION).misbehave(CameraFault.CLOSES_WITHOUT_NOTICE);
        OnvifDevice device = lab.connected();
        for (int i = 0; i < 12; i++) {
            get(device.management().information());
        }
    }

    @Test
    void q11OneCallAtATimeAndNotTooManyInARow() {
        OnvifDevice device = lab.connected();
        AtomicInteger together = new AtomicInteger();
        lab.camera.script("tds:GetScopes", request -> {
            together.incrementAndGet();
            return soap(200, "<tds:GetScopesResponse/>");
        });
        List<CompletableFuture<?>> calls = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            calls.add(device.management().scopes());
        }
        calls.forEach(Lab::get);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(lab.camera.connections()).isEqualTo(1);
    }

    @Test
    void q11TooManyThatWaitAreRefused() {
        OnvifDevice device = lab.connected();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(device.management().scopes());
        }
        assertThat(calls.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .count())
                .isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HANGS", "ANSWERS_AFTER_A_MINUTE", "SENDS_100_MB", "SENDS_BILLION_LAUGHS", "TRICKLES"})
    @Timeout(15)
    void q12WhateverACameraDoesItsCallsEndInTime(String fault) {
        OnvifDevice device =
                lab.device(new Credentials("admin", "secret", Credentials.Method.AUTO), Duration.ofMillis(700));
        get(device.connect());
        lab.camera.misbehave(CameraFault.valueOf(fault));
        long began = System.nanoTime();
        OnvifException failure = failure(device.management().information());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        assertThat(failure.kind()).isIn(Kind.TIMEOUT, Kind.MALFORMED);
    }

    @Test
    void q12AnAnswerIsCutOffWhereItIsTooLarge() {
        OnvifDevice device =
                lab.device(new Credentials("admin", "secret", Credentials.Method.AUTO), Duration.ofSeconds(15));
        get(device.connect());
        lab.camera.misbehave(CameraFault.SENDS_100_MB);
        assertThat(failure(device.management().information())).hasMessageContaining("more than 4194304 bytes");
    }

    @Test
    void q12ABodyWithoutALengthAndOneThatIsCutOffAreTakenWhenTheyAreComplete() {
        OnvifDevice device = lab.connected();
        lab.camera.auth().mode = Mode.NONE;
        String body =
                "<a><Body><GetScopesResponse><Scopes><ScopeItem>x</ScopeItem></Scopes></GetScopesResponse></Body></a>";
        lab.camera.script("tds:GetScopes", r -> reply(200, body.replace("a>", "Envelope>")));
        assertThat(get(device.management().scopes())).containsExactly("x");
        lab.camera.script("tds:GetScopes", r -> reply(200, body.substring(0, 40)));
        assertThat(failure(device.management().scopes()).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void q44NoWaitIsWithoutAnEnd() {
        lab.camera.misbehave(CameraFault.HANGS);
        OnvifDevice device =
                lab.device(new Credentials("admin", "secret", Credentials.Method.AUTO), Duration.ofMillis(300));
        List<CompletableFuture<?>> all = List.of(
                device.management().information(),
                device.media().profiles(),
                device.media().snapshot("main"),
                device.imaging().settings("vs0"),
                device.ptz().status("main"),
                EventStream.topics(device));
        all.forEach(call -> assertThat(failure(call).kind()).isEqualTo(Kind.TIMEOUT));
        String stream = "rtsp://127.0.0.1:" + lab.camera.port() + "/live";
        assertThat(device.media().answers(stream))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(false);
    }
}
