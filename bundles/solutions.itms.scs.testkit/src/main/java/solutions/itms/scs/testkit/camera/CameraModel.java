package solutions.itms.scs.testkit.camera;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.w3c.dom.Element;

/** What a simulated camera is: device, media and imaging. */
public final class CameraModel {
    private static final byte[] PICTURE = draw();

    private final SimulatedCamera camera;
    private final Map<String, String> imaging = new ConcurrentHashMap<>(Map.of(
            "Brightness", "50", "ColorSaturation", "50", "Contrast", "50", "Sharpness", "50", "IrCutFilter", "AUTO"));
    private volatile String relay = "inactive";
    private volatile String firmware = "5.7.1";
    private volatile boolean mediaTwo = true;
    private volatile int streamPort = 8554;
    private volatile String streamPath = "";
    private volatile String model = "";
    private final Map<String, String> further = new ConcurrentHashMap<>();

    CameraModel(SimulatedCamera camera) {
        this.camera = camera;
    }

    /** Imaging settings by name. */
    public Map<String, String> imaging() {
        return new LinkedHashMap<>(imaging);
    }

    /** active or inactive. */
    public String relay() {
        return relay;
    }

    /** Changes its firmware. */
    public void firmware(String version) {
        firmware = version;
    }

    /** Has no Media 2 any more. */
    public void withoutMediaTwo() {
        mediaTwo = false;
    }

    /** Is another kind of device. */
    public void called(String model) {
        this.model = model;
    }

    void add(Map<String, String> services) {
        further.clear();
        further.putAll(services);
    }

    /** Its streams are at its own port, where they are described, but not played. */
    public void streamsHere() {
        streamPort = camera.port();
    }

    /** Its streams are all one, of an RTSP server on this machine. */
    public void streamsAt(int port, String path) {
        streamPort = port;
        streamPath = path;
    }

    static byte[] picture() {
        return PICTURE.clone();
    }

    static byte[] laughs() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            out.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return out.append("]><l>&l9;</l>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] draw() {
        BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new java.awt.GradientPaint(0, 0, new Color(30, 60, 90), 320, 180, new Color(200, 190, 150)));
        graphics.fillRect(0, 0, 320, 180);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private String host() {
        return camera.does(CameraFault.WRONG_ADDRESSES) ? "http://127.0.0.9:1" : camera.address();
    }

