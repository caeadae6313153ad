package org.eclipse.kura.message;

/** The last message of a connection that ends in order. */
public class KuraDisconnectPayload extends KuraPayload {
    private static final String UPTIME = KuraDeviceProfile.UPTIME_KEY;
    private static final String DISPLAY_NAME = KuraDeviceProfile.DISPLAY_NAME_KEY;

    public KuraDisconnectPayload(String uptime, String displayName) {
        addMetric(UPTIME, uptime);
        addMetric(DISPLAY_NAME, displayName);
    }

    public KuraDisconnectPayload(KuraPayload kuraMessage) {
        kuraMessage.metrics().forEach(this::addMetric);
        setTimestamp(kuraMessage.getTimestamp());
        setPosition(kuraMessage.getPosition());
        setBody(kuraMessage.getBody());
    }

    public String getUptime() {
        return (String) getMetric(UPTIME);
    }

    public String getDisplayName() {
        return (String) getMetric(DISPLAY_NAME);
    }

    @Override
    public String toString() {
        return "KuraDisconnectPayload" + metrics();
    }
}
