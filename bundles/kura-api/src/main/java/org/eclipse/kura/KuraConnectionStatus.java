package org.eclipse.kura;

/** Numbers for the state of a connection. */
public class KuraConnectionStatus {
    public static final int NEVERCONNECTED = -1;
    public static final int DISCONNECTED = 0;
    public static final int CONNECTING = 1;
    public static final int CONNECTED = 2;
    public static final int DISCONNECTING = 3;

    public KuraConnectionStatus() {}
}
