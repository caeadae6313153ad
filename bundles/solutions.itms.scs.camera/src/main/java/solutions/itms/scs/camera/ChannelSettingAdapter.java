package solutions.itms.scs.camera;

import java.util.List;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;

/** The one setting of a channel: what of the camera it is. */
final class ChannelSettingAdapter implements AD {
    private record Choice(String getLabel, String getValue) implements Option {}

    @Override
    public String getId() {
        return DriverAdapter.CHANNEL;
    }

    @Override
    public String getName() {
        return DriverAdapter.CHANNEL;
    }

    @Override
    public String getDescription() {
        return "What of the camera this channel is; ptz.pan, ptz.tilt and ptz.zoom can be written, from -1 to 1.";
    }

    @Override
    public String getDefault() {
        return "reachable";
    }

    @Override
    public Scalar getType() {
        return Scalar.STRING;
    }

    @Override
    public List<Option> getOption() {
        return DriverAdapter.CHANNELS.stream()
                .<Option>map(channel -> new Choice(channel, channel))
                .toList();
    }

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public int getCardinality() {
        return 0;
    }

    @Override
    public String getMin() {
        return "";
    }

    @Override
    public String getMax() {
        return "";
    }
}
