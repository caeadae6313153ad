package org.eclipse.kura.channel;

import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.annotation.NotThreadSafe;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;

/** One reading or writing of a channel. */
@NotThreadSafe
public class ChannelRecord {
    private final String channelName;
    private DataType valueType;
    private Map<String, Object> channelConfig;
    private ChannelStatus channelStatus;
    private TypedValue<?> value;
    private long timestamp;
    private String unit;

    private ChannelRecord(String channelName) {
        this.channelName = channelName;
    }

    public static ChannelRecord createReadRecord(String channelName, DataType valueType) {
        return createReadRecord(channelName, valueType, "");
    }

    public static ChannelRecord createReadRecord(String channelName, DataType valueType, String unit) {
        ChannelRecord made = new ChannelRecord(channelName);
        made.valueType = valueType;
        made.unit = unit;
        return made;
    }

    public static ChannelRecord createStatusRecord(String channelName, ChannelStatus status) {
        ChannelRecord made = new ChannelRecord(channelName);
        made.channelStatus = status;
        return made;
    }

    public static ChannelRecord createWriteRecord(String channelName, TypedValue<?> value) {
        ChannelRecord made = new ChannelRecord(channelName);
        made.value = value;
        made.valueType = value.getType();
        return made;
    }

    public Map<String, Object> getChannelConfig() {
        return channelConfig;
    }

    public String getChannelName() {
        return channelName;
    }

    public ChannelStatus getChannelStatus() {
        return channelStatus;
    }

    public long getTimestamp() {
        return timestamp;
    }

    public String getUnit() {
        return unit;
    }

    public TypedValue<?> getValue() {
        return value;
    }

    public DataType getValueType() {
        return valueType;
    }

    public void setChannelConfig(Map<String, Object> channelConfig) {
        this.channelConfig = channelConfig;
    }

    public void setChannelStatus(ChannelStatus status) {
        channelStatus = status;
    }

    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    public void setUnit(String unit) {
        this.unit = unit;
    }

    public void setValue(TypedValue<?> value) {
        this.value = value;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof ChannelRecord that
                && Objects.equals(channelName, that.channelName)
                && valueType == that.valueType
                && Objects.equals(channelConfig, that.channelConfig)
                && Objects.equals(channelStatus, that.channelStatus)
                && Objects.equals(value, that.value)
                && Objects.equals(unit, that.unit)
                && timestamp == that.timestamp;
    }

    @Override
    public int hashCode() {
        return Objects.hash(channelName, valueType, channelConfig, channelStatus, value, timestamp, unit);
    }

    @Override
    public String toString() {
        return "ChannelRecord [channelName=" + channelName + ", channelStatus=" + channelStatus + ", value=" + value
                + "]";
    }
}
