package solutions.itms.scs.onvif;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A place, a distance or a speed: -1 to 1 each; an axis that is null is not touched. */
public record PtzVector(
        @Nullable Double pan,
        @Nullable Double tilt,
        @Nullable Double zoom) {
    /** The commanded axes alone: some devices answer nonsense when the other one is there, though it is zero. */
    String xml() {
        StringBuilder out = new StringBuilder();
        if (pan != null || tilt != null) {
            out.append("<tt:PanTilt x=\"")
                    .append(number(pan))
                    .append("\" y=\"")
                    .append(number(tilt))
                    .append("\"/>");
        }
        if (zoom != null) {
            out.append("<tt:Zoom x=\"").append(number(zoom)).append("\"/>");
        }
        return out.toString();
    }

    /** The same axes, standing still. */
    PtzVector still() {
        return new PtzVector(pan == null ? null : 0.0, tilt == null ? null : 0.0, zoom == null ? null : 0.0);
    }

    private static String number(@Nullable Double value) {
        return String.format(Locale.ROOT, "%.4f", value == null ? 0 : value);
    }
}
