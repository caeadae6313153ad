package solutions.itms.scs.testkit.camera;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What the published schemas want of requests, read from {@code requests.txt}. Immutable. */
final class Grammar {
    private static final Pattern LINE = Pattern.compile("(type )?(\\S+)(?: \\[(\\S+)])? =(.*)");
    private static final Pattern PART = Pattern.compile("([@$]?)(?:(\\w+):(?=\\w+[?*+]?:))?(\\w*)([?*+]?):?(\\S*)");

    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, String> actions = new HashMap<>();

    /** @param text type of what stands between its tags; null when only elements may */
    private record Shape(
            List<Part> attributes,
            List<Part> children,
            @Nullable String text,
            boolean open) {}

    private record Part(String prefix, String name, String occurs, String type) {
        boolean optional() {
            return occurs.equals("?") || occurs.equals("*");
        }

        boolean repeats() {
            return occurs.equals("*") || occurs.equals("+");
        }
    }

    /** Reads the grammar of this package. */
    static Grammar load() {
        try (InputStream in = Grammar.class.getResourceAsStream("requests.txt")) {
            if (in == null) {
                throw new IllegalStateException("requests.txt is missing");
            }
            return new Grammar(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Grammar(String text) {
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher parts = LINE.matcher(line.strip());
            if (!parts.matches()) {
                throw new IllegalStateException("can't read " + line);
            }
            String name = parts.group(2);
            boolean type = parts.group(1) != null;
            shapes.put(name, shape(parts.group(4), type ? "tt" : name.substring(0, name.indexOf(':'))));
            if (parts.group(3) != null) {
                actions.put(name, parts.group(3));
            }
        }
        shapes.forEach((name, shape) -> {
            List<Part> all = new ArrayList<>(shape.children());
            all.addAll(shape.attributes());
            all.stream()
                    .filter(part -> !SimpleTypes.knows(part.type()) && !shapes.containsKey(part.type()))
                    .forEach(part -> {
                        throw new IllegalStateException(name + " has a part of unknown type " + part.type());
                    });
        });
    }

    private static Shape shape(String parts, String prefix) {
        List<Part> attributes = new ArrayList<>();
        List<Part> children = new ArrayList<>();
        String text = null;
        boolean open = false;
        for (String word : parts.strip().split(" +")) {
            Matcher part = PART.matcher(word);
            if (word.equals("...")) {
                open = true;
            } else if (word.startsWith("$")) {
                text = word.substring(1);
            } else if (!word.isEmpty() && part.matches()) {
                String space = part.group(2) == null ? prefix : part.group(2);
                (part.group(1).isEmpty() ? children : attributes)
                        .add(new Part(space, part.group(3), part.group(4), part.group(5)));
            }
        }
        return new Shape(attributes, children, text, open);
    }

    /** Whether there is such an operation or header, such as tds:GetScopes. */
    boolean knows(String name) {
        return shapes.containsKey(name);
    }

    /** The wsa:Action that an operation must be sent with; empty when it needs none. */
    String action(String name) {
        return actions.getOrDefault(name, "");
    }

    /** What is wrong with an element; empty when nothing is. */
    Optional<String> problem(String name, Element element) {
        return Optional.ofNullable(check(name, element, name));
    }

    private @Nullable String check(String type, Element element, String path) {
        Shape shape = shapes.get(type);
        if (shape == null) {
            return value(type, element, path);
        }
        String problem = attributes(shape, element, path);
        if (problem == null && shape.text() != null) {
            problem = value(shape.text(), element, path);
        } else if (problem == null && !shape.open() && !text(element).isBlank()) {
            problem = path + " has text";
        }
        return problem != null || shape.text() != null ? problem : children(shape, element, path);
    }

    private static @Nullable String value(String type, Element element, String path) {
        if (!Rules.children(element).isEmpty()) {
            return path + " has elements in it";
        }
        String text = element.getTextContent();
        return SimpleTypes.allows(type, text) ? null : path + " is no " + type + ": '" + text + "'";
    }

    private static @Nullable String attributes(Shape shape, Element element, String path) {
        for (Part part : shape.attributes()) {
            String value = attribute(element, part.name());
            if (value == null && !part.optional()) {
                return path + " lacks the attribute " + part.name();
            }
            if (value != null && !SimpleTypes.allows(part.type(), value)) {
                return path + "/@" + part.name() + " is no " + part.type() + ": '" + value + "'";
            }
        }
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr given = (Attr) element.getAttributes().item(i);
            boolean declares = given.getName().startsWith("xmlns");
            boolean known =
                    shape.attributes().stream().anyMatch(part -> part.name().equals(given.getLocalName()));
            if (!declares && !known && !shape.open()) {
                return path + " has the attribute " + given.getName();
            }
        }
        return null;
    }

    private static @Nullable String attribute(Element element, String name) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            if (element.getAttributes().item(i).getLocalName().equals(name)) {
                return element.getAttributes().item(i).getNodeValue();
            }
        }
        return null;
    }

    private @Nullable String children(Shape shape, Element element, String path) {
        List<Element> given = Rules.children(element);
        int at = 0;
        for (Part part : shape.children()) {
            int count = 0;
            while (at < given.size()
                    && given.get(at).getLocalName().equals(part.name())
                    && (count == 0 || part.repeats())) {
                Element child = given.get(at++);
                String place = path + "/" + part.name();
                if (!part.prefix().equals(Rules.prefix(child))) {
                    return place + " is in the namespace " + child.getNamespaceURI();
                }
                String problem = check(part.type(), child, place);
                if (problem != null) {
                    return problem;
                }
                count++;
            }
            if (count == 0 && !part.optional()) {
                return path + " lacks " + part.name();
            }
        }
        return at == given.size() || shape.open()
                ? null
                : path + " has " + given.get(at).getLocalName() + " where it may not be";
    }

    private static String text(Element element) {
        StringBuilder out = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE) {
                out.append(node.getNodeValue());
            }
        }
        return out.toString();
    }
}
