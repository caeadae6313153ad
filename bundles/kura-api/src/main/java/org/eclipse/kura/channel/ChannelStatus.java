package org.eclipse.kura.channel;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** How reading or writing a channel went. */
@Immutable
@ThreadSafe
public class ChannelStatus {
    private final ChannelFlag channelFlag;
    private final String exceptionMessage;
    private final Exception exception;

    public ChannelStatus(ChannelFlag channelFlag) {
        this(channelFlag, null, null);
    }

    public ChannelStatus(ChannelFlag channelFlag, String exceptionMessage, Exception exception) {
        this.channelFlag = channelFlag;
        this.exceptionMessage = exceptionMessage;
        this.exception = exception;
    }

    public ChannelFlag getChannelFlag() {
        return channelFlag;
    }

    public Exception getException() {
        return exception;
    }

    public String getExceptionMessage() {
        return exceptionMessage;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof ChannelStatus that
                && channelFlag == that.channelFlag
                && Objects.equals(exceptionMessage, that.exceptionMessage)
                && Objects.equals(exception, that.exception);
    }

    @Override
    public int hashCode() {
        return Objects.hash(channelFlag, exceptionMessage, exception);
    }

    @Override
    public String toString() {
        return "ChannelStatus [channelFlag=" + channelFlag + ", exceptionMessage=" + exceptionMessage + "]";
    }
}
