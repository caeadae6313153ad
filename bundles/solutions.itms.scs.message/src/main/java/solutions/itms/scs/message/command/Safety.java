package solutions.itms.scs.message.command;

/** What a command can do to the world, from harmless to dangerous. */
public enum Safety {
    /** Looks only. */
    READ_ONLY,
    /** Changes something that can be changed back without harm. */
    CHANGES_STATE,
    /** Interrupts a service or is hard to undo: a restart, an update. */
    DISRUPTIVE,
    /** People may be hurt or locked in when it is wrong. */
    SAFETY_CRITICAL;

    /** Whether a second person has to approve unless the registry says otherwise. */
    boolean needsSecondPerson() {
        return this == DISRUPTIVE || this == SAFETY_CRITICAL;
    }
}
