/** The HTTP API of devices: signed requests instead of sessions. */
@NullMarked
package solutions.itms.scs.server.deviceapi;

import org.jspecify.annotations.NullMarked;
