package org.eclipse.kura.driver;

import java.util.List;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelRecord;
import org.osgi.annotation.versioning.ConsumerType;

/** A reading that is done again and again. */
@ConsumerType
public interface PreparedRead extends AutoCloseable {
    List<ChannelRecord> execute() throws Driver.ConnectionException, KuraException;

    List<ChannelRecord> getChannelRecords();
}
