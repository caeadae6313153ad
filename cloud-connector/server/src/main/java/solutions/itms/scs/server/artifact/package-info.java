/** Files that gateways and people upload: taken in pieces, checked, kept, and handed out by short-lived addresses. */
@NullMarked
package solutions.itms.scs.server.artifact;

import org.jspecify.annotations.NullMarked;
