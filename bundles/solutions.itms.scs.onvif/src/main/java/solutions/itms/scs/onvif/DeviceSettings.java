package solutions.itms.scs.onvif;

import java.time.Duration;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.soap.Credentials;

/**
 * How to reach a device.
 *
 * @param endpoint where its device service listens
 * @param credentials who we are to it
 * @param fingerprint SHA-256 of its certificate, when it is known; empty to trust the first one
 * @param limit after which a call fails
 */
public record DeviceSettings(Endpoint endpoint, Credentials credentials, String fingerprint, Duration limit) {}
