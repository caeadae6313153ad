package solutions.itms.scs.onvif.xml;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents of devices: first strictly; what is not well-formed a second time, repaired as far as is known from real
 * devices. A document type is refused, so no entity is ever expanded. Thread-safe.
 */
public final class XmlReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 100_000;
    private static final int MAX_TEXT = 1 << 20;

    private static final XMLInputFactory STRICT = factory(true);
    private static final XMLInputFactory FORGIVING = factory(false);

    private XmlReader() {}

    /**
     * Reads a document.
     *
     * @param bytes the whole document; its size has been limited before
     * @throws MalformedXmlException when it can't be read, even repaired
     */
    public static XmlNode read(byte[] bytes) throws MalformedXmlException {
        String text = decode(bytes, CodingErrorAction.REPORT);
        if (text != null) {
            try {
                return parse(STRICT, text);
            } catch (XMLStreamException e) {
                // once more below, repaired
            }
        }
        String lenient = XmlRepair.repair(new String(bytes, charset(bytes)));
        try {
            return parse(FORGIVING, lenient);
        } catch (XMLStreamException e) {
            throw new MalformedXmlException("no XML that can be read"
                    + (e.getLocation() == null
                            ? ""
                            : ", wrong in line " + e.getLocation().getLineNumber()));
        }
    }

    private static XMLInputFactory factory(boolean namespaces) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, namespaces);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    private static @Nullable String decode(byte[] bytes, CodingErrorAction onError) {
        try {
            String text = charset(bytes)
                    .newDecoder()
                    .onMalformedInput(onError)
                    .onUnmappableCharacter(onError)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** UTF-8 unless it begins as UTF-16 does: what the declaration says is often wrong. */
    private static Charset charset(byte[] bytes) {
        if (bytes.length > 1 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length > 1 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }

    private static XmlNode parse(XMLInputFactory factory, String text)
            throws XMLStreamException, MalformedXmlException {
        XMLStreamReader reader;
        synchronized (factory) {
            reader = factory.createXMLStreamReader(new StringReader(text));
        }
        boolean aware = factory == STRICT;
        Deque<Open> open = new ArrayDeque<>();
        int nodes = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new MalformedXmlException("a document type is not allowed");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new MalformedXmlException("an entity is not allowed");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() >= MAX_DEPTH || ++nodes > MAX_NODES) {
                        throw new MalformedXmlException(
                                "more than " + MAX_DEPTH + " levels or " + MAX_NODES + " elements");
                    }
                    open.push(Open.of(reader, aware, open.peek()));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append(open.peek(), reader);
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlNode node = open.pop().close();
                    if (open.isEmpty()) {
                        return node; // whatever follows the document is of no interest
                    }
                    open.peek().children.add(node);
                }
                default -> {}
            }
        }
        throw new XMLStreamException("no element");
    }

    private static void append(@Nullable Open element, XMLStreamReader reader) throws MalformedXmlException {
        if (element != null) {
            if (element.text.length() + reader.getTextLength() > MAX_TEXT) {
                throw new MalformedXmlException("a text of more than " + MAX_TEXT + " characters");
            }
            element.text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
    }

    /** An element whose end has not been read. */
    private static final class Open {
        final String namespace;
        final String name;
        final Map<String, String> attributes = new LinkedHashMap<>();
        final Map<String, String> prefixes;
        final List<XmlNode> children = new ArrayList<>(4);
        final StringBuilder text = new StringBuilder();

        private Open(String namespace, String name, Map<String, String> prefixes) {
            this.namespace = namespace;
            this.name = name;
            this.prefixes = prefixes;
        }

        static Open of(XMLStreamReader reader, boolean aware, @Nullable Open parent) {
            Open element = aware ? named(reader) : prefixed(reader, parent == null ? Map.of() : parent.prefixes);
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                String full = reader.getAttributeLocalName(i);
                if (aware || !full.startsWith("xmlns")) {
                    element.attributes.put(full.substring(full.indexOf(':') + 1), reader.getAttributeValue(i));
                }
            }
            return element;
        }

        private static Open named(XMLStreamReader reader) {
            String namespace = reader.getNamespaceURI();
            return new Open(namespace == null ? "" : namespace, reader.getLocalName(), Map.of());
        }

        /** Without the parser's help: a prefix may never have been declared. */
        private static Open prefixed(XMLStreamReader reader, Map<String, String> inherited) {
            Map<String, String> prefixes = inherited;
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                String full = reader.getAttributeLocalName(i);
                if (full.equals("xmlns") || full.startsWith("xmlns:")) {
                    if (prefixes == inherited) {
                        prefixes = new HashMap<>(inherited);
                    }
                    prefixes.put(full.equals("xmlns") ? "" : full.substring(6), reader.getAttributeValue(i));
                }
            }
            String full = reader.getLocalName();
            int colon = full.indexOf(':');
            String namespace = prefixes.getOrDefault(colon < 0 ? "" : full.substring(0, colon), "");
            return new Open(namespace, full.substring(colon + 1), prefixes);
        }

        XmlNode close() {
            return new XmlNode(
                    namespace, name, attributes, children, text.toString().strip());
        }
    }
}
