package solutions.itms.scs.onvif.soap;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.Digest;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.HttpClient;
import solutions.itms.scs.onvif.http.HttpRequest;
import solutions.itms.scs.onvif.http.HttpResponse;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.onvif.xml.XmlNode;

/**
 * Calls operations of one device and finds out how it wants to be told who we are: first without, then with HTTP Digest or
 * a token, as the refusal asks for; a token that is refused is tried once more when the device's clock has moved. Each way
 * is tried once, then nothing is sent for {@link AuthState#PAUSE}, so that no user is ever locked by us. Thread-safe.
 */
public final class SoapClient {
    private static final int MAX_BODY = 4 * 1024 * 1024;
    private static final Duration CLOCK_LIMIT = Duration.ofSeconds(4);
    private static final Duration MOVED = Duration.ofSeconds(1);

    /** Devices refuse them as not authorized when all their slots are taken. */
    private static final Set<String> SLOTS = Set.of("CreatePullPointSubscription", "wsnt:Subscribe");

    /** A digest or a nonce. */
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9+/=]{20,}");

    /** A way to say who we are. */
    private enum Mode {
        NONE,
        DIGEST,
        TOKEN,
        BOTH,
        TEXT
    }

    private final HttpClient http;
    private final Credentials credentials;
    private final DeviceClock clock;
    private @Nullable Mode accepted;
    private @Nullable Digest digest;
    private int refusals;
    private AuthState state = new AuthState("", null, null, -1);

    /** @param clock the device's; measured here when a token needs it */
    public SoapClient(HttpClient http, Credentials credentials, DeviceClock clock) {
        this.http = http;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** How it stands with who we are. */
    public synchronized AuthState state() {
        return state;
    }

    /** Calls an operation; the future fails with an {@link OnvifException}. */
    public CompletableFuture<XmlNode> call(SoapCall call) {
        AuthState now = state();
        if (now.isBlocked(clock.ours())) {
            return CompletableFuture.failedFuture(
                    new OnvifException(Kind.NOT_AUTHORIZED, String.valueOf(now.reason())));
        }
        return attempt(call, first(), new Tries());
    }

    /** Reads the device's clock, without a user if it lets us. */
    public CompletableFuture<Instant> readClock(Endpoint endpoint, String target) {
        SoapCall call = SoapCall.read(endpoint, target, Service.DEVICE, "GetSystemDateAndTime", CLOCK_LIMIT);
        return exchange(call, Mode.NONE)
                .thenCompose(answer -> answer.refused() ? authenticatedClock(call, answer) : done(answer, Mode.NONE))
                .thenApply(node -> {
                    Optional<Instant> time = DeviceTimes.of(node);
                    time.ifPresent(clock::observe);
                    return time.orElseGet(clock::now);
                });
    }

    private CompletableFuture<XmlNode> authenticatedClock(SoapCall call, Reply refusal) {
        Tries tries = new Tries();
        tries.measured = true;
        return credentials.present()
                ? refused(call, Mode.NONE, refusal, tries)
                : CompletableFuture.failedFuture(missing());
    }

    /** What was tried for one call. */
    private static final class Tries {
        final Set<Mode> modes = EnumSet.noneOf(Mode.class);
        boolean measured;
        boolean renewed;
    }

    /** An answer with where it came from. */
    private record Reply(Answers.Answer answer, HttpResponse response) {
        boolean refused() {
            return answer.refused();
        }
    }

    private synchronized Mode first() {
        if (accepted != null) {
            return accepted;
        }
        return switch (credentials.method()) {
            case TEXT -> Mode.TEXT;
            default -> Mode.NONE;
        };
    }

    private CompletableFuture<XmlNode> attempt(SoapCall call, Mode mode, Tries tries) {
        tries.modes.add(mode);
        if ((mode == Mode.TOKEN || mode == Mode.BOTH) && clock.ahead() == null && !tries.measured) {
            tries.measured = true;
            return readClock(call.endpoint(), Service.DEVICE.path())
                    .handle((time, failure) -> attempt(call, mode, tries))
                    .thenCompose(next -> next);
        }
        return exchange(call, mode)
                .thenCompose(reply -> reply.refused() ? refused(call, mode, reply, tries) : done(reply, mode));
    }

    private CompletableFuture<XmlNode> done(Reply reply, Mode mode) {
        XmlNode node = reply.answer().node();
        if (node == null) {
            OnvifException failure = reply.answer().failure();
            return CompletableFuture.failedFuture(
                    failure == null ? new OnvifException(Kind.MALFORMED, "no answer") : failure);
        }
        if (mode != Mode.NONE) {
            synchronized (this) {
                accepted = mode;
                refusals = 0;
                String how = mode == Mode.DIGEST && digest != null
                        ? "digest " + digest.algorithm()
                        : mode.name().toLowerCase(java.util.Locale.ROOT);
                state = new AuthState(how, null, null, -1);
            }
        }
        return CompletableFuture.completedFuture(node);
    }

    private CompletableFuture<XmlNode> refused(SoapCall call, Mode mode, Reply reply, Tries tries) {
        if (!credentials.present()) {
            return CompletableFuture.failedFuture(missing());
        }
        if (reply.answer().locked()) {
            return stop("the camera has locked the user " + credentials.user(), reply);
        }
        Optional<Digest> offered = Digest.of(reply.response(), credentials.user(), credentials.password());
        offered.ifPresent(this::remember);
        Mode next = next(mode, offered.isPresent(), reply, tries);
        if (next != null) {
            return attempt(call, next, tries);
        }
        if ((mode == Mode.TOKEN || mode == Mode.BOTH) && !tries.measured) {
            return withFreshClock(call, mode, reply, tries);
        }
        return mode == Mode.NONE
                ? CompletableFuture.failedFuture(new OnvifException(
                        Kind.NOT_AUTHORIZED, "the camera offers no way to log in that is allowed here"))
                : stopOrGoOn(call, reply);
    }

    private synchronized void remember(Digest offered) {
        digest = offered;
    }

    /** The next way to try; null when there is none. */
    private @Nullable Mode next(Mode mode, boolean digestOffered, Reply reply, Tries tries) {
        Credentials.Method method = credentials.method();
        boolean mayDigest = method == Credentials.Method.AUTO || method == Credentials.Method.DIGEST;
        boolean mayToken = method == Credentials.Method.AUTO || method == Credentials.Method.TOKEN;
        if (mode == Mode.DIGEST
                && digestOffered
                && !tries.renewed
                && (Digest.isStale(reply.response()) || accepts(Mode.DIGEST))) {
            tries.renewed = true; // a nonce ends with time; not every device says that it was that
            return Mode.DIGEST;
        }
        if (method == Credentials.Method.BOTH) {
            return mode == Mode.NONE ? Mode.BOTH : null;
        }
        if (digestOffered && mayDigest && !tries.modes.contains(Mode.DIGEST)) {
            return Mode.DIGEST;
        }
        boolean tokenLeft = mayToken && !tries.modes.contains(Mode.TOKEN);
        return tokenLeft && (mode != Mode.DIGEST || !accepts(Mode.DIGEST)) ? Mode.TOKEN : null;
    }

    private synchronized boolean accepts(Mode mode) {
        return accepted == mode;
    }

    /** Nothing but the device's clock may have changed. */
    private CompletableFuture<XmlNode> withFreshClock(SoapCall call, Mode mode, Reply reply, Tries tries) {
        tries.measured = true;
        Duration before = clock.ahead() == null ? Duration.ZERO : clock.ahead();
        return readClock(call.endpoint(), Service.DEVICE.path())
                .handle((time, failure) -> {
                    Duration after = clock.ahead() == null ? Duration.ZERO : clock.ahead();
                    boolean moved = after.minus(before).abs().compareTo(MOVED) > 0;
                    return moved ? attempt(call, mode, tries) : stopOrGoOn(call, reply);
                })
                .thenCompose(next -> next);
    }

    /** A user who is known may still lack the right to one operation: that alone is no reason to stop. */
    private CompletableFuture<XmlNode> stopOrGoOn(SoapCall call, Reply reply) {
        synchronized (this) {
            boolean maybeFull = SLOTS.contains(call.operation());
            refusals += maybeFull ? 0 : 1;
            if (accepted != null && refusals < 2) {
                return CompletableFuture.failedFuture(new OnvifException(
                        Kind.NOT_AUTHORIZED,
                        "the camera does not let the user " + credentials.user() + " do " + call.operation()));
            }
        }
        return stop("the camera refuses user or password", reply);
    }

    private CompletableFuture<XmlNode> stop(String reason, Reply reply) {
        int left = reply.answer().attemptsLeft();
        String text = reason + (left < 0 ? "" : "; it says that " + left + " attempts are left")
                + "; nothing is tried for half an hour, or until the password is changed";
        synchronized (this) {
            accepted = null;
            state = new AuthState("", text, clock.ours().plus(AuthState.PAUSE), left);
        }
        return CompletableFuture.failedFuture(new OnvifException(Kind.NOT_AUTHORIZED, text));
    }

    private static OnvifException missing() {
        return new OnvifException(Kind.NOT_AUTHORIZED, "the camera wants a user and a password");
    }

    private CompletableFuture<Reply> exchange(SoapCall call, Mode mode) {
        Digest current;
        synchronized (this) {
            current = digest;
        }
        if (mode == Mode.TEXT && !call.endpoint().tls()) {
            return CompletableFuture.failedFuture(
                    new OnvifException(Kind.NOT_AUTHORIZED, "the password itself is sent over TLS alone"));
        }
        String token = switch (mode) {
            case TOKEN, BOTH -> Envelope.digestToken(credentials, clock.now());
            case TEXT -> Envelope.textToken(credentials);
            case NONE, DIGEST -> "";
        };
        HttpRequest request = new HttpRequest(
                "POST",
                call.target(),
                Map.of("Content-Type", "application/soap+xml; charset=utf-8; action=\"" + call.actionUri() + "\""),
                Envelope.of(call, token),
                call.idempotent());
        Digest proof = mode == Mode.DIGEST || mode == Mode.BOTH ? current : null;
        HttpRequest sent =
                proof == null ? request : request.with("Authorization", proof.authorization("POST", call.target()));
        return http.send(call.endpoint(), sent, call.limit(), MAX_BODY).thenApply(response -> {
            if (proof != null) {
                proof.take(response);
            }
            return new Reply(withoutSecrets(Answers.read(call, response)), response);
        });
    }

    /** A device may say back what it was sent. */
    private Answers.Answer withoutSecrets(Answers.Answer answer) {
        OnvifException failure = answer.failure();
        if (failure == null) {
            return answer;
        }
        String text = LONG_WORD.matcher(String.valueOf(failure.getMessage())).replaceAll("…");
        if (!credentials.password().isEmpty()) {
            text = text.replace(credentials.password(), "…");
        }
        return Answers.Answer.failed(failure.kind(), text);
    }

    /** A download such as a picture, as the same user; HTTP Digest when it is asked for, whatever SOAP wants. */
    public CompletableFuture<HttpResponse> get(Endpoint endpoint, String target, Duration limit, int maxBody) {
        return fetch(
                endpoint, new HttpRequest("GET", target, Map.of("Accept", "*/*"), new byte[0], true), limit, maxBody);
    }

    /** Asks an RTSP server to describe a stream, as the same user. @param uri without a user */
    public CompletableFuture<HttpResponse> describe(Endpoint endpoint, String uri, Duration limit) {
        return fetch(
                endpoint,
                new HttpRequest("DESCRIBE", uri, Map.of("Accept", "application/sdp"), new byte[0], true),
                limit,
                64 * 1024);
    }

    private CompletableFuture<HttpResponse> fetch(Endpoint endpoint, HttpRequest request, Duration limit, int maxBody) {
        AuthState now = state();
        if (now.isBlocked(clock.ours())) {
            return CompletableFuture.failedFuture(
                    new OnvifException(Kind.NOT_AUTHORIZED, String.valueOf(now.reason())));
        }
        return http.send(endpoint, request, limit, maxBody).thenCompose(response -> {
            Optional<Digest> offered = response.status() == 401 && credentials.present()
                    ? Digest.of(response, credentials.user(), credentials.password())
                    : Optional.empty();
            if (offered.isEmpty()) {
                return CompletableFuture.completedFuture(response);
            }
            String authorization = offered.get().authorization(request.method(), request.target());
            return http.send(endpoint, request.with("Authorization", authorization), limit, maxBody);
        });
    }
}
