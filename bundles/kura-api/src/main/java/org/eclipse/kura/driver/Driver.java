package org.eclipse.kura.driver;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads and writes channels of a device. */
@ConsumerType
public interface Driver {
    String DRIVER_PID_PROPERTY_NAME = "driver.pid";

    void connect() throws ConnectionException;

    void disconnect() throws ConnectionException;

    ChannelDescriptor getChannelDescriptor();

    PreparedRead prepareRead(List<ChannelRecord> records);

    void read(List<ChannelRecord> records) throws ConnectionException;

    void registerChannelListener(Map<String, Object> channelConfig, ChannelListener listener)
            throws ConnectionException;

    void unregisterChannelListener(ChannelListener listener) throws ConnectionException;

    void write(List<ChannelRecord> records) throws ConnectionException;

    /** The device can't be reached. */
    final class ConnectionException extends Exception {
        private static final long serialVersionUID = 1L;

        public ConnectionException() {}

        public ConnectionException(String messsage) {
            super(messsage);
        }

        public ConnectionException(String message, Throwable cause) {
            super(message, cause);
        }

        public ConnectionException(Throwable cause) {
            super(cause);
        }
    }
}
