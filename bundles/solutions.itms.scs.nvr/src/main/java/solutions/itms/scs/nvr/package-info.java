@NullMarked
package solutions.itms.scs.nvr;

import org.jspecify.annotations.NullMarked;
