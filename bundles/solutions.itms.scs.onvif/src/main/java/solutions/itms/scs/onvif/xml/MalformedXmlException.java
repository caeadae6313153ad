package solutions.itms.scs.onvif.xml;

/** What was sent is no XML that can be read within the limits. */
public final class MalformedXmlException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param text what is wrong; nothing of the document itself */
    public MalformedXmlException(String text) {
        super(text, null, false, false);
    }
}
