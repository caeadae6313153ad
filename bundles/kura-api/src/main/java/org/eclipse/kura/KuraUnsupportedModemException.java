package org.eclipse.kura;

/** A modem of an unknown model. */
public class KuraUnsupportedModemException extends KuraException {
    private static final long serialVersionUID = 1L;

    public KuraUnsupportedModemException(Object argument) {
        super(KuraErrorCode.UNSUPPORTED_MODEM, argument);
    }

    public KuraUnsupportedModemException(Throwable cause, Object argument) {
        super(KuraErrorCode.UNSUPPORTED_MODEM, cause, argument);
    }
}
