package solutions.itms.scs.server.history;

/**
 * What became of samples since the start of the server.
 *
 * @param stored rows of the history
 * @param refused values that can't be kept: no number, too long, or one metric too many
 * @param clockReplaced messages whose device time could not be right
 */
public record HistoryCounts(long stored, long refused, long clockReplaced) {
    static final HistoryCounts NONE = new HistoryCounts(0, 0, 0);

    HistoryCounts plus(HistoryCounts more) {
        return new HistoryCounts(stored + more.stored, refused + more.refused, clockReplaced + more.clockReplaced);
    }
}
