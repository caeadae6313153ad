package solutions.itms.scs.testkit.camera;

import static solutions.itms.scs.testkit.camera.CameraModel.wrap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.w3c.dom.Element;

/** Pan, tilt, zoom of a simulated camera; it does not move by itself, but it knows whether it would. */
public final class CameraPtz {
    private final SimulatedCamera camera;
    private final List<String> moves = new CopyOnWriteArrayList<>();
    private final Map<String, String> presets = new LinkedHashMap<>(Map.of("1", "Home"));
    private volatile String pan = "0";
    private volatile String tilt = "0";
    private volatile String zoom = "0";
    private volatile boolean moving;

    CameraPtz(SimulatedCamera camera) {
        this.camera = camera;
    }

    /** Whether it turns now; its own time-out does not end that. */
    public boolean moving() {
        return moving;
    }

    /** What it was told, such as {@code ContinuousMove 0.5000 0.0000 PT0.500S}. */
    public List<String> moves() {
        return new ArrayList<>(moves);
    }

    /** Presets by token. */
    public synchronized Map<String, String> presets() {
        return new LinkedHashMap<>(presets);
    }

    synchronized String answer(String name, Element operation) {
        List<Element> given = Rules.children(operation);
        return switch (name) {
            case "tptz:GetStatus" ->
                wrap(
                        name,
                        "<tptz:PTZStatus><tt:Position><tt:PanTilt x=\"" + pan + "\" y=\"" + tilt
                                + "\"/><tt:Zoom x=\"" + zoom + "\"/></tt:Position><tt:MoveStatus><tt:PanTilt>"
                                + (moving ? "MOVING" : "IDLE")
                                + "</tt:PanTilt></tt:MoveStatus></tptz:PTZStatus>");
            case "tptz:ContinuousMove" -> {
                String speed = vector(given.get(1));
                moving = !speed.replaceAll("[-0. ]", "").isEmpty();
                moves.add("ContinuousMove" + speed
                        + (given.size() > 2 ? " " + given.get(2).getTextContent() : ""));
                yield wrap(name, "");
            }
            case "tptz:AbsoluteMove", "tptz:RelativeMove" -> {
                moves.add(name.substring(5) + vector(given.get(1)));
                place(given.get(1));
                yield wrap(name, "");
            }
            case "tptz:Stop" -> {
                if (camera.does(CameraFault.NO_STOP)) {
                    yield "";
                }
                moving = false;
                moves.add("Stop");
                yield wrap(name, "");
            }
            case "tptz:GetPresets" -> {
                StringBuilder out = new StringBuilder();
                presets.forEach((token, label) -> out.append("<tptz:Preset token=\"")
                        .append(token)
                        .append("\"><tt:Name>")
                        .append(label)
                        .append("</tt:Name></tptz:Preset>"));
                yield wrap(name, out.toString());
            }
            case "tptz:SetPreset" -> {
                String token = String.valueOf(presets.size() + 1);
                presets.put(token, given.size() > 1 ? given.get(1).getTextContent() : "");
                yield wrap(name, "<tptz:PresetToken>" + token + "</tptz:PresetToken>");
            }
            case "tptz:RemovePreset" -> {
                presets.remove(given.get(1).getTextContent());
                yield wrap(name, "");
            }
            case "tptz:GotoPreset" -> {
                moves.add("GotoPreset " + given.get(1).getTextContent());
                yield wrap(name, "");
            }
            case "tptz:GotoHomePosition", "tptz:SetHomePosition" -> {
                moves.add(name.substring(5));
                yield wrap(name, "");
            }
            case "tptz:GetNodes" ->
                wrap(
                        name,
                        "<tptz:PTZNode token=\"n0\"><tt:MaximumNumberOfPresets>8</tt:MaximumNumberOfPresets></tptz:PTZNode>");
            default -> "";
        };
    }

    private static String vector(Element velocity) {
        StringBuilder out = new StringBuilder();
        for (Element axis : Rules.children(velocity)) {
            out.append(' ').append(axis.getAttribute("x"));
            out.append(axis.hasAttribute("y") ? " " + axis.getAttribute("y") : " zoom");
        }
        return out.toString();
    }

    private void place(Element position) {
        for (Element axis : Rules.children(position)) {
            if (axis.hasAttribute("y")) {
                pan = axis.getAttribute("x");
                tilt = axis.getAttribute("y");
            } else {
                zoom = axis.getAttribute("x");
            }
        }
    }
}
