package solutions.itms.scs.onvif;

import org.jspecify.annotations.Nullable;

/**
 * A media profile.
 *
 * @param token names it in calls
 * @param encoding such as H264 or H265; null when the profile has no video
 * @param width pixels
 * @param height pixels
 * @param frameRate limit in frames a second
 * @param bitrateKbit limit in kbit/s
 * @param videoSource token of the video source, which imaging wants; null when there is none
 * @param ptz token of its PTZ configuration; null when there is none
 */
public record MediaProfile(
        String token,
        String name,
        @Nullable String encoding,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Double frameRate,
        @Nullable Integer bitrateKbit,
        @Nullable String videoSource,
        @Nullable String ptz) {}
