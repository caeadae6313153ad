package org.eclipse.kura;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The text of an exception: its code in words, and the arguments. */
final class ErrorText {
    private ErrorText() {}

    static String of(KuraErrorCode code, Object... arguments) {
        String words =
                code == null ? "error" : code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String details = arguments == null
                ? ""
                : Arrays.stream(arguments)
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        return details.isEmpty() ? words : words + ": " + details;
    }
}
