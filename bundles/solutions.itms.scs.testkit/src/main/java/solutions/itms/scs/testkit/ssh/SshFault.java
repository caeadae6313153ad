package solutions.itms.scs.testkit.ssh;

/** In which way a gate misbehaves over SSH. */
public enum SshFault {
    NONE,
    /** Accepts connections, and never says a word. */
    SILENT,
    /** Sends its greeting one byte every 300 ms. */
    SLOW_BANNER,
    /** Sends lines before the greeting without end. */
    ENDLESS_BANNER,
    /** Falls silent in the middle of the key exchange, with the connection left open, as behind a dead switch. */
    HALF_OPEN,
    /** Shows a new host key to each connection. */
    CHANGING_KEY,
    /** Lets in whoever may log in, and answers no command. */
    HANG_AFTER_LOGIN,
    /** Prints without end. */
    HUGE_OUTPUT,
    /** Ends each command with a status that says it failed. */
    FAILING_COMMAND,
    /** Answers in Thai, with decimal commas and the Buddhist year, whatever language it was asked in. */
    FOREIGN_LOCALE,
    /** Has no room left on its disk, and complains about it before each answer. */
    FULL_DISK,
    /** Rotates a log each time that 256 KiB of it have been read over SFTP. */
    ROTATING_LOG
}
