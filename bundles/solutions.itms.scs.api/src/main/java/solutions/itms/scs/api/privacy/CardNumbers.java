package solutions.itms.scs.api.privacy;

/**
 * Masks what may be the number of a payment card: 13 to 19 digits with a valid check digit (Luhn), written together or
 * in groups that a single space or dash parts. All but the last four digits become asterisks. Other numbers of that
 * length are masked by chance, one of ten: better than one card number in a log.
 */
public final class CardNumbers {
    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;
    private static final int SHOWN = 4;

    /** The longest text that one number can take. */
    public static final int MAX_LENGTH = 2 * MAX_DIGITS - 1;

    private CardNumbers() {}

    /** The text with every such number masked. */
    public static String mask(String text) {
        char[] masked = null;
        int i = 0;
        while (i < text.length()) {
            if (digit(text, i) < 0) {
                i++;
                continue;
            }
            int end = end(text, i);
            if (end < 0) {
                // not from here; the number may begin at the run's next group, never within a group
                i = endOfGroup(text, i);
                continue;
            }
            masked = masked == null ? text.toCharArray() : masked;
            hide(masked, i, end);
            i = end;
        }
        return masked == null ? text : new String(masked);
    }

    /** Where the longest number that begins here ends; -1 when there is none. */
    private static int end(String text, int start) {
        int found = -1;
        int digits = 0;
        int[] values = new int[MAX_DIGITS];
        int i = start;
        while (i < text.length() && digits <= MAX_DIGITS) {
            int digit = digit(text, i);
            if (digit >= 0) {
                if (digits == MAX_DIGITS) {
                    return found;
                }
                values[digits++] = digit;
                i++;
                boolean endsGroup = digit(text, i) < 0;
                if (endsGroup && digits >= MIN_DIGITS && isLuhn(values, digits)) {
                    found = i;
                }
            } else if (isSeparator(text.charAt(i)) && digit(text, i + 1) >= 0) {
                i++;
            } else {
                return found;
            }
        }
        return found;
    }

    private static int endOfGroup(String text, int start) {
        int i = start;
        while (digit(text, i) >= 0) {
            i++;
        }
        return i;
    }

    private static void hide(char[] text, int start, int end) {
        int left = SHOWN;
        for (int i = end - 1; i >= start; i--) {
            if (Character.digit(text[i], 10) >= 0 && left-- <= 0) {
                text[i] = '*';
            }
        }
    }

    private static boolean isLuhn(int[] values, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int value = values[length - 1 - i] * (i % 2 == 0 ? 1 : 2);
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0 && sum > 0;
    }

    /** The digit there, in any script; -1 for anything else and behind the end. */
    private static int digit(String text, int index) {
        return index < text.length() ? Character.digit(text.charAt(index), 10) : -1;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '\u00A0' || c == '\u2011';
    }
}
