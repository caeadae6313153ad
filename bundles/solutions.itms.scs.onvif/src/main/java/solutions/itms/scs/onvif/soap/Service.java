package solutions.itms.scs.onvif.soap;

import java.util.Optional;

/** The services of ONVIF that are used here, with the prefixes that every device knows. */
public enum Service {
    /** Device management. */
    DEVICE("tds", "http://www.onvif.org/ver10/device/wsdl", "/onvif/device_service"),
    /** Media 1. */
    MEDIA("trt", "http://www.onvif.org/ver10/media/wsdl", "/onvif/media_service"),
    /** Media 2, which alone knows H.265. */
    MEDIA2("tr2", "http://www.onvif.org/ver20/media/wsdl", "/onvif/media2_service"),
    /** Imaging. */
    IMAGING("timg", "http://www.onvif.org/ver20/imaging/wsdl", "/onvif/imaging_service"),
    /** Pan, tilt, zoom. */
    PTZ("tptz", "http://www.onvif.org/ver20/ptz/wsdl", "/onvif/ptz_service"),
    /** Events. */
    EVENTS("tev", "http://www.onvif.org/ver10/events/wsdl", "/onvif/event_service"),
    /** Relay outputs and digital inputs. */
    DEVICE_IO("tmd", "http://www.onvif.org/ver10/deviceIO/wsdl", "/onvif/deviceio_service"),
    /** Analytics. */
    ANALYTICS("tan", "http://www.onvif.org/ver20/analytics/wsdl", "/onvif/analytics_service"),
    /** Recording control. */
    RECORDING("trc", "http://www.onvif.org/ver10/recording/wsdl", "/onvif/recording_service"),
    /** Search in recordings. */
    SEARCH("tse", "http://www.onvif.org/ver10/search/wsdl", "/onvif/search_service"),
    /** Replay of recordings. */
    REPLAY("trp", "http://www.onvif.org/ver10/replay/wsdl", "/onvif/replay_service");

    private final String prefix;
    private final String namespace;
    private final String path;

    Service(String prefix, String namespace, String path) {
        this.prefix = prefix;
        this.namespace = namespace;
        this.path = path;
    }

    /** The usual prefix of its namespace. */
    public String prefix() {
        return prefix;
    }

    /** Its namespace, which is also how devices list it. */
    public String namespace() {
        return namespace;
    }

    /** Where most devices have it, for those that don't tell. */
    public String path() {
        return path;
    }

    /** The service of exactly this namespace: Media 2 contains the text of Media. */
    public static Optional<Service> of(String namespace) {
        for (Service service : values()) {
            if (service.namespace.equals(namespace)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
