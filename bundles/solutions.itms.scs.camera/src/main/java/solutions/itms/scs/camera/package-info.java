@NullMarked
package solutions.itms.scs.camera;

import org.jspecify.annotations.NullMarked;
