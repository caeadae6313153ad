package solutions.itms.scs.server.command;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.command.Outcome.Kind;
import solutions.itms.scs.server.command.Outcome.Send;

/** The rules of a command's life, without any I/O. Every move it makes is in {@link CommandState#next()}. Stateless. */
final class LifeCycle {
    private static final int LONGEST_PAUSE_FACTOR = 8;

    private final Limits limits;

    /**
     * How long is waited.
     *
     * @param acknowledgement for the gateway's word that it has a command, after the first attempt; doubled for the next
     * @param attempts how often a command is sent to a connected gateway that says nothing
     * @param travel added to every end that the gateway decides, for reports that are on their way
     * @param cancel for the answer to a cancel, at least
     */
    record Limits(Duration acknowledgement, int attempts, Duration travel, Duration cancel) {
        static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(10), 5, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    LifeCycle(Limits limits) {
        this.limits = limits;
    }

    /** What the event does to a command that stands so. */
    Outcome on(Stand now, CommandEvent event, Instant at) {
        if (now.state().isFinal()) {
            return Outcome.of(afterTheEnd(event), now);
        }
        Outcome outcome = onOpen(now, event, at);
        if (outcome.to() != now.state() && !now.state().next().contains(outcome.to())) {
            throw new IllegalStateException(now.state() + " can't become " + outcome.to());
        }
        return outcome;
    }

    private static Kind afterTheEnd(CommandEvent event) {
        if (event instanceof CommandEvent.Ended) {
            return Kind.LATE;
        }
        return isOfPerson(event) ? Kind.REFUSED : Kind.IGNORED;
    }

    private static boolean isOfPerson(CommandEvent event) {
        return event instanceof CommandEvent.Approved
                || event instanceof CommandEvent.Refused
                || event instanceof CommandEvent.CancelAsked
                || event instanceof CommandEvent.Forced;
    }

    private Outcome onOpen(Stand now, CommandEvent event, Instant at) {
        if (event instanceof CommandEvent.GatewayRemoved) {
            return end(CommandState.REMOVED, EndCode.GATEWAY_REMOVED);
        }
        if (event instanceof CommandEvent.Forced) {
            return new Outcome(
                    Kind.MOVED, CommandState.CANCELLED, null, now.mayBeAtGateway() ? Send.CANCEL : Send.NOTHING, null);
        }
        if (event instanceof CommandEvent.DeadlineOver over) {
            return over(now, over.connected(), at);
        }
        return switch (now.state()) {
            case PENDING_APPROVAL -> whileNotApproved(now, event);
            case PENDING -> now.mayBeAtGateway() ? whileSent(now, event, at) : whileWaiting(now, event);
            default -> whileSent(now, event, at);
        };
    }

    private static Outcome whileNotApproved(Stand now, CommandEvent event) {
        if (event instanceof CommandEvent.Approved) {
            return new Outcome(Kind.MOVED, CommandState.PENDING, now.expiresAt(), Send.NOTHING, null);
        }
        if (event instanceof CommandEvent.Refused) {
            return end(CommandState.REJECTED, EndCode.REFUSED_BY_APPROVER);
        }
        return cancelOrNothing(now, event);
    }

    private Outcome whileWaiting(Stand now, CommandEvent event) {
        if (event instanceof CommandEvent.Turn) {
            return new Outcome(Kind.KEPT, CommandState.PENDING, end(now), Send.COMMAND, null);
        }
        return cancelOrNothing(now, event);
    }

    /** Nothing was sent: what the gateway says of it can't be true. */
    private static Outcome cancelOrNothing(Stand now, CommandEvent event) {
        if (event instanceof CommandEvent.CancelAsked) {
            return end(CommandState.CANCELLED, null);
        }
        boolean said = event instanceof CommandEvent.Ended || event instanceof CommandEvent.Started;
        return Outcome.of(said || isOfPerson(event) ? Kind.REFUSED : Kind.IGNORED, now);
    }

    private Outcome whileSent(Stand now, CommandEvent event, Instant at) {
        if (event instanceof CommandEvent.Ended ended) {
            return end(ended.to(), null);
        }
        if (event instanceof CommandEvent.Unsendable unsendable) {
            return now.state() == CommandState.PENDING
                    ? end(CommandState.FAILED, unsendable.code())
                    : Outcome.of(Kind.IGNORED, now);
        }
        if (event instanceof CommandEvent.HandedOver) {
            return now.state() == CommandState.PENDING ? handedOver(now, at) : Outcome.of(Kind.IGNORED, now);
        }
        if (event instanceof CommandEvent.Accepted) {
            return accepted(now);
        }
        if (event instanceof CommandEvent.Started) {
            return now.state() == CommandState.RUNNING || now.state() == CommandState.CANCELLING
                    ? Outcome.of(Kind.IGNORED, now)
                    : running(now, at);
        }
        if (event instanceof CommandEvent.CancelAsked) {
            return cancelling(now, at);
        }
        if (event instanceof CommandEvent.CancelRefused) {
            return now.state() == CommandState.CANCELLING ? running(now, at) : Outcome.of(Kind.IGNORED, now);
        }
        if (event instanceof CommandEvent.CancelUnknown) {
            return now.state() == CommandState.CANCELLING && !now.acknowledged() && at.isBefore(now.expiresAt())
                    ? new Outcome(Kind.KEPT, CommandState.CANCELLING, now.deadline(), Send.COMMAND, null)
                    : Outcome.of(Kind.IGNORED, now);
        }
        if (event instanceof CommandEvent.GatewayCame came) {
            return gatewayCame(now, came.known(), at);
        }
        return Outcome.of(isOfPerson(event) ? Kind.REFUSED : Kind.IGNORED, now);
    }

