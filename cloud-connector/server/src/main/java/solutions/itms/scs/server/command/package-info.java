/** Commands to gateways: their life cycle, the tables it is kept in, and the parts that drive it. */
@NullMarked
package solutions.itms.scs.server.command;

import org.jspecify.annotations.NullMarked;
