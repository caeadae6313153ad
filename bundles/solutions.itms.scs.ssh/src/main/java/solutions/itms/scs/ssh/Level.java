package solutions.itms.scs.ssh;

import java.util.Locale;

/** How far a probe comes, in this order. */
enum Level {
    /** The port accepts a connection. */
    TCP,
    /** Whoever is there speaks SSH. */
    BANNER,
    /** It is the gate that it should be: its host key is the pinned one. */
    HOST_KEY,
    /** It lets us in. */
    LOGIN,
    /** It does what it is asked. */
    COMMAND;

    /** As it stands in results and events. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
