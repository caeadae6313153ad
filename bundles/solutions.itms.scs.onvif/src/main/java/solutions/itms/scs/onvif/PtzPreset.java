package solutions.itms.scs.onvif;

import org.jspecify.annotations.Nullable;

/** A position that the camera remembers. @param pan null when it does not tell where it is */
public record PtzPreset(
        String token,
        String name,
        @Nullable Double pan,
        @Nullable Double tilt,
        @Nullable Double zoom) {}
