package solutions.itms.scs.camera;

/** The cameras of this gateway, for the component of each of them. Thread-safe. */
interface Cameras {
    /** All cameras; the same as long as this service is there. */
    Fleet fleet();
}
