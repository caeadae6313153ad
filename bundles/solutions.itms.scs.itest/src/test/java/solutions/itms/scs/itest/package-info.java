/** Tests of what is delivered. */
@NullMarked
package solutions.itms.scs.itest;

import org.jspecify.annotations.NullMarked;
