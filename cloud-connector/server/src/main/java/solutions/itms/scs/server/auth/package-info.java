/** People: passwords, sessions and the limits on logging in. */
@NullMarked
package solutions.itms.scs.server.auth;

import org.jspecify.annotations.NullMarked;
