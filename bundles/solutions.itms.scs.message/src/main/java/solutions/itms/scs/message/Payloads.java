package solutions.itms.scs.message;

/** Reads payloads in whichever of Kura's encodings they come. */
public final class Payloads {
    private Payloads() {}

    /**
     * Reads a payload: JSON when it begins with a brace, else protocol buffers, compressed or not.
     *
     * @throws MalformedPayloadException if the bytes are none of them
     */
    public static Payload decode(byte[] bytes) throws MalformedPayloadException {
        return JsonPayloadCodec.isJson(bytes) ? JsonPayloadCodec.decode(bytes) : PayloadCodec.decode(bytes);
    }
}
