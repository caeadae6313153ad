/** Changes, pushed to browsers as they are committed. */
@NullMarked
package solutions.itms.scs.server.live;

import org.jspecify.annotations.NullMarked;
