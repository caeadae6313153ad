package solutions.itms.scs.onvif;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.xml.XmlNode;

/** Which services a device has, from either of the two calls that tell. Stateless. */
final class ServiceList {
    private static final Map<String, Service> CATEGORIES = Map.of(
            "Device", Service.DEVICE,
            "Media", Service.MEDIA,
            "Imaging", Service.IMAGING,
            "PTZ", Service.PTZ,
            "Events", Service.EVENTS,
            "Analytics", Service.ANALYTICS,
            "DeviceIO", Service.DEVICE_IO,
            "Recording", Service.RECORDING,
            "Search", Service.SEARCH,
            "Replay", Service.REPLAY);
    private static final int MAX = 64;

    private ServiceList() {}

    static List<ServiceEntry> ofServices(XmlNode response) {
        List<ServiceEntry> all = new ArrayList<>();
        for (XmlNode service : response.all("Service").stream().limit(MAX).toList()) {
            String namespace = service.text("Namespace").orElse("");
            if (!namespace.isEmpty()) {
                String major = service.text("Version", "Major").orElse("");
                String minor = service.text("Version", "Minor").orElse("");
                String version = major.isEmpty() ? "" : major + "." + (minor.isEmpty() ? "0" : minor);
                all.add(new ServiceEntry(
                        namespace,
                        version,
                        Addresses.redacted(service.text("XAddr").orElse(""))));
            }
        }
        return all;
    }

    static List<ServiceEntry> ofCapabilities(XmlNode response) {
        List<ServiceEntry> all = new ArrayList<>();
        response.walk().limit(10_000).forEach(node -> {
            Service service = CATEGORIES.get(node.name());
            String address = node.text("XAddr").orElse("");
            if (service != null && !address.isEmpty() && all.size() < MAX) {
                all.add(new ServiceEntry(service.namespace(), "", Addresses.redacted(address)));
            }
        });
        return all;
    }
}
