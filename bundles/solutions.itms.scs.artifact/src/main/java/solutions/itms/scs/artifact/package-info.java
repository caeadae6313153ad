/** Files that this gateway made: spooled, and brought to the server, whatever happens on the way. */
@NullMarked
package solutions.itms.scs.artifact;

import org.jspecify.annotations.NullMarked;