    String answer(String name, Element operation) {
        return switch (name) {
            case "tds:GetSystemDateAndTime" -> time();
            case "tds:GetServices" -> camera.does(CameraFault.NO_GET_SERVICES) ? "" : services();
            case "tds:GetCapabilities" -> capabilities();
            case "tds:GetDeviceInformation" ->
                wrap(
                        "tds:GetDeviceInformation",
                        element("tds:Manufacturer", "Simulated")
                                + element("tds:Model", model.isEmpty() ? "Cam " + camera.number() : model)
                                + element("tds:FirmwareVersion", firmware)
                                + element("tds:SerialNumber", "S" + camera.number())
                                + element("tds:HardwareId", "1.0"));
            case "tds:GetScopes" -> wrap("tds:GetScopes", scope("name/Gate%20" + camera.number()) + scope("Profile/T"));
            case "tds:GetHostname" ->
                wrap(
                        "tds:GetHostname",
                        "<tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP>"
                                + element("tt:Name", "cam-" + camera.number()) + "</tds:HostnameInformation>");
            case "tds:GetDNS" ->
                wrap(
                        "tds:GetDNS",
                        "<tds:DNSInformation><tt:FromDHCP>false</tt:FromDHCP><tt:DNSManual>"
                                + "<tt:Type>IPv4</tt:Type><tt:IPv4Address>192.168.1.1</tt:IPv4Address></tt:DNSManual></tds:DNSInformation>");
            case "tds:GetNTP" ->
                wrap(
                        "tds:GetNTP",
                        "<tds:NTPInformation><tt:FromDHCP>false</tt:FromDHCP><tt:NTPManual>"
                                + "<tt:Type>DNS</tt:Type><tt:DNSname>pool.ntp.org</tt:DNSname></tt:NTPManual></tds:NTPInformation>");
            case "tds:GetNetworkInterfaces" ->
                wrap(
                        "tds:GetNetworkInterfaces",
                        "<tds:NetworkInterfaces token=\"eth0\">"
                                + "<tt:Enabled>true</tt:Enabled><tt:Info><tt:HwAddress>02:00:00:00:00:01</tt:HwAddress></tt:Info>"
                                + "<tt:IPv4><tt:Enabled>true</tt:Enabled><tt:Config><tt:Manual><tt:Address>192.168.1.64</tt:Address>"
                                + "<tt:PrefixLength>24</tt:PrefixLength></tt:Manual></tt:Config></tt:IPv4></tds:NetworkInterfaces>");
            case "tds:GetNetworkProtocols" ->
                wrap(
                        "tds:GetNetworkProtocols",
                        "<tds:NetworkProtocols><tt:Name>HTTP</tt:Name>"
                                + "<tt:Enabled>true</tt:Enabled><tt:Port>80</tt:Port></tds:NetworkProtocols>");
            case "tds:GetNetworkDefaultGateway" ->
                wrap(
                        "tds:GetNetworkDefaultGateway",
                        "<tds:NetworkGateway><tt:IPv4Address>192.168.1.1</tt:IPv4Address></tds:NetworkGateway>");
            case "tds:GetUsers" ->
                wrap(
                        "tds:GetUsers",
                        "<tds:User><tt:Username>admin</tt:Username><tt:Password>" + camera.auth().password
                                + "</tt:Password><tt:UserLevel>Administrator</tt:UserLevel></tds:User>");
            case "tds:GetDiscoveryMode" -> wrap("tds:GetDiscoveryMode", element("tds:DiscoveryMode", "Discoverable"));
            case "tds:GetEndpointReference" ->
                wrap("tds:GetEndpointReference", element("tds:GUID", "urn:uuid:" + camera.number()));
            case "tds:GetRelayOutputs" ->
                wrap(
                        "tds:GetRelayOutputs",
                        "<tds:RelayOutputs token=\"relay1\"><tt:Properties>"
                                + "<tt:Mode>Bistable</tt:Mode><tt:DelayTime>PT0S</tt:DelayTime><tt:IdleState>open</tt:IdleState>"
                                + "</tt:Properties></tds:RelayOutputs>");
            case "tds:SetRelayOutputState" -> {
                relay = Rules.children(operation).get(1).getTextContent();
                yield wrap(name, "");
            }
            case "tds:SetSystemDateAndTime" -> {
                camera.skew(java.time.Duration.ZERO);
                yield wrap(name, "");
            }
            case "tds:SystemReboot" -> {
                camera.site().after(20, camera::restart);
                yield wrap(name, element("tds:Message", "Rebooting"));
            }
            default -> name.startsWith("timg:") ? imaging(name, operation) : media(name, operation);
        };
    }

    private String time() {
        ZonedDateTime utc = camera.now().atZone(ZoneOffset.UTC);
        return wrap(
                "tds:GetSystemDateAndTime",
                "<tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType>"
                        + "<tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>UTC0</tt:TZ></tt:TimeZone>"
                        + "<tt:UTCDateTime><tt:Time>" + element("tt:Hour", utc.getHour())
                        + element("tt:Minute", utc.getMinute())
                        + element("tt:Second", utc.getSecond()) + "</tt:Time><tt:Date>"
                        + element("tt:Year", utc.getYear())
                        + element("tt:Month", utc.getMonthValue()) + element("tt:Day", utc.getDayOfMonth())
                        + "</tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>");
    }

