package solutions.itms.scs.message.command;

/** A registry or a schema that is faulty. The text says where and what is allowed. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryException(String text) {
        super(text);
    }

    RegistryException(String text, Throwable cause) {
        super(text, cause);
    }
}
