package org.eclipse.kura.channel;

/** Whether a channel was read or written. */
public enum ChannelFlag {
    FAILURE,
    SUCCESS
}
