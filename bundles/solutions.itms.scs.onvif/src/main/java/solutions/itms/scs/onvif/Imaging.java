package solutions.itms.scs.onvif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.xml.XmlNode;

/**
 * Imaging of a video source: its token is neither a profile's nor a configuration's. Settings are trees with the names of
 * the WSDL, such as {@code Brightness} or {@code Exposure/Mode}. Thread-safe.
 */
public final class Imaging {
    /** The order that the schema wants. */
    private static final List<String> ORDER = List.of(
            "BacklightCompensation",
            "Brightness",
            "ColorSaturation",
            "Contrast",
            "Exposure",
            "Focus",
            "IrCutFilter",
            "Sharpness",
            "WideDynamicRange",
            "WhiteBalance");

    private static final Map<String, List<String>> INNER = Map.of(
            "BacklightCompensation", List.of("Mode", "Level"),
            "Exposure",
                    List.of(
                            "Mode",
                            "Priority",
                            "Window",
                            "MinExposureTime",
                            "MaxExposureTime",
                            "MinGain",
                            "MaxGain",
                            "MinIris",
                            "MaxIris",
                            "ExposureTime",
                            "Gain",
                            "Iris"),
            "Focus", List.of("AutoFocusMode", "DefaultSpeed", "NearLimit", "FarLimit"),
            "WideDynamicRange", List.of("Mode", "Level"),
            "WhiteBalance", List.of("Mode", "CrGain", "CbGain"));

    private final OnvifDevice device;

    Imaging(OnvifDevice device) {
        this.device = device;
    }

    /** Whether a setting can be changed here, such as Brightness or Exposure/Mode. */
    public static boolean isSetting(String path) {
        int slash = path.indexOf('/');
        return slash < 0
                ? ORDER.contains(path) && !INNER.containsKey(path)
                : INNER.getOrDefault(path.substring(0, slash), List.of()).contains(path.substring(slash + 1))
                        && !path.endsWith("/Window");
    }

    /** The settings as they are. */
    public CompletableFuture<Map<String, @Nullable Object>> settings(String videoSource) {
        return raw("GetImagingSettings", videoSource)
                .thenApply(node -> tree(node.child("ImagingSettings").orElse(node)));
    }

    /** What can be set, and the ranges. */
    public CompletableFuture<Map<String, @Nullable Object>> options(String videoSource) {
        return raw("GetOptions", videoSource)
                .thenApply(node -> tree(node.child("ImagingOptions").orElse(node)));
    }

    /** How focus can be moved. */
    public CompletableFuture<Map<String, @Nullable Object>> moveOptions(String videoSource) {
        return raw("GetMoveOptions", videoSource)
                .thenApply(node -> tree(node.child("MoveOptions").orElse(node)));
    }

    /** Where focus is. */
    public CompletableFuture<Map<String, @Nullable Object>> status(String videoSource) {
        return raw("GetStatus", videoSource)
                .thenApply(node -> tree(node.child("Status").orElse(node)));
    }

    private CompletableFuture<XmlNode> raw(String operation, String videoSource) {
        return device.call(device.read(Service.IMAGING, operation)
                .with("<timg:VideoSourceToken>" + XmlNode.escape(videoSource) + "</timg:VideoSourceToken>")
                .withContent());
    }

    /**
     * Changes settings: reads all, changes these, and writes all back, as devices want it. What is outside of the ranges
     * that the device tells fails before anything is sent.
     *
     * @param changes by path, see {@link #isSetting}
     */
    public CompletableFuture<Void> set(String videoSource, Map<String, String> changes) {
        return raw("GetOptions", videoSource)
                .handle((options, failure) -> failure == null ? options : null)
                .thenCompose(options -> {
                    for (Map.Entry<String, String> change : changes.entrySet()) {
                        String problem = problem(options, change.getKey(), change.getValue());
                        if (problem != null) {
                            return CompletableFuture.failedFuture(
                                    new OnvifException(OnvifException.Kind.FAULT, problem));
                        }
                    }
                    return raw("GetImagingSettings", videoSource);
                })
                .thenCompose(current -> device.call(device.read(Service.IMAGING, "SetImagingSettings")
                        .with("<timg:VideoSourceToken>" + XmlNode.escape(videoSource)
                                + "</timg:VideoSourceToken><timg:ImagingSettings>"
                                + merged(current.child("ImagingSettings").orElse(current), changes)
                                + "</timg:ImagingSettings><timg:ForcePersistence>true</timg:ForcePersistence>")))
                .thenAccept(done -> {});
    }

