/** Whether gates answer over SSH, and what they say of themselves. */
@NullMarked
package solutions.itms.scs.ssh;

import org.jspecify.annotations.NullMarked;
