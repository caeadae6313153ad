package solutions.itms.scs.message.command;

/** Who has to agree before a command goes out. */
public enum Approval {
    NONE,
    /** Somebody other than the one who asks for it. */
    SECOND_PERSON
}
