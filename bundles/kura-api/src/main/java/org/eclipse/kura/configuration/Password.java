package org.eclipse.kura.configuration;

/** The value of a password attribute. */
public class Password {
    private final char[] password;

    public Password(String password) {
        this.password = password == null ? new char[0] : password.toCharArray();
    }

    public Password(char[] password) {
        this.password = password;
    }

    public char[] getPassword() {
        return password;
    }

    /** The password itself. */
    @Override
    public String toString() {
        return new String(password);
    }
}
