package solutions.itms.scs.onvif;

/**
 * A relay output.
 *
 * @param mode Monostable or Bistable
 * @param idle open or closed
 */
public record RelayOutput(String token, String mode, String idle) {}
