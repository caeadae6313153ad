/** The station's {@code config.json}: read, checked against its schema, and watched for changes. */
@NullMarked
package solutions.itms.scs.station.config;

import org.jspecify.annotations.NullMarked;