    private String services() {
        StringBuilder out = new StringBuilder();
        if (mediaTwo) {
            out.append(service("http://www.onvif.org/ver20/media/wsdl", "media2", 2));
        }
        out.append(service("http://www.onvif.org/ver10/device/wsdl", "device_service", 2));
        out.append(service("http://www.onvif.org/ver10/media/wsdl", "media", 2));
        out.append(service("http://www.onvif.org/ver20/imaging/wsdl", "imaging", 2));
        out.append(service("http://www.onvif.org/ver20/ptz/wsdl", "ptz", 2));
        out.append(service("http://www.onvif.org/ver10/events/wsdl", "events", 2));
        further.forEach((namespace, path) -> out.append(service(namespace, path, 2)));
        return wrap("tds:GetServices", out.toString());
    }

    private String service(String namespace, String path, int major) {
        return "<tds:Service>" + element("tds:Namespace", namespace) + element("tds:XAddr", host() + "/onvif/" + path)
                + "<tds:Version><tt:Major>" + major + "</tt:Major><tt:Minor>6</tt:Minor></tds:Version></tds:Service>";
    }

    private String capabilities() {
        StringBuilder out = new StringBuilder("<tds:Capabilities>");
        for (String each : List.of("Device", "Events", "Imaging", "Media", "PTZ")) {
            out.append("<tt:").append(each).append("><tt:XAddr>").append(host()).append("/onvif/");
            out.append(each.toLowerCase(java.util.Locale.ROOT))
                    .append("</tt:XAddr></tt:")
                    .append(each)
                    .append('>');
        }
        return wrap("tds:GetCapabilities", out.append("</tds:Capabilities>").toString());
    }

    private String media(String name, Element operation) {
        if (name.startsWith("tr2:") && !mediaTwo) {
            return "";
        }
        return switch (name) {
            case "trt:GetProfiles" -> wrap(name, profileOne("main", 1920, 1080) + profileOne("sub", 640, 360));
            case "tr2:GetProfiles" ->
                wrap(name, profileTwo("main", "H265", 1920, 1080) + profileTwo("sub", "H264", 640, 360));
            case "trt:GetStreamUri" ->
                wrap(
                        name,
                        "<trt:MediaUri>" + element("tt:Uri", stream(operation, 1))
                                + "<tt:InvalidAfterConnect>false</tt:InvalidAfterConnect></trt:MediaUri>");
            case "tr2:GetStreamUri" -> wrap(name, element("tr2:Uri", stream(operation, 1)));
            case "trt:GetSnapshotUri" ->
                wrap(name, "<trt:MediaUri>" + element("tt:Uri", host() + "/snapshot.jpg") + "</trt:MediaUri>");
            case "tr2:GetSnapshotUri" -> wrap(name, element("tr2:Uri", host() + "/snapshot.jpg"));
            case "trt:GetVideoSources" ->
                wrap(name, "<trt:VideoSources token=\"vs0\"><tt:Framerate>25</tt:Framerate></trt:VideoSources>");
            case "trt:GetVideoEncoderConfigurations", "tr2:GetVideoEncoderConfigurations" ->
                wrap(name, "<trt:Configurations token=\"ve0\"><tt:Name>main</tt:Name></trt:Configurations>");
            default -> "";
        };
    }

    private String stream(Element operation, int child) {
        String token = Rules.children(operation).get(child).getTextContent();
        return "rtsp://admin:secret@" + host().substring(7).replaceFirst(":.*", "") + ":" + streamPort
                + (streamPath.isEmpty() ? "/stream?profile=" + token + "&amp;x=1" : streamPath);
    }

    private static String profileOne(String token, int width, int height) {
        return "<trt:Profiles token=\"" + token + "\" fixed=\"true\"><tt:Name>" + token + "</tt:Name>"
                + "<tt:VideoSourceConfiguration token=\"vsc0\"><tt:SourceToken>vs0</tt:SourceToken></tt:VideoSourceConfiguration>"
                + "<tt:VideoEncoderConfiguration token=\"ve0\"><tt:Encoding>H264</tt:Encoding>"
                + resolution(width, height)
                + "</tt:VideoEncoderConfiguration><tt:PTZConfiguration token=\"ptz0\"/></trt:Profiles>";
    }