    /** What is wrong with a value; null when nothing is, as far as the device tells its ranges. */
    private static @Nullable String problem(@Nullable XmlNode options, String path, String value) {
        if (options == null) {
            return null;
        }
        XmlNode all = options.child("ImagingOptions").orElse(options);
        String[] steps = path.split("/");
        if (steps[0].equals("IrCutFilter")) {
            steps = new String[] {"IrCutFilterModes"};
        } else if (path.equals("Focus/AutoFocusMode")) {
            steps = new String[] {"Focus", "AutoFocusModes"};
        } else if (path.equals("WhiteBalance/CrGain") || path.equals("WhiteBalance/CbGain")) {
            steps = new String[] {"WhiteBalance", path.endsWith("CrGain") ? "YrGain" : "YbGain"};
        }
        XmlNode parent = steps.length == 1 ? all : all.child(steps[0]).orElse(null);
        if (parent == null) {
            return "the camera has no setting " + path;
        }
        List<XmlNode> allowed = parent.all(steps[steps.length - 1]);
        if (allowed.isEmpty()) {
            return "the camera has no setting " + path;
        }
        var min = allowed.get(0).number("Min");
        var max = allowed.get(0).number("Max");
        if (min.isPresent() && max.isPresent()) {
            var number = XmlNode.parse(value);
            boolean fits = number.isPresent() && number.get() >= min.get() && number.get() <= max.get();
            return fits ? null : path + " must be a number from " + plain(min.get()) + " to " + plain(max.get());
        }
        List<String> words = allowed.stream().map(XmlNode::text).toList();
        return words.contains(value) ? null : path + " must be one of " + String.join(", ", words);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static String merged(XmlNode current, Map<String, String> changes) {
        StringBuilder out = new StringBuilder();
        for (String name : ORDER) {
            XmlNode now = current.child(name).orElse(null);
            if (!INNER.containsKey(name)) {
                String value = changes.getOrDefault(name, now == null ? "" : now.text());
                element(out, name, value);
                continue;
            }
            StringBuilder inner = new StringBuilder();
            for (String part : INNER.getOrDefault(name, List.of())) {
                XmlNode was = now == null ? null : now.child(part).orElse(null);
                if (was != null
                        && !(was.children().isEmpty() && was.attributes().isEmpty())) {
                    inner.append(typed(was));
                } else {
                    element(inner, part, changes.getOrDefault(name + "/" + part, was == null ? "" : was.text()));
                }
            }
            if (inner.length() > 0) {
                out.append("<tt:")
                        .append(name)
                        .append('>')
                        .append(inner)
                        .append("</tt:")
                        .append(name)
                        .append('>');
            }
        }
        return out.toString();
    }

    private static void element(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append("<tt:").append(name).append('>').append(XmlNode.escape(value));
            out.append("</tt:").append(name).append('>');
        }
    }

    private static String typed(XmlNode node) {
        StringBuilder out = new StringBuilder("<tt:").append(node.name());
        node.attributes()
                .forEach((key, value) -> out.append(' ')
                        .append(key)
                        .append("=\"")
                        .append(XmlNode.escape(value))
                        .append('"'));
        out.append('>').append(XmlNode.escape(node.text()));
        node.children().forEach(child -> out.append(typed(child)));
        return out.append("</tt:").append(node.name()).append('>').toString();
    }

    /** A tree of maps; an element that comes several times is a list, a number is one. */
    static Map<String, @Nullable Object> tree(XmlNode node) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (XmlNode child : node.children()) {
            Object value = child.children().isEmpty() ? value(child.text()) : tree(child);
            Object former = map.get(child.name());
            if (former instanceof List<?> list) {
                List<Object> more = new ArrayList<>(list);
                more.add(value);
                map.put(child.name(), more);
            } else {
                map.put(child.name(), former == null ? value : List.of(former, value));
            }
        }
        return map;
    }

    private static Object value(String text) {
        var number = XmlNode.parse(text);
        if (number.isPresent() && text.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?")) {
            double value = number.get();
            return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : (Object) value;
        }
        return text.equals("true") ? true : text.equals("false") ? (Object) false : Management.line(text);
    }
}
