package solutions.itms.scs.message.command;

/**
 * What is wrong with one value of a document.
 *
 * @param pointer where it is: a JSON pointer (RFC 6901), empty for the document itself
 * @param text what is allowed, to be read behind the name: {@code must be a whole number}
 */
public record Problem(String pointer, String text) {
    /** The last level of the pointer and the text; for people. */
    public String describe() {
        String name = pointer.isEmpty() ? "the value" : pointer.substring(1);
        return name + " " + text;
    }
}
