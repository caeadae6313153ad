package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field of a request.
 *
 * @param index position in the array of a bulk request; null in a single one
 * @param field name of the field; null when the whole text is meant
 * @param reason what is wrong, and what is allowed
 */
record FieldError(@Nullable Integer index, @Nullable String field, String reason) {}
