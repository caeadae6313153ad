package solutions.itms.scs.onvif.soap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import solutions.itms.scs.onvif.xml.XmlNode;

/**
 * Requests as XML. Every usual prefix is declared on the envelope, and once more on the element of the operation: some
 * devices know prefixes alone, others look at that element alone.
 */
final class Envelope {
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String TYPES =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#";
    private static final String BASE64 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    private static final String START = start();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 16;

    private Envelope() {}

    private static String start() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:wsa=\"http://www.w3.org/2005/08/addressing\""
                + " xmlns:tt=\"http://www.onvif.org/ver10/schema\""
                + " xmlns:wsnt=\"http://docs.oasis-open.org/wsn/b-2\""
                + " xmlns:tns1=\"http://www.onvif.org/ver10/topics\"");
        for (Service service : Service.values()) {
            declare(out, service);
        }
        return out.append('>').toString();
    }

    private static void declare(StringBuilder out, Service service) {
        out.append(" xmlns:")
                .append(service.prefix())
                .append("=\"")
                .append(service.namespace())
                .append('"');
    }

    static byte[] of(SoapCall call, String security) {
        StringBuilder out = new StringBuilder(START);
        if (!security.isEmpty() || !call.headers().isEmpty()) {
            out.append("<s:Header>").append(security).append(call.headers()).append("</s:Header>");
        }
        String name =
                call.operation().indexOf(':') < 0 ? call.service().prefix() + ":" + call.operation() : call.operation();
        out.append("<s:Body><").append(name);
        if (call.operation().indexOf(':') < 0) {
            declare(out, call.service());
        } else {
            out.append(" xmlns:wsnt=\"http://docs.oasis-open.org/wsn/b-2\"");
        }
        out.append('>').append(call.content()).append("</").append(name).append("></s:Body></s:Envelope>");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A token that proves the password without holding it; new with each request. */
    static String digestToken(Credentials credentials, Instant deviceTime) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        String created = deviceTime.truncatedTo(ChronoUnit.MILLIS).toString();
        byte[] digest;
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(nonce);
            sha1.update(created.getBytes(StandardCharsets.UTF_8));
            digest = sha1.digest(credentials.password().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return token(
                credentials,
                "<wsse:Password Type=\"" + TYPES + "PasswordDigest\">"
                        + Base64.getEncoder().encodeToString(digest) + "</wsse:Password><wsse:Nonce EncodingType=\""
                        + BASE64 + "\">" + Base64.getEncoder().encodeToString(nonce) + "</wsse:Nonce>"
                        + "<wsu:Created>" + created + "</wsu:Created>");
    }

    /** A token that holds the password. */
    static String textToken(Credentials credentials) {
        return token(
                credentials,
                "<wsse:Password Type=\"" + TYPES + "PasswordText\">" + XmlNode.escape(credentials.password())
                        + "</wsse:Password>");
    }

    private static String token(Credentials credentials, String rest) {
        return "<wsse:Security s:mustUnderstand=\"1\" xmlns:wsse=\"" + WSSE + "\" xmlns:wsu=\"" + WSU
                + "\"><wsse:UsernameToken><wsse:Username>" + XmlNode.escape(credentials.user()) + "</wsse:Username>"
                + rest + "</wsse:UsernameToken></wsse:Security>";
    }
}
