package solutions.itms.scs.api.command;

/**
 * What is wrong with one parameter.
 *
 * @param parameter its name
 * @param text what is allowed, to be read behind the name: {@code must be a whole number from 0 to 3}
 */
public record ParameterProblem(String parameter, String text) {}
