package solutions.itms.scs.testkit.nvr;

/** What a simulated recorder does wrong. */
public enum NvrFault {
    /** Says that its data begins in 1970. */
    BEGINS_IN_1970,
    /** Finds everything, whatever it was asked to find. */
    FILTERS_NOTHING,
    /** Refuses a search with a topic. */
    REFUSES_TOPICS,
    /** Forgets its first session after a page. */
    FORGETS_A_SESSION,
    /** Never says that a search is complete, and finds nothing. */
    SEARCHES_FOR_EVER,
    /** Gives two results at a time. */
    SMALL_PAGES,
    /** Does not tell how things stood at the begin of a search. */
    NO_START_STATE,
    /** Can't search for events. */
    NO_EVENTS,
    /** Has no Profile G, and answers what it does not know with an empty success. */
    NO_PROFILE_G,
    /** Records nothing any more. */
    NOT_RECORDING,
    /** A job has an error. */
    JOB_ERROR,
    /** Its replay is said to be at another host. */
    WRONG_REPLAY_HOST
}
