package solutions.itms.scs.station;

import java.util.Collection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.log.Level;
import solutions.itms.scs.station.log.LogFiles;

/** Takes note of what happens in the station. Never blocks, never fails; thread-safe. */
interface Journal extends GateListener {
    /** Takes no notes. */
    Journal NONE = new Journal() {
        @Override
        public void app(Level level, String text) {
            // nobody asked
        }

        @Override
        public void changed(Collection<Gate> gates) {
            // nobody asked
        }

        @Override
        public void denied(Request request, String source, String why) {
            // nobody asked
        }

        @Override
        public void answered(Request request, Response response) {
            // nobody asked
        }
    };

    /** Something happened to the station itself. */
    void app(Level level, String text);

    /**
     * A request was refused for who made it, how, or how often.
     *
     * @param why to be read behind the request
     */
    void denied(Request request, String source, String why);

    /** A request was answered. */
    void answered(Request request, Response response);

    /** The log's files; null when there are none. */
    default @Nullable LogFiles files() {
        return null;
    }
}
