/** The executor of commands: a thin component around a core that verifies, journals, runs and reports. */
@NullMarked
package solutions.itms.scs.command;

import org.jspecify.annotations.NullMarked;
