package solutions.itms.scs.api.command;

/** A file that a result names. */
public interface ResultFile {
    /** Identifies it here and at the server, 32 hexadecimal digits. */
    String id();

    /** As people see it. */
    String name();

    /** Such as {@code video/mp4}. */
    String mediaType();

    /** Bytes. */
    long size();

    /** Of its content, hex in lower case. */
    String sha256();
}