    private static String profileTwo(String token, String encoding, int width, int height) {
        return "<tr2:Profiles token=\"" + token + "\" fixed=\"true\"><tr2:Name>" + token
                + "</tr2:Name><tr2:Configurations>"
                + "<tr2:VideoSource token=\"vsc0\"><tt:SourceToken>vs0</tt:SourceToken></tr2:VideoSource>"
                + "<tr2:VideoEncoder token=\"ve0\">" + element("tt:Encoding", encoding) + resolution(width, height)
                + "</tr2:VideoEncoder><tr2:PTZ token=\"ptz0\"/></tr2:Configurations></tr2:Profiles>";
    }

    private static String resolution(int width, int height) {
        return "<tt:Resolution>" + element("tt:Width", width) + element("tt:Height", height) + "</tt:Resolution>"
                + "<tt:RateControl><tt:FrameRateLimit>25</tt:FrameRateLimit><tt:BitrateLimit>4096</tt:BitrateLimit></tt:RateControl>";
    }

    private String imaging(String name, Element operation) {
        List<Element> parameters = Rules.children(operation);
        if (!parameters.get(0).getTextContent().equals("vs0")) {
            return "";
        }
        return switch (name) {
            case "timg:GetImagingSettings" -> {
                StringBuilder out = new StringBuilder();
                for (String each : List.of("Brightness", "ColorSaturation", "Contrast")) {
                    out.append(element("tt:" + each, imaging.getOrDefault(each, "")));
                }
                out.append("<tt:Exposure><tt:Mode>")
                        .append(imaging.getOrDefault("Exposure/Mode", "AUTO"))
                        .append("</tt:Mode></tt:Exposure>");
                out.append(element("tt:IrCutFilter", imaging.getOrDefault("IrCutFilter", "")));
                out.append(element("tt:Sharpness", imaging.getOrDefault("Sharpness", "")));
                yield wrap(name, "<timg:ImagingSettings>" + out + "</timg:ImagingSettings>");
            }
            case "timg:GetOptions" ->
                wrap(
                        name,
                        "<timg:ImagingOptions>" + range("Brightness") + range("ColorSaturation")
                                + range("Contrast")
                                + "<tt:Exposure><tt:Mode>AUTO</tt:Mode><tt:Mode>MANUAL</tt:Mode></tt:Exposure>"
                                + "<tt:IrCutFilterModes>ON</tt:IrCutFilterModes><tt:IrCutFilterModes>OFF</tt:IrCutFilterModes>"
                                + "<tt:IrCutFilterModes>AUTO</tt:IrCutFilterModes>" + range("Sharpness")
                                + "</timg:ImagingOptions>");
            case "timg:SetImagingSettings" -> {
                for (Element setting : Rules.children(parameters.get(1))) {
                    List<Element> inner = Rules.children(setting);
                    if (inner.isEmpty()) {
                        imaging.put(setting.getLocalName(), setting.getTextContent());
                    }
                    inner.forEach(each ->
                            imaging.put(setting.getLocalName() + "/" + each.getLocalName(), each.getTextContent()));
                }
                yield wrap(name, "");
            }
            default -> "";
        };
    }

    private static String range(String name) {
        return "<tt:" + name + "><tt:Min>0</tt:Min><tt:Max>100</tt:Max></tt:" + name + ">";
    }

    private static String scope(String rest) {
        return "<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>onvif://www.onvif.org/" + rest
                + "</tt:ScopeItem></tds:Scopes>";
    }

    static String element(String name, Object value) {
        return "<" + name + ">" + value + "</" + name + ">";
    }

    static String wrap(String operation, String content) {
        return "<" + operation + "Response>" + content + "</" + operation + "Response>";
    }
}
