/**
 * The gateway end of the cloud connector: a Kura cloud connection over MQTT 3.1.1. Kura and OSGi types are in the
 * {@code *Component} and {@code *Adapter} classes only; the rest is plain Java.
 */
@NullMarked
package solutions.itms.scs.cloud.mqtt;

import org.jspecify.annotations.NullMarked;
