package solutions.itms.scs.store;

/** What a committed transaction survives. */
public enum Durability {
    /** Power loss: the log is flushed to the disk before a commit returns. */
    FULL,
    /** The end of the process, however sudden; a power loss may take the last commits back, never half of one. */
    NORMAL
}
