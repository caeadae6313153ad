package solutions.itms.scs.camera;

import solutions.itms.scs.onvif.watch.Fleet;

/** The cameras of this gateway, for the component of each of them. Thread-safe. */
interface Cameras {
    /** All cameras; the same as long as this service is there. */
    Fleet<CameraSettings, Camera> fleet();
}
