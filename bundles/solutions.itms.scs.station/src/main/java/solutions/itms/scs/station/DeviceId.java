package solutions.itms.scs.station;

/** What may be the id of a gate: 1 to 64 characters, any script, no control character, no lone surrogate. */
final class DeviceId {
    static final int MAX_LENGTH = 64;
    static final String RULE = "must have 1 to " + MAX_LENGTH + " printable characters";

    private DeviceId() {}

    static boolean isValid(String id) {
        if (id.isBlank() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c) && i + 1 < id.length() && Character.isLowSurrogate(id.charAt(i + 1));
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !pair)) {
                return false;
            }
            i += pair ? 1 : 0;
        }
        return true;
    }
}
