package org.eclipse.kura.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.ParseException;
import java.util.Date;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.junit.jupiter.api.Test;

class KuraPayloadsTest {
    @Test
    void a_payload_becomes_a_request_when_it_says_who_asks() throws ParseException {
        KuraPayload payload = new KuraPayload();
        payload.addMetric("request.id", "17");
        payload.addMetric("requester.client.id", "console");
        payload.addMetric("dp.name", "base");
        payload.setBody(new byte[] {1});
        payload.setTimestamp(new Date(1000));

        KuraRequestPayload request = KuraRequestPayload.buildFromKuraPayload(payload);

        assertThat(request.getRequestId()).isEqualTo("17");
        assertThat(request.getRequesterClientId()).isEqualTo("console");
        assertThat(request.metrics()).containsEntry("dp.name", "base");
        assertThat(request.getBody()).containsExactly(1);
        assertThat(request.getTimestamp()).isEqualTo(new Date(1000));
    }

    @Test
    void a_payload_without_a_requester_is_no_request() {
        KuraPayload payload = new KuraPayload();
        payload.addMetric("request.id", "17");

        assertThatThrownBy(() -> KuraRequestPayload.buildFromKuraPayload(payload))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining("requester.client.id");
    }

    @Test
    void a_response_carries_its_code_and_what_failed() {
        KuraResponsePayload response = new KuraResponsePayload(404, new IllegalStateException("no such camera"));

        assertThat(response.getResponseCode()).isEqualTo(404);
        assertThat(response.getExceptionMessage()).isEqualTo("no such camera");
        assertThat(response.getExceptionStack()).contains("IllegalStateException");
        assertThat(new KuraResponsePayload(response).getResponseCode()).isEqualTo(404);
    }

    @Test
    void a_birth_payload_leaves_out_what_is_not_known() {
        KuraBirthPayload birth = new KuraBirthPayload.KuraBirthPayloadBuilder()
                .withUptime("5000")
                .withDisplayName(null)
                .withApplicationIdentifiers("SCS-V1,CMD-V1")
                .withTamperStatus(KuraBirthPayload.TamperStatus.NOT_TAMPERED)
                .build();

        assertThat(birth.metrics())
                .isEqualTo(
                        Map.of("uptime", "5000", "application_ids", "SCS-V1,CMD-V1", "tamper_status", "NOT_TAMPERED"));
        assertThat(birth.getTamperStatus()).isEqualTo(KuraBirthPayload.TamperStatus.NOT_TAMPERED);
        assertThat(birth.getDisplayName()).isNull();
    }

    @Test
    void an_alert_refuses_a_severity_that_does_not_exist() {
        KuraAlertPayload alert = new KuraAlertPayload("A1", KuraAlertSeverity.CRITICAL, KuraAlertStatus.ACTIVE);

        assertThat(alert.getSeverity()).isEqualTo(KuraAlertSeverity.CRITICAL);
        assertThatThrownBy(() -> alert.addMetric("alert_severity", "DREADFUL"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("deprecation")
    void a_topic_is_taken_apart() {
        KuraTopic control = new KuraTopic("$EDC/scs/gw1/CMD-V1/EXEC/commands");
        KuraTopic data = new KuraTopic("scs/gw1/SCS-V1");

        assertThat(control.getPrefix()).isEqualTo("$EDC");
        assertThat(control.getAccountName()).isEqualTo("scs");
        assertThat(control.getDeviceId()).isEqualTo("gw1");
        assertThat(control.getApplicationId()).isEqualTo("CMD-V1");
        assertThat(control.getApplicationTopic()).isEqualTo("EXEC/commands");
        assertThat(data.getPrefix()).isNull();
        assertThat(data.getApplicationTopic()).isNull();
    }

    @Test
    void an_exception_says_its_code_and_arguments_in_words() {
        KuraException e = new KuraException(KuraErrorCode.NOT_CONNECTED, "no endpoint", null, 7);

        assertThat(e.getCode()).isEqualTo(KuraErrorCode.NOT_CONNECTED);
        assertThat(e).hasMessage("not connected: no endpoint, 7");
        assertThat(KuraException.internalError("disk full")).hasMessage("internal error: disk full");
    }

    @Test
    void a_request_handler_refuses_what_it_does_not_override() {
        RequestHandler handler = new RequestHandler() {};

        assertThatThrownBy(() -> handler.doExec(null, new KuraMessage(new KuraPayload())))
                .isInstanceOfSatisfying(
                        KuraException.class,
                        e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.OPERATION_NOT_SUPPORTED));
    }

    @Test
    void a_scalar_is_found_by_its_metatype_name() {
        assertThat(Scalar.fromValue("Password")).isEqualTo(Scalar.PASSWORD);
        assertThat(Scalar.INTEGER.value()).isEqualTo("Integer");
    }
}
