package solutions.itms.scs.testkit.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeRulesTest {
    private static final String PROBE = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:w=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
            + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" xmlns:n=\"urn:n\"><s:Header>"
            + "<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action>"
            + "<w:MessageID>urn:uuid:01234567-89ab-cdef-0123-456789abcdef</w:MessageID>"
            + "<w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To></s:Header>"
            + "<s:Body><d:Probe><d:Types>n:Camera</d:Types></d:Probe></s:Body></s:Envelope>";

    @Test
    void aProbeOfTheStandardIsTaken() {
        assertThat(problem(PROBE)).isEmpty();
        assertThat(problem(PROBE.replace("n:Camera", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2003/05/soap-envelope | 2001/12/soap-envelope | no envelope of SOAP 1.2
            discovery/Probe | discovery/Hello | the action is
            ws:2005:04:discovery< | ws:2009:01:discovery< | it is to
            -0123-456789abcdef | | is no uuid
            n:Camera | x:Camera | the type x:Camera is in no namespace
            <d:Types> | <d:Scopes/><d:Types> | not Types and Scopes
            </s:Envelope> | | no XML
            """)
    void whatTheStandardDoesNotAllowIsNamed(String part, String other, String problem) {
        assertThat(problem(PROBE.replace(part, other == null ? "" : other))).contains(problem);
    }

    @Test
    void aWrongProbeIsNotAnsweredAndFailsTheTestThatSentIt() throws IOException {
        DiscoveryResponder responder = new DiscoveryResponder();
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] wrong = PROBE.replace("/Probe<", "/Hello<").getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(
                    wrong, wrong.length, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), responder.port()));
            Awaitility.await().until(() -> responder.probes().size() == 1);
        }
        assertThatThrownBy(responder::close).isInstanceOf(AssertionError.class).hasMessageContaining("the action is");
    }

    private static String problem(String text) {
        return ProbeRules.problem(text.getBytes(StandardCharsets.UTF_8));
    }
}
