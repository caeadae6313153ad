package solutions.itms.scs.cloud.mqtt;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a connection so that the person who reads it knows what to do. */
final class PlainWords {
    private PlainWords() {}

    /** @param broker for the address in the text */
    static String of(Throwable error, Broker broker) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String words = ofOne(cause, broker);
            if (words != null) {
                return words;
            }
        }
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static @Nullable String ofOne(Throwable cause, Broker broker) {
        if (cause instanceof UnknownHostException) {
            return "the host name " + broker.host() + " is not known; check broker.url and the name server";
        }
        if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
            return "no answer from " + broker.url();
        }
        if (cause instanceof NoRouteToHostException) {
            return "no route to " + broker.url();
        }
        if (cause instanceof ConnectException) {
            return "nothing accepts connections at " + broker.url();
        }
        if (cause instanceof SSLException) {
            return ofTls(cause, broker);
        }
        return cause instanceof MqttException mqtt ? ofMqtt(mqtt) : null;
    }

    private static String ofTls(Throwable error, Broker broker) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return "the certificate of " + broker.url() + " is not signed by anybody this gateway trusts";
            }
            if (cause instanceof CertificateException && cause.getCause() == null) {
                return "the certificate of " + broker.url() + " is refused: " + cause.getMessage();
            }
        }
        return "no TLS connection with " + broker.url() + ": " + error.getMessage();
    }

    private static @Nullable String ofMqtt(MqttException error) {
        return switch (error.getReasonCode()) {
            case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION -> "the broker does not speak MQTT 3.1.1";
            case MqttException.REASON_CODE_INVALID_CLIENT_ID -> "the broker refuses the client id";
            case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> "the broker says that it is not available";
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION -> "the broker refuses the user name or the password";
            case MqttException.REASON_CODE_NOT_AUTHORIZED ->
                "the broker refuses the user name or the password, or this user may not connect";
            case MqttException.REASON_CODE_CLIENT_TIMEOUT, MqttException.REASON_CODE_WRITE_TIMEOUT ->
                "the broker does not answer any more";
            case MqttException.REASON_CODE_CONNECTION_LOST -> "the connection broke";
            case MqttException.REASON_CODE_SUBSCRIBE_FAILED -> "the broker refuses a subscription";
            default -> null;
        };
    }
}
