package solutions.itms.scs.testkit.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What the WSDL wants of each request: children by name in their order; a question mark marks those that may be missing. */
final class Rules {
    static final Map<String, String> NAMESPACES = Map.of(
            "http://www.onvif.org/ver10/device/wsdl", "tds",
            "http://www.onvif.org/ver10/media/wsdl", "trt",
            "http://www.onvif.org/ver20/media/wsdl", "tr2",
            "http://www.onvif.org/ver20/imaging/wsdl", "timg",
            "http://www.onvif.org/ver20/ptz/wsdl", "tptz",
            "http://www.onvif.org/ver10/events/wsdl", "tev",
            "http://www.onvif.org/ver10/recording/wsdl", "trc",
            "http://www.onvif.org/ver10/search/wsdl", "tse",
            "http://www.onvif.org/ver10/replay/wsdl", "trp",
            "http://docs.oasis-open.org/wsn/b-2", "wsnt");

    private static final Map<String, String> CHILDREN = Map.ofEntries(
            Map.entry("tds:GetServices", "IncludeCapability"),
            Map.entry("tds:GetCapabilities", "Category?"),
            Map.entry("tds:GetDeviceInformation", ""),
            Map.entry("tds:GetSystemDateAndTime", ""),
            Map.entry("tds:SetSystemDateAndTime", "DateTimeType DaylightSavings TimeZone? UTCDateTime?"),
            Map.entry("tds:SystemReboot", ""),
            Map.entry("tds:GetScopes", ""),
            Map.entry("tds:GetHostname", ""),
            Map.entry("tds:GetDNS", ""),
            Map.entry("tds:GetNTP", ""),
            Map.entry("tds:GetNetworkInterfaces", ""),
            Map.entry("tds:GetNetworkProtocols", ""),
            Map.entry("tds:GetNetworkDefaultGateway", ""),
            Map.entry("tds:GetUsers", ""),
            Map.entry("tds:GetCertificates", ""),
            Map.entry("tds:GetDiscoveryMode", ""),
            Map.entry("tds:GetEndpointReference", ""),
            Map.entry("tds:GetServiceCapabilities", ""),
            Map.entry("tds:GetRelayOutputs", ""),
            Map.entry("tds:SetRelayOutputState", "RelayOutputToken LogicalState"),
            Map.entry("trt:GetProfiles", ""),
            Map.entry("trt:GetStreamUri", "StreamSetup ProfileToken"),
            Map.entry("trt:GetSnapshotUri", "ProfileToken"),
            Map.entry("trt:GetVideoSources", ""),
            Map.entry("trt:GetVideoEncoderConfigurations", ""),
            Map.entry("trt:GetVideoSourceConfigurations", ""),
            Map.entry("trt:GetMetadataConfigurations", ""),
            Map.entry("tr2:GetProfiles", "Token? Type?"),
            Map.entry("tr2:GetStreamUri", "Protocol ProfileToken"),
            Map.entry("tr2:GetSnapshotUri", "ProfileToken"),
            Map.entry("tr2:GetVideoEncoderConfigurations", "ConfigurationToken? ProfileToken?"),
            Map.entry("tr2:GetVideoSourceConfigurations", "ConfigurationToken? ProfileToken?"),
            Map.entry("tr2:GetMetadataConfigurations", "ConfigurationToken? ProfileToken?"),
            Map.entry("timg:GetImagingSettings", "VideoSourceToken"),
            Map.entry("timg:GetOptions", "VideoSourceToken"),
            Map.entry("timg:SetImagingSettings", "VideoSourceToken ImagingSettings ForcePersistence?"),
            Map.entry("timg:GetMoveOptions", "VideoSourceToken"),
            Map.entry("timg:GetStatus", "VideoSourceToken"),
            Map.entry("tptz:GetNodes", ""),
            Map.entry("tptz:GetConfigurations", ""),
            Map.entry("tptz:GetStatus", "ProfileToken"),
            Map.entry("tptz:GetPresets", "ProfileToken"),
            Map.entry("tptz:SetPreset", "ProfileToken PresetName? PresetToken?"),
            Map.entry("tptz:RemovePreset", "ProfileToken PresetToken"),
            Map.entry("tptz:GotoPreset", "ProfileToken PresetToken Speed?"),
            Map.entry("tptz:GotoHomePosition", "ProfileToken Speed?"),
            Map.entry("tptz:SetHomePosition", "ProfileToken"),
            Map.entry("tptz:ContinuousMove", "ProfileToken Velocity Timeout?"),
            Map.entry("tptz:RelativeMove", "ProfileToken Translation Speed?"),
            Map.entry("tptz:AbsoluteMove", "ProfileToken Position Speed?"),
            Map.entry("tptz:Stop", "ProfileToken PanTilt? Zoom?"),
            Map.entry("tptz:SendAuxiliaryCommand", "ProfileToken AuxiliaryData"),
            Map.entry("tev:GetEventProperties", ""),
            Map.entry("tev:CreatePullPointSubscription", "Filter? InitialTerminationTime? SubscriptionPolicy?"),
            Map.entry("tev:PullMessages", "Timeout MessageLimit"),
            Map.entry("tds:GetStorageConfigurations", ""),
            Map.entry("trc:GetRecordings", ""),
            Map.entry("trc:GetRecordingJobs", ""),
            Map.entry("trc:GetRecordingJobState", "JobToken"),
            Map.entry("trc:GetRecordingConfiguration", "RecordingToken"),
            Map.entry("trc:GetRecordingOptions", "RecordingToken"),
            Map.entry("tse:GetRecordingSummary", ""),
            Map.entry("tse:GetRecordingInformation", "RecordingToken"),
            Map.entry("tse:GetMediaAttributes", "RecordingTokens Time"),
            Map.entry("tse:FindRecordings", "Scope MaxMatches? KeepAliveTime"),
            Map.entry("tse:GetRecordingSearchResults", "SearchToken MinResults? MaxResults? WaitTime?"),
            Map.entry(
                    "tse:FindEvents",
                    "StartPoint EndPoint? Scope SearchFilter IncludeStartState MaxMatches? KeepAliveTime"),
            Map.entry("tse:GetEventSearchResults", "SearchToken MinResults? MaxResults? WaitTime?"),
            Map.entry("tse:EndSearch", "SearchToken"),
            Map.entry("trp:GetReplayUri", "StreamSetup RecordingToken"),
            Map.entry("trp:GetReplayConfiguration", ""),
            Map.entry("trp:SetReplayConfiguration", "Configuration"),
            Map.entry("wsnt:Subscribe", "ConsumerReference Filter? SubscriptionPolicy? InitialTerminationTime?"),
            Map.entry("wsnt:Renew", "TerminationTime"),
            Map.entry("wsnt:Unsubscribe", ""));

    private Rules() {}

    static List<Element> children(Element parent) {
        List<Element> all = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                all.add(element);
            }
        }
        return all;
    }

    /** What is wrong with a request; empty when nothing is. */
    static Optional<String> problem(String name, Element operation) {
        String wanted = CHILDREN.get(name);
        if (wanted == null) {
            return Optional.of("unknown operation " + name);
        }
        List<Element> given = children(operation);
        int at = 0;
        for (String rule : wanted.isEmpty() ? new String[0] : wanted.split(" ")) {
            String child = rule.replace("?", "");
            boolean there = at < given.size() && given.get(at).getLocalName().equals(child);
            if (there && !operation.getNamespaceURI().equals(given.get(at).getNamespaceURI())) {
                return Optional.of(child + " is in another namespace");
            }
            if (there) {
                at++;
            } else if (!rule.endsWith("?")) {
                return Optional.of(name + " lacks " + child);
            }
        }
        return at < given.size()
                ? Optional.of(name + " has " + given.get(at).getLocalName() + " where it may not be")
                : Optional.empty();
    }
}