    private Outcome handedOver(Stand now, Instant at) {
        Instant deadline = now.acknowledged() ? end(now) : acknowledgementUntil(now, at);
        return new Outcome(Kind.MOVED, CommandState.DISPATCHED, deadline, Send.NOTHING, null);
    }

    private Outcome accepted(Stand now) {
        boolean counts =
                now.state() == CommandState.PENDING || now.state() == CommandState.DISPATCHED && !now.acknowledged();
        if (!counts) {
            return Outcome.of(Kind.IGNORED, now);
        }
        Kind kind = now.state() == CommandState.PENDING ? Kind.MOVED : Kind.KEPT;
        return new Outcome(kind, CommandState.DISPATCHED, end(now), Send.NOTHING, null);
    }

    private Outcome running(Stand now, Instant at) {
        Instant deadline = at.plus(now.timeout()).plus(limits.travel());
        return new Outcome(Kind.MOVED, CommandState.RUNNING, deadline, Send.NOTHING, null);
    }

    private Outcome cancelling(Stand now, Instant at) {
        if (now.state() == CommandState.CANCELLING) {
            return new Outcome(Kind.KEPT, CommandState.CANCELLING, now.deadline(), Send.CANCEL, null);
        }
        Instant deadline = latest(at.plus(limits.cancel()), now.deadline());
        return new Outcome(Kind.MOVED, CommandState.CANCELLING, deadline, Send.CANCEL, null);
    }

    private Outcome gatewayCame(Stand now, boolean known, Instant at) {
        if (now.state() == CommandState.CANCELLING) {
            return new Outcome(Kind.KEPT, CommandState.CANCELLING, now.deadline(), Send.CANCEL, null);
        }
        if (now.state() != CommandState.DISPATCHED || now.acknowledged() || known || !at.isBefore(now.expiresAt())) {
            return Outcome.of(Kind.IGNORED, now);
        }
        return new Outcome(Kind.KEPT, CommandState.DISPATCHED, acknowledgementUntil(now, at), Send.COMMAND, null);
    }

    private Outcome over(Stand now, boolean connected, Instant at) {
        return switch (now.state()) {
            case PENDING_APPROVAL -> end(CommandState.EXPIRED, EndCode.NOT_APPROVED);
            case PENDING ->
                now.mayBeAtGateway()
                        ? end(CommandState.TIMEOUT, EndCode.NO_ACKNOWLEDGEMENT)
                        : end(CommandState.EXPIRED, EndCode.NOT_CONNECTED);
            case DISPATCHED ->
                now.acknowledged() ? end(CommandState.TIMEOUT, EndCode.NO_RESULT) : silent(now, connected, at);
            case RUNNING -> end(CommandState.TIMEOUT, EndCode.NO_RESULT);
            default -> end(CommandState.TIMEOUT, EndCode.NO_ANSWER_TO_CANCEL);
        };
    }

    private Outcome silent(Stand now, boolean connected, Instant at) {
        if (!at.isBefore(end(now))) {
            return end(CommandState.TIMEOUT, EndCode.NO_ACKNOWLEDGEMENT);
        }
        if (!connected || !at.isBefore(now.expiresAt())) {
            return new Outcome(Kind.KEPT, CommandState.DISPATCHED, acknowledgementUntil(now, at), Send.NOTHING, null);
        }
        return now.attempts() >= limits.attempts()
                ? end(CommandState.FAILED, EndCode.NO_ACKNOWLEDGEMENT)
                : new Outcome(Kind.KEPT, CommandState.DISPATCHED, acknowledgementUntil(now, at), Send.COMMAND, null);
    }

    private Instant acknowledgementUntil(Stand now, Instant at) {
        int factor = Math.min(1 << Math.min(Math.max(now.attempts() - 1, 0), 10), LONGEST_PAUSE_FACTOR);
        Instant until = at.plus(limits.acknowledgement().multipliedBy(factor));
        Instant end = end(now);
        return until.isBefore(end) ? until : end;
    }

    /** When a command that was not begun is over for certain. */
    private Instant end(Stand now) {
        return now.expiresAt().plus(limits.travel());
    }

    private static Outcome end(CommandState to, @Nullable EndCode code) {
        return new Outcome(Kind.MOVED, to, null, Send.NOTHING, code);
    }

    private static Instant latest(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other) ? one : other;
    }
}
