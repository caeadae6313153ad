package solutions.itms.scs.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.onvif.EventStream;

class DriverAdapterTest {
    private final Lab lab = new Lab();
    private final Camera camera = lab.camera("interval", 3600);
    private final DriverAdapter driver = new DriverAdapter(() -> camera);

    @AfterEach
    void close() {
        driver.close();
        lab.close();
    }

    private static ChannelRecord reading(String channel, DataType type) {
        ChannelRecord record = ChannelRecord.createReadRecord(channel, type);
        record.setChannelConfig(Map.of(DriverAdapter.CHANNEL, channel));
        return record;
    }

    @Test
    void everyChannelIsReadAndWhatIsNoneIsSaid() {
        await().until(() -> camera.health().reachable());
        List<ChannelRecord> records = new ArrayList<>(List.of(
                reading("reachable", DataType.BOOLEAN),
                reading("motion", DataType.INTEGER),
                reading("ptz.pan", DataType.DOUBLE),
                reading("stream", DataType.STRING),
                reading("snapshot", DataType.BYTE_ARRAY),
                reading("weather", DataType.STRING)));
        driver.read(records);
        assertThat(records.get(0).getValue()).isEqualTo(TypedValues.newBooleanValue(true));
        assertThat(records.get(1).getValue()).isEqualTo(TypedValues.newIntegerValue(0));
        assertThat(records.get(2).getValue()).isEqualTo(TypedValues.newDoubleValue(0));
        assertThat(records.get(3).getValue()).isEqualTo(TypedValues.newStringValue("true"));
        assertThat((byte[]) records.get(4).getValue().getValue()).hasSizeGreaterThan(500);
        assertThat(records.get(5).getChannelStatus().getChannelFlag()).isEqualTo(ChannelFlag.FAILURE);
        assertThat(records.get(5).getChannelStatus().getExceptionMessage()).contains("must be one of reachable");
        assertThat(records.get(0).getTimestamp()).isPositive();
    }

    @Test
    void itMovesWhenItIsWritten() {
        ChannelRecord pan = ChannelRecord.createWriteRecord("p", TypedValues.newDoubleValue(0.5));
        pan.setChannelConfig(Map.of(DriverAdapter.CHANNEL, "ptz.pan"));
        ChannelRecord far = ChannelRecord.createWriteRecord("p", TypedValues.newDoubleValue(7));
        far.setChannelConfig(Map.of(DriverAdapter.CHANNEL, "ptz.pan"));
        driver.write(List.of(pan, far));
        assertThat(pan.getChannelStatus().getChannelFlag()).isEqualTo(ChannelFlag.SUCCESS);
        assertThat(far.getChannelStatus().getExceptionMessage()).isEqualTo("must be a number from -1 to 1");
        assertThat(lab.simulated.ptz().moves()).containsExactly("AbsoluteMove 0.5000 0.0000");
    }

    @Test
    void listenersAreToldOfMotion() {
        List<Object> told = new CopyOnWriteArrayList<>();
        driver.register(
                Map.of(DriverAdapter.CHANNEL, "motion", "+name", "m", "+value.type", "BOOLEAN"),
                event -> told.add(event.getChannelRecord().getValue().getValue()));
        await().until(() -> camera.events() == EventStream.State.PULLING
                && lab.simulated.events().pulls() > 0);
        lab.simulated.events().emit("tns1:VideoSource/MotionAlarm", "State", "true", "Changed");
        lab.simulated.events().emit("tns1:VideoSource/MotionAlarm", "State", "false", "Changed");
        await().until(() -> told.equals(List.of(false, true, false)));
    }

    @Test
    void theSettingOfAChannelIsDescribed() {
        ChannelSettingAdapter setting = new ChannelSettingAdapter();
        assertThat(setting.getOption())
                .hasSize(9)
                .anyMatch(option -> option.getValue().equals("ptz.zoom"));
        assertThat(setting.getId()).isEqualTo("camera.channel");
    }
}
