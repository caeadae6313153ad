package solutions.itms.scs.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static solutions.itms.scs.onvif.Lab.failure;
import static solutions.itms.scs.onvif.Lab.get;
import static solutions.itms.scs.onvif.Lab.reply;
import static solutions.itms.scs.onvif.Lab.soap;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solutions.itms.scs.onvif.http.HttpRequest;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.onvif.xml.MalformedXmlException;
import solutions.itms.scs.onvif.xml.XmlReader;
import solutions.itms.scs.testkit.camera.CameraAuth.Mode;
import solutions.itms.scs.testkit.camera.SimulatedCamera;

/** Q13 to Q16: what devices take for XML, and how they say that they can't. */
class XmlQuirksTest {
    private final Lab lab = new Lab();
    private OnvifDevice device;

    @BeforeEach
    void connect() {
        lab.camera.auth().mode = Mode.NONE;
        device = lab.connected();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static String information(String content) {
        return "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://www.w3.org/2003/05/soap-envelope\"><SOAP-ENV:Body>"
                + "<x:GetDeviceInformationResponse>" + content
                + "</x:GetDeviceInformationResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>";
    }

    @Test
    void q13PrefixesThatWereNeverDeclaredDoNoHarm() {
        lab.camera.script("tds:GetDeviceInformation", r -> reply(200, information("<y:Model>M1</y:Model>")));
        assertThat(get(device.management().information()).model()).isEqualTo("M1");
    }

    @Test
    void q13AttributesWithoutQuotesAndBareAmpersandsDoNoHarm() throws Exception {
        String set =
                "<e><TopicSet><tns1:A><B wstop:topic=true/><C topic=true ></C></tns1:A></TopicSet><Uri>a?x=1&y=2</Uri></e>";
        var node = XmlReader.read(set.getBytes(StandardCharsets.UTF_8));
        assertThat(Notifications.topics(node)).containsExactly("A/B", "A/C");
        assertThat(node.text("Uri")).contains("a?x=1&y=2");
    }

    @Test
    void q13BytesThatAreNoUtf8AreReplaced() {
        byte[] body = information("<Model>M?</Model>").getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        body[text.indexOf('?')] = (byte) 0xE9;
        lab.camera.script("tds:GetDeviceInformation", r -> new SimulatedCamera.Reply(200, "", body));
        assertThat(get(device.management().information()).model()).isEqualTo("M\uFFFD");
    }

    @Test
    void q13ChildrenInAnotherNamespaceAndNamesThatAreNearlyRightAreRead() {
        lab.camera.script(
                "tds:GetDeviceInformation",
                r -> soap(
                        200,
                        "<tds:GetDeviceInformationResponse><trt:Model>M2</trt:Model><tds:HardwareID>H</tds:HardwareID>"
                                + "</tds:GetDeviceInformationResponse>"));
        DeviceInformation information = get(device.management().information());
        assertThat(information.model()).isEqualTo("M2");
        assertThat(information.hardware()).isEqualTo("H");
    }

    @Test
    void q13SeveralResponsesOfOneCallAreOne() {
        String one =
                "<tds:GetScopesResponse><tds:Scopes><tt:ScopeItem>%s</tt:ScopeItem></tds:Scopes></tds:GetScopesResponse>";
        lab.camera.script("tds:GetScopes", r -> soap(200, one.formatted("a") + one.formatted("b")));
        assertThat(get(device.management().scopes())).containsExactly("a", "b");
    }

    @Test
    void q14UsualPrefixesAreOnTheEnvelopeAndOnceMoreOnTheOperation() {
        get(device.management().scopes());
        String request = lab.camera.requests().get(lab.camera.requests().size() - 1);
        assertThat(request).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope ");
        String envelope = request.substring(0, request.indexOf("<s:Body"));
        assertThat(envelope)
                .contains(
                        "xmlns:tds=",
                        "xmlns:trt=",
                        "xmlns:tr2=",
                        "xmlns:tt=",
                        "xmlns:tev=",
                        "xmlns:wsnt=",
                        "xmlns:wsa=");
        assertThat(request).contains("<tds:GetScopes xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\">");
    }

    @Test
    void q15DocumentTypesAreRefusedInBothPasses() {
        String bomb = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>";
        assertThatThrownBy(() -> XmlReader.read(bomb.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedXmlException.class)
                .hasMessageContaining("document type");
        assertThatThrownBy(() -> XmlReader.read(bomb.replace("<a>", "<a x=1>").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedXmlException.class);
        assertThatThrownBy(() -> XmlReader.read("<a>".repeat(100).getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("levels");
    }

    @Test
    void q15TokensMayHoldBlanksAndAmpersands() {
        get(device.ptz().gotoPreset("main", "a & b <c>"));
        assertThat(lab.camera.ptz().moves()).containsExactly("GotoPreset a & b <c>");
        assertThat(lab.camera.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|",
                "404|<html>Not Found</html>",
                "500|<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>ter:ActionNotSupported</s:Value></s:Subcode></s:Code></s:Fault>",
                "500|<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>Method 'tds:X' not implemented: method name or namespace not recognized</s:Text></s:Reason></s:Fault>",
                "200|<tds:GetDeviceInformationResponse/>",
                "200|"
            })
    void q16AFunctionThatIsNotThereIsUnsupportedHoweverItIsSaid(int status, String body) {
        lab.camera.script(
                "tds:GetDeviceInformation",
                r -> body == null
                        ? reply(status, "")
                        : body.startsWith("<html") ? reply(status, body) : soap(status, body));
        assertThat(failure(device.management().information()).kind()).isEqualTo(Kind.UNSUPPORTED);
    }

    @Test
    void q16EmptyAndFailedAreSomethingElse() {
        lab.camera.script("tds:GetScopes", r -> soap(200, "<tds:GetScopesResponse/>"));
        assertThat(get(device.management().scopes())).isEmpty();
        lab.camera.script(
                "tds:GetScopes",
                r -> soap(
                        400,
                        "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:InvalidArgVal</s:Value>"
                                + "</s:Subcode></s:Code><s:Reason><s:Text>no such thing</s:Text></s:Reason></s:Fault>"));
        assertThat(failure(device.management().scopes()))
                .hasMessageContaining("InvalidArgVal no such thing")
                .extracting("kind")
                .isEqualTo(Kind.FAULT);
    }

    @Test
    void requestsShowNeitherHeadersNorBodies() {
        HttpRequest request =
                new HttpRequest("POST", "/a?password=x", java.util.Map.of("Authorization", "x"), new byte[1], true);
        assertThat(request).hasToString("POST /a");
    }
}
