package solutions.itms.scs.onvif.xml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element, found by its local name: devices choose prefixes, and now and then namespaces, as they like. Immutable.
 *
 * @param namespace empty when it has none, or its prefix was never declared
 * @param name local name
 * @param attributes by local name
 * @param children elements in their order
 * @param text its own text, without blanks at both ends
 */
public record XmlNode(
        String namespace, String name, Map<String, String> attributes, List<XmlNode> children, String text) {
    public XmlNode {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** The first child of this name. */
    public Optional<XmlNode> child(String local) {
        return children.stream().filter(child -> child.name.equals(local)).findFirst();
    }

    /** All children of this name. */
    public List<XmlNode> all(String local) {
        return children.stream().filter(child -> child.name.equals(local)).toList();
    }

    /** The element at the end of a path of local names, such as {@code at("Body", "Fault")}. */
    public Optional<XmlNode> at(String... path) {
        Optional<XmlNode> node = Optional.of(this);
        for (String local : path) {
            node = node.flatMap(n -> n.child(local));
        }
        return node;
    }

    /** The first element of this name at any depth, this one included. */
    public Optional<XmlNode> find(String local) {
        return walk().filter(node -> node.name.equals(local)).findFirst();
    }

    /** This element and all below, in the order of the document. */
    public Stream<XmlNode> walk() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlNode::walk));
    }

    /** The text of the element at the end of a path; empty when there is none, or no text in it. */
    public Optional<String> text(String... path) {
        return at(path).map(XmlNode::text).filter(value -> !value.isEmpty());
    }

    /** An attribute, whatever the case of its name; empty when it is missing or blank. */
    public Optional<String> attribute(String local) {
        String exact = attributes.get(local);
        if (exact != null) {
            return Optional.of(exact).filter(value -> !value.isBlank());
        }
        return attributes.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(local))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** The finite number at the end of a path; empty when there is none. */
    public Optional<Double> number(String... path) {
        return text(path).flatMap(XmlNode::parse);
    }

    /** The whole number at the end of a path; empty when there is none. */
    public Optional<Integer> whole(String... path) {
        return number(path)
                .filter(value -> Math.abs(value) <= Integer.MAX_VALUE)
                .map(Double::intValue);
    }

    /** A number as devices write it; empty when it is none. */
    public static Optional<Double> parse(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As XML, with its namespaces declared on each element. */
    public String toXml() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        out.append('<').append(name);
        if (!namespace.isEmpty()) {
            out.append(" xmlns=\"").append(escape(namespace)).append('"');
        }
        attributes.forEach((key, value) ->
                out.append(' ').append(key).append("=\"").append(escape(value)).append('"'));
        out.append('>').append(escape(text));
        children.forEach(child -> child.write(out));
        out.append("</").append(name).append('>');
    }

    /** Text for an element or a quoted attribute. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
