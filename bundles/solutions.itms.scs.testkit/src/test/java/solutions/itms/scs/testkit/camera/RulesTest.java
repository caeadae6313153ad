package solutions.itms.scs.testkit.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final String WSA = "<wsa:Action>http://www.onvif.org/ver10/events/wsdl/PullPointSubscription/"
            + "PullMessagesRequest</wsa:Action><wsa:MessageID>urn:uuid:1</wsa:MessageID>";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            tds:GetServices | <tds:IncludeCapability>yes</tds:IncludeCapability> | IncludeCapability is no boolean
            tds:GetServices | | lacks IncludeCapability
            tds:GetServices | <tt:IncludeCapability>true</tt:IncludeCapability> | is in the namespace
            tds:GetScopes | <tds:More/> | has More where it may not be
            tds:GetCapabilities | <tds:Category>all</tds:Category> | Category is no {All
            tds:MakeCoffee | | unknown operation tds:MakeCoffee
            timg:GetOptions | <timg:VideoSourceToken/> | VideoSourceToken is no token64
            timg:SetImagingSettings | <timg:VideoSourceToken>v</timg:VideoSourceToken><timg:ImagingSettings><tt:Contrast>1</tt:Contrast><tt:Brightness>1</tt:Brightness></timg:ImagingSettings> | has Brightness where it may not be
            timg:SetImagingSettings | <timg:VideoSourceToken>v</timg:VideoSourceToken><timg:ImagingSettings><tt:IrCutFilter>Auto</tt:IrCutFilter></timg:ImagingSettings> | IrCutFilter is no {ON
            tptz:ContinuousMove | <tptz:ProfileToken>p</tptz:ProfileToken><tptz:Velocity><tt:PanTilt x="1"/></tptz:Velocity> | lacks the attribute y
            tptz:ContinuousMove | <tptz:ProfileToken>p</tptz:ProfileToken><tptz:Velocity><tt:PanTilt x="1,0" y="0"/></tptz:Velocity> | @x is no float
            tptz:ContinuousMove | <tptz:ProfileToken>p</tptz:ProfileToken><tptz:Velocity/><tptz:Timeout>5s</tptz:Timeout> | Timeout is no duration
            tptz:Stop | <tptz:ProfileToken>p</tptz:ProfileToken><tptz:Zoom>true</tptz:Zoom><tptz:PanTilt>true</tptz:PanTilt> | has PanTilt where it may not be
            tse:GetMediaAttributes | <tse:Time>2026-02-30T00:00:00Z</tse:Time> | Time is no dateTime
            tev:PullMessages | <tev:Timeout>PT20S</tev:Timeout><tev:MessageLimit>9</tev:MessageLimit> | has the action ''
            trt:GetProfiles | text | has text
            """)
    void whatTheStandardDoesNotAllowIsRefusedAndFailsTheTestThatSentIt(String name, String content, String problem)
            throws Exception {
        CameraSite site = new CameraSite();
        SimulatedCamera camera = site.camera();
        camera.auth().mode = CameraAuth.Mode.NONE;
        HttpResponse<String> answer = send(camera, "", name, content == null ? "" : content);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("ter:InvalidArgVal");
        assertThat(camera.problems()).hasSize(1);
        assertThat(camera.problems().get(0)).contains(problem);
        assertThatThrownBy(site::close).isInstanceOf(AssertionError.class).hasMessageContaining(problem);
    }

    @Test
    void whatIsRightIsTaken() throws Exception {
        try (CameraSite site = new CameraSite()) {
            SimulatedCamera camera = site.camera();
            camera.auth().mode = CameraAuth.Mode.NONE;
            String move = "<tptz:ProfileToken>main</tptz:ProfileToken><tptz:Velocity><tt:PanTilt x=\"-.5\" y=\"1E-1\"/>"
                    + "</tptz:Velocity><tptz:Timeout>PT0.5S</tptz:Timeout>";
            assertThat(send(camera, "", "tptz:ContinuousMove", move).statusCode())
                    .isEqualTo(200);
            assertThat(send(camera, "", "tds:GetCapabilities", "").statusCode()).isEqualTo(200);
            String pull = "<tev:Timeout>PT20S</tev:Timeout><tev:MessageLimit>9</tev:MessageLimit>";
            send(camera, WSA, "tev:PullMessages", pull);
            assertThat(camera.problems()).isEmpty();
        }
    }

    @Test
    void headersThatNobodyKnowsAreRefused() throws Exception {
        CameraSite site = new CameraSite();
        SimulatedCamera camera = site.camera();
        assertThat(send(camera, "<tt:Odd/>", "tds:GetSystemDateAndTime", "").statusCode())
                .isEqualTo(400);
        assertThatThrownBy(site::close).hasMessageContaining("has the header tt:Odd");
    }

    private static HttpResponse<String> send(SimulatedCamera camera, String headers, String name, String content)
            throws Exception {
        String text = new String(
                        SimulatedCamera.envelope("<" + name + ">" + content + "</" + name + ">"),
                        StandardCharsets.UTF_8)
                .replace("<s:Body>", headers.isEmpty() ? "<s:Body>" : "<s:Header>" + headers + "</s:Header><s:Body>");
        HttpRequest request = HttpRequest.newBuilder(URI.create(camera.address() + "/onvif/device_service"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/soap+xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }
}
