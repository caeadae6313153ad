package solutions.itms.scs.server.auth;

/** Somebody who has logged in, as the API shows it. */
public record Person(String username, String role) {}
