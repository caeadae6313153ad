package solutions.itms.scs.onvif.soap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.HttpResponse;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.onvif.xml.MalformedXmlException;
import solutions.itms.scs.onvif.xml.XmlNode;
import solutions.itms.scs.onvif.xml.XmlReader;

/** What an answer means: devices say the same in many ways. Stateless. */
final class Answers {
    private static final Pattern UNSUPPORTED =
            Pattern.compile("notsupported|not.?implemented|unknownaction|not support|no such operation|not recognized");
    private static final Pattern LOCKED =
            Pattern.compile("account.?lock|is locked|locked.?out|userlocked|illegal login lock");
    private static final Pattern LEFT = Pattern.compile("(\\d{1,3})\\s+(?:more\\s+)?(?:attempt|chance|time)");
    private static final int MAX_TEXT = 160;

    private Answers() {}

    /**
     * One of three: an answer, a refusal of who we are, or another failure.
     *
     * @param node content of the answer, when it is one
     * @param refused whether it refuses who we are
     * @param locked whether it says that the user is locked
     * @param attemptsLeft as it says; -1 when it does not
     */
    record Answer(
            @Nullable XmlNode node,
            boolean refused,
            boolean locked,
            int attemptsLeft,
            @Nullable OnvifException failure) {
        static Answer of(XmlNode node) {
            return new Answer(node, false, false, -1, null);
        }

        static Answer failed(Kind kind, String text) {
            return new Answer(null, false, false, -1, new OnvifException(kind, text));
        }

        static Answer refused(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            Matcher left = LEFT.matcher(lower);
            return new Answer(
                    null, true, LOCKED.matcher(lower).find(), left.find() ? Integer.parseInt(left.group(1)) : -1, null);
        }
    }

    static Answer read(SoapCall call, HttpResponse response) {
        int status = response.status();
        if (isBlank(response.body())) {
            return withoutText(call, response);
        }
        XmlNode document;
        try {
            document = XmlReader.read(response.body());
        } catch (MalformedXmlException e) {
            return unreadable(call, response, e);
        }
        XmlNode body =
                document.name().equals("Envelope") ? document.child("Body").orElse(document) : document;
        Optional<XmlNode> fault = body.child("Fault");
        if (fault.isPresent()) {
            return fault(call, status, fault.get());
        }
        if (status == 401 || status == 403) {
            return Answer.refused(textOf(response.body()));
        }
        if (document.name().equalsIgnoreCase("html")) {
            return page(call, response);
        }
        return content(call, body, status);
    }

    private static Answer content(SoapCall call, XmlNode body, int status) {
        String operation = call.operation().substring(call.operation().indexOf(':') + 1);
        List<XmlNode> parts = body.all(operation + "Response");
        if (parts.isEmpty()) {
            if (status >= 400) {
                return Answer.failed(status == 404 ? Kind.UNSUPPORTED : Kind.FAULT, operation + ": HTTP " + status);
            }
            if (body.children().isEmpty()) {
                return Answer.failed(Kind.UNSUPPORTED, operation + " is answered with nothing");
            }
            return Answer.failed(Kind.MALFORMED, operation + " is answered with something else");
        }
        XmlNode all = parts.size() == 1 ? parts.get(0) : joined(parts);
        if (call.needsContent() && all.children().isEmpty()) {
            return Answer.failed(Kind.UNSUPPORTED, operation + " is answered with nothing");
        }
        return Answer.of(all);
    }

    /** One device sends a response for each item. */
    private static XmlNode joined(List<XmlNode> parts) {
        List<XmlNode> children = new ArrayList<>();
        parts.forEach(part -> children.addAll(part.children()));
        XmlNode first = parts.get(0);
        return new XmlNode(first.namespace(), first.name(), first.attributes(), children, first.text());
    }

    private static Answer fault(SoapCall call, int status, XmlNode fault) {
        StringBuilder codes = new StringBuilder();
        fault.walk()
                .filter(node -> node.name().equals("Value") || node.name().equalsIgnoreCase("faultcode"))
                .forEach(node ->
                        codes.append(node.text().replaceFirst(".*:", "")).append(' '));
        String reason = fault.at("Reason", "Text")
                .or(() -> fault.child("Reason"))
                .or(() -> fault.child("faultstring"))
                .map(XmlNode::text)
                .orElse("");
        String detail = fault.child("Detail")
                .or(() -> fault.child("detail"))
                .map(node -> node.walk().map(XmlNode::text).reduce("", (a, b) -> a + " " + b))
                .orElse("");
        String said = (codes + reason + " " + detail).toLowerCase(Locale.ROOT);
        if (UNSUPPORTED.matcher(said).find()) {
            return Answer.failed(Kind.UNSUPPORTED, call.operation() + " is not supported");
        }
        if (status == 401 || said.contains("auth")) {
            return Answer.refused(reason + " " + detail);
        }
        return Answer.failed(
                Kind.FAULT, call.operation() + ": " + cut(codes.toString().strip() + " " + reason));
    }

    private static Answer withoutText(SoapCall call, HttpResponse response) {
        return switch (response.status()) {
            case 401, 403 -> Answer.refused("");
            case 429, 503 -> Answer.failed(Kind.BUSY, "the device is busy");
            default ->
                Answer.failed(
                        Kind.UNSUPPORTED, call.operation() + " is answered with nothing, HTTP " + response.status());
        };
    }

    private static Answer unreadable(SoapCall call, HttpResponse response, MalformedXmlException e) {
        if (response.status() == 401 || response.status() == 403) {
            return Answer.refused(textOf(response.body()));
        }
        if (!response.complete()) {
            return Answer.failed(Kind.MALFORMED, call.operation() + ": the answer ends in the middle");
        }
        if (response.status() == 404 || response.status() == 405 || response.status() == 501) {
            return Answer.failed(Kind.UNSUPPORTED, call.operation() + ": HTTP " + response.status());
        }
        String text = textOf(response.body()).toLowerCase(Locale.ROOT);
        return text.contains("<html")
                ? page(call, response)
                : Answer.failed(Kind.MALFORMED, call.operation() + ": " + e.getMessage());
    }

    /** A page for people, which may be a login. */
    private static Answer page(SoapCall call, HttpResponse response) {
        String text = textOf(response.body()).toLowerCase(Locale.ROOT);
        if (response.status() == 404) {
            return Answer.failed(Kind.UNSUPPORTED, call.operation() + ": HTTP 404");
        }
        return text.contains("password") || text.contains("login") || text.contains("authori")
                ? Answer.refused(text)
                : Answer.failed(Kind.MALFORMED, call.operation() + " is answered with a web page");
    }

    private static boolean isBlank(byte[] body) {
        for (byte each : body) {
            if (each > ' ' || each < 0) {
                return false;
            }
        }
        return true;
    }

    private static String textOf(byte[] body) {
        return new String(body, 0, Math.min(body.length, 4_096), StandardCharsets.UTF_8);
    }

    /** So much of a device's own words as people need; no line breaks. */
    static String cut(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line;
    }
}
