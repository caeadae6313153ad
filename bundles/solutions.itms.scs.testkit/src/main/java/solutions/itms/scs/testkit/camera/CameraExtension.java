package solutions.itms.scs.testkit.camera;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What a simulated device can do beside what a camera does. Called on the site's thread. */
public interface CameraExtension {
    /**
     * Answers an operation whose parts are known to be right.
     *
     * @param name such as {@code tse:FindEvents}
     * @return null when it is none of its operations
     */
    SimulatedCamera.@Nullable Reply answer(String name, Element operation);
}
