package solutions.itms.scs.server.history;

/**
 * Names a series among those of its gateway.
 *
 * @param subject the topic behind {@code SCS-V1/}; that of another application begins with the application's id
 * @param metric as the payload names it
 */
public record SeriesKey(String subject, String metric) {}
