package org.eclipse.kura.channel.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told what happens on a channel. */
@FunctionalInterface
@ConsumerType
public interface ChannelListener {
    void onChannelEvent(ChannelEvent event);
}
