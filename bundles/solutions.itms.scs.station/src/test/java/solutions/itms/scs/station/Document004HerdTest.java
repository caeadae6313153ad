package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.testkit.GateFault;
import solutions.itms.scs.testkit.GateFleet;

/** Document 004, notes to section 6.1.1: many gates, back-off, and all of them at once. */
class Document004HerdTest extends StationFixture {
    private static final int GATES = 1_000;
    private static final GateFleet.Pace PACE = new GateFleet.Pace(Duration.ofSeconds(2), Duration.ofSeconds(4), 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    @DisplayName("H4: a thousand gates that all come at once are heard, and so after a break of the station")
    void aThousandGatesThatComeAtOnceAreHeard() throws Exception {
        int port = station.port();
        try (GateFleet fleet = new GateFleet(URI.create("http://127.0.0.1:" + port), GATES, 1, PACE, 3)) {
            fleet.startAtOnce();
            await().atMost(PATIENCE).until(() -> station.gates().all().size() == GATES);
            assertThat(fleet.failed()).isZero();
            assertThat(fleet.refused()).isZero();

            station.close();
            await().atMost(PATIENCE).until(() -> fleet.failed() >= GATES);
            long before = fleet.accepted();
            now.set(Clock.systemUTC().millis() + 60_000);
            long back = now.get();
            restart(Map.of("port", port));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(station.gates().all())
                            .hasSize(GATES)
                            .allSatisfy(gate ->
                                    assertThat(gate.receivedAt().toEpochMilli()).isGreaterThanOrEqualTo(back)));
            assertThat(fleet.accepted()).isGreaterThanOrEqualTo(before + GATES);
            assertThat(fleet.refused()).isZero();
        }
    }

    @Test
    @DisplayName("H4: gates that misbehave do not keep the others from being heard")
    void gatesThatMisbehaveDoNotDisturbTheOthers() throws Exception {
        int port = station.port();
        GateFleet.Pace pace = new GateFleet.Pace(Duration.ofMillis(500), Duration.ofSeconds(1), 0);
        try (GateFleet fleet = new GateFleet(URI.create("http://127.0.0.1:" + port), 100, 1, pace, 3)) {
            GateFault[] faults = GateFault.values();
            for (int i = 50; i < 100; i++) {
                fleet.gates().get(i).misbehave(faults[1 + i % (faults.length - 1)]);
            }
            fleet.start();
            await().atMost(PATIENCE).until(() -> fleet.accepted() > 500 && fleet.refused() > 20);
            assertThat(station.gates().all().stream().filter(gate -> gate.status() == Status.ONLINE))
                    .hasSizeGreaterThan(50);
            assertThat(get("/time").statusCode()).isEqualTo(200);
        }
    }
}
