package solutions.itms.scs.station;

/** What may be the id of a gate: 1 to 64 characters, any script, no control character, no lone surrogate. */
final class DeviceId {
    static final int MAX_LENGTH = 64;
    static final String RULE = "must have 1 to " + MAX_LENGTH + " printable characters";

    private DeviceId() {}

    static boolean isValid(String id) {
        return !id.isBlank()
                && id.length() <= MAX_LENGTH
                && id.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    }
}
