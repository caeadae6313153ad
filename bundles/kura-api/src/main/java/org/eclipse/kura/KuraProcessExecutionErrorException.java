package org.eclipse.kura;

/** A program of the operating system could not be run, or failed. */
public class KuraProcessExecutionErrorException extends KuraException {
    private static final long serialVersionUID = 1L;

    public KuraProcessExecutionErrorException(Object argument) {
        super(KuraErrorCode.PROCESS_EXECUTION_ERROR, argument);
    }

    public KuraProcessExecutionErrorException(Throwable cause, Object argument) {
        super(KuraErrorCode.PROCESS_EXECUTION_ERROR, cause, argument);
    }
}
