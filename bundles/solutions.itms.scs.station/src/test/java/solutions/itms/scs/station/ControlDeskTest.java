package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.station.ControlDesk.Need;

class ControlDeskTest extends StationFixture {
    private static final List<String> ALL = List.of("G1", "G2", "G3");

    @BeforeEach
    void emergency() throws Exception {
        restart(Map.of("leave.emergency.pin", "4711"));
        assertThat(ask(Operation.EMERGENCY, null, false, null).outcome()).isInstanceOf(Wishes.Outcome.Done.class);
    }

    @Test
    @DisplayName("E.4: leaving an emergency needs a confirmation, a reason and the PIN")
    void leavingAnEmergencyNeedsMore() throws Exception {
        assertThat(ask(Operation.STATION_CLOSE, null, false, null))
                .isEqualTo(new ControlDesk.Answer(
                        new Wishes.Outcome.LeavesEmergency(ALL), List.of(Need.CONFIRMATION, Need.REASON, Need.PIN)));
        assertThat(ask(Operation.STATION_CLOSE, " ", true, "4711").missing()).containsExactly(Need.REASON);
        assertThat(ask(Operation.STATION_CLOSE, "over", true, "1234").missing()).containsExactly(Need.PIN);
        assertThat(get("/operation/G1").body()).contains("emergency");
        assertThat(ask(Operation.STATION_CLOSE, "over", true, "4711").outcome())
                .isInstanceOf(Wishes.Outcome.Done.class);
        assertThat(get("/operation/G3").body()).contains("station_close");
        assertThat(ask(Operation.INSERVICE_ENTRY, null, false, null).missing())
                .as("no emergency any more")
                .isEmpty();
        assertThat(get("/operation/G2").body()).contains("inservice_entry");
    }

    @Test
    void enteringOrStayingInAnEmergencyNeedsNothing() throws Exception {
        assertThat(ask(Operation.EMERGENCY, null, false, "wrong").outcome()).isInstanceOf(Wishes.Outcome.Done.class);
        ControlDesk.Request aisle = new ControlDesk.Request(ALL, new Wanted.AisleMode(1), "screen", null, false, null);
        assertThat(station.desk().submit(aisle).get(10, TimeUnit.SECONDS).outcome())
                .isInstanceOf(Wishes.Outcome.Done.class);
    }

    @Test
    void guessingThePinTakesTooLong() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(Operation.STATION_CLOSE, "over", true, "000" + i).missing())
                    .containsExactly(Need.PIN);
        }
        assertThat(ask(Operation.STATION_CLOSE, "over", true, "4711").missing()).containsExactly(Need.PIN);
        assertThat(sent.alarms()).contains("unauthorized screen raised");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(ask(Operation.STATION_CLOSE, "over", true, "4711").missing()).isEmpty();
    }

    private ControlDesk.Answer ask(
            Operation operation, @Nullable String reason, boolean confirmed, @Nullable String pin) throws Exception {
        return station.desk()
                .submit(new ControlDesk.Request(ALL, new Wanted.Operate(operation), "screen", reason, confirmed, pin))
                .get(10, TimeUnit.SECONDS);
    }
}
