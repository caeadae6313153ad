package solutions.itms.scs.station;

import java.time.Clock;
import java.time.ZoneId;

/** Section 6.1.6 of the station interface: the time. */
final class TimeRoutes {
    private final Clock clock;
    private final ZoneId zone;

    TimeRoutes(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    void addTo(Router router) {
        Resource time = Resource.read(exchange -> exchange.answer(200, Answers.time(clock.instant(), zone)));
        router.at("/time", time).at("/sync-time", time);
    }
}
