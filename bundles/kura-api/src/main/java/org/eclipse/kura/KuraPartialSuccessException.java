package org.eclipse.kura;

import java.util.List;

/** Some of several things were done, others failed. */
public class KuraPartialSuccessException extends KuraException {
    private static final long serialVersionUID = 1L;

    private final List<Throwable> causes;

    public KuraPartialSuccessException(String message, List<Throwable> causes) {
        super(KuraErrorCode.PARTIAL_SUCCESS, message);
        this.causes = causes;
    }

    /** What failed. */
    public List<Throwable> getCauses() {
        return causes;
    }
}
