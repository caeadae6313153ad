/** The store as an OSGi service; apart, so that its users are not wired to Kura by it. */
@NullMarked
package solutions.itms.scs.store.component;

import org.jspecify.annotations.NullMarked;
