package solutions.itms.scs.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules without anything around them, for every state and every event. */
class LifeCycleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final LifeCycle LIFE = new LifeCycle(LifeCycle.Limits.DEFAULT);

    @Test
    void noEventMakesAnIllegalMoveAndEveryOpenStateHasADeadline() {
        int tried = 0;
        for (Stand stand : stands()) {
            for (CommandEvent event : events()) {
                Outcome outcome = LIFE.on(stand, event, NOW);
                tried++;
                if (stand.state().isFinal()) {
                    assertThat(outcome.to()).isEqualTo(stand.state());
                    assertThat(outcome.send()).isEqualTo(Outcome.Send.NOTHING);
                } else if (outcome.to() != stand.state()) {
                    assertThat(stand.state().next()).contains(outcome.to());
                }
                assertThat(outcome.deadline() == null).isEqualTo(outcome.to().isFinal());
            }
        }
        assertThat(tried).isGreaterThan(1_000);
    }

    @Test
    void whatIsOverdueMovesOrHasALaterDeadline() {
        for (Stand stand : stands()) {
            if (!stand.state().isFinal()) {
                Instant late = stand.expiresAt().plus(Duration.ofDays(1));
                assertThat(LIFE.on(stand, new CommandEvent.DeadlineOver(true), late)
                                .to()
                                .isFinal())
                        .as("%s", stand)
                        .isTrue();
                Outcome before = LIFE.on(stand, new CommandEvent.DeadlineOver(false), NOW);
                assertThat(before.deadline() == null || before.deadline().isAfter(NOW))
                        .isTrue();
            }
        }
    }

    @Test
    void whatWasNeverSentCanNotHaveBeenCarriedOut() {
        for (CommandState state : List.of(CommandState.PENDING_APPROVAL, CommandState.PENDING)) {
            Stand stand = stand(state, 0, false);
            assertThat(LIFE.on(stand, new CommandEvent.Ended(CommandState.SUCCESS), NOW)
                            .kind())
                    .isEqualTo(Outcome.Kind.REFUSED);
            assertThat(LIFE.on(stand, new CommandEvent.CancelAsked(), NOW).to()).isEqualTo(CommandState.CANCELLED);
        }
        assertThat(LIFE.on(stand(CommandState.PENDING, 1, false), new CommandEvent.CancelAsked(), NOW)
                        .to())
                .isEqualTo(CommandState.CANCELLING);
    }

    @Test
    void aResultMayComeBeforeEverythingElse() {
        for (CommandState state : List.of(CommandState.PENDING, CommandState.DISPATCHED, CommandState.RUNNING)) {
            Outcome outcome = LIFE.on(stand(state, 1, false), new CommandEvent.Ended(CommandState.SUCCESS), NOW);
            assertThat(outcome.to()).isEqualTo(CommandState.SUCCESS);
        }
    }

    private static List<Stand> stands() {
        List<Stand> stands = new ArrayList<>();
        for (CommandState state : CommandState.values()) {
            for (int attempts : new int[] {0, 1, 5, 100}) {
                stands.add(stand(state, attempts, false));
                stands.add(stand(state, attempts, true));
            }
        }
        return stands;
    }

    private static Stand stand(CommandState state, int attempts, boolean acknowledged) {
        boolean sent = state != CommandState.PENDING_APPROVAL && state != CommandState.PENDING;
        return new Stand(
                state,
                sent ? Math.max(1, attempts) : attempts,
                acknowledged,
                NOW.plusSeconds(600),
                Duration.ofSeconds(30),
                state.isFinal() ? null : NOW.plusSeconds(10));
    }

    private static List<CommandEvent> events() {
        return List.of(
                new CommandEvent.Approved(),
                new CommandEvent.Refused(),
                new CommandEvent.Turn(),
                new CommandEvent.Unsendable(EndCode.NO_COMMAND_KEY),
                new CommandEvent.HandedOver(),
                new CommandEvent.Accepted(),
                new CommandEvent.Started(),
                new CommandEvent.Ended(CommandState.SUCCESS),
                new CommandEvent.Ended(CommandState.FAILED),
                new CommandEvent.Ended(CommandState.CANCELLED),
                new CommandEvent.CancelAsked(),
                new CommandEvent.CancelUnknown(),
                new CommandEvent.CancelRefused(),
                new CommandEvent.Forced(),
                new CommandEvent.DeadlineOver(true),
                new CommandEvent.DeadlineOver(false),
                new CommandEvent.GatewayCame(true),
                new CommandEvent.GatewayCame(false),
                new CommandEvent.GatewayRemoved());
    }
}
