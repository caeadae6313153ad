package org.eclipse.kura.channel.listener;

import org.eclipse.kura.annotation.NotThreadSafe;
import org.eclipse.kura.channel.ChannelRecord;

/** Something that happened on a channel. */
@NotThreadSafe
public class ChannelEvent {
    private final ChannelRecord channelRecord;

    public ChannelEvent(ChannelRecord channelRecord) {
        this.channelRecord = channelRecord;
    }

    public ChannelRecord getChannelRecord() {
        return channelRecord;
    }

    @Override
    public String toString() {
        return "ChannelEvent [channelRecord=" + channelRecord + "]";
    }
}
