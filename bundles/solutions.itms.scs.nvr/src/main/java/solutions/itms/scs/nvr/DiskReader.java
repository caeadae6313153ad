package solutions.itms.scs.nvr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.xml.MalformedXmlException;
import solutions.itms.scs.onvif.xml.XmlNode;
import solutions.itms.scs.onvif.xml.XmlReader;

/** Reads how full the disks of a recorder are, in the way of its maker: ONVIF has no word for that. */
enum DiskReader {
    /** Not at all. */
    NONE,
    /** Hikvision, and those that are made there for others. */
    ISAPI,
    /** Dahua, and those that are made there for others. */
    DAHUA;

    private static final long MEGABYTE = 1 << 20;
    private static final double MOST_BYTES = 1e18;
    private static final Pattern DAHUA_LINE =
            Pattern.compile("(?:list\\.)?info\\[(\\d{1,3})]\\.(?:Detail\\[\\d{1,3}]\\.)?([A-Za-z]{1,32})=(.{0,200})");
    /** What Hikvision's words for a disk mean that takes no recordings; one that sleeps or is repaired does. */
    private static final Set<String> ISAPI_FAILED =
            Set.of("error", "unformatted", "mismatch", "offline", "smartfailed", "notexist", "bad", "abnormal");

    CompletableFuture<List<Disk>> read(OnvifDevice device) {
        return switch (this) {
            case NONE -> CompletableFuture.completedFuture(List.of());
            case ISAPI ->
                device.management()
                        .page("/ISAPI/ContentMgmt/Storage")
                        .thenCompose(page -> parsed(page, DiskReader::isapi));
            case DAHUA ->
                device.management()
                        .page("/cgi-bin/storageDevice.cgi?action=getDeviceAllInfo")
                        .thenCompose(page -> parsed(page, DiskReader::dahua));
        };
    }

    /** Understands a page. */
    private interface Parser {
        List<Disk> parse(byte[] page) throws OnvifException;
    }

    private static CompletableFuture<List<Disk>> parsed(byte[] page, Parser parser) {
        try {
            return CompletableFuture.completedFuture(parser.parse(page));
        } catch (OnvifException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** XML with sizes in megabytes. */
    static List<Disk> isapi(byte[] page) throws OnvifException {
        try {
            List<Disk> disks =
                    XmlReader.read(page).find("hddList").map(list -> list.all("hdd")).orElse(List.of()).stream()
                            .limit(Disk.MOST)
                            .map(DiskReader::hdd)
                            .toList();
            return known(disks);
        } catch (MalformedXmlException e) {
            throw strange();
        }
    }

    private static Disk hdd(XmlNode hdd) {
        long total = bytes(hdd.number("capacity").orElse(0.0) * MEGABYTE);
        long free = bytes(hdd.number("freeSpace").orElse(0.0) * MEGABYTE);
        String state = hdd.text("status").orElse("");
        String name = hdd.text("hddName")
                .filter(text -> !text.isBlank())
                .orElse("disk " + hdd.text("id").orElse("?"));
        boolean failed = ISAPI_FAILED.contains(state.toLowerCase(Locale.ROOT));
        return new Disk(cut(name), total, Math.max(0, total - free), cut(state), failed);
    }

    /** Lines of name=value; a disk has several parts. */
    static List<Disk> dahua(byte[] page) throws OnvifException {
        Map<Integer, Disk> disks = new TreeMap<>();
        new String(page, StandardCharsets.UTF_8).lines().forEach(line -> {
            Matcher matcher = DAHUA_LINE.matcher(line.strip());
            if (matcher.matches()) {
                int number = Integer.parseInt(matcher.group(1));
                String value = matcher.group(3).strip();
                if (disks.size() < Disk.MOST || disks.containsKey(number)) {
                    Disk before = disks.getOrDefault(number, new Disk("disk " + number, 0, 0, "", false));
                    disks.put(number, with(before, matcher.group(2), value));
                }
            }
        });
        return known(new ArrayList<>(disks.values()));
    }

    private static Disk with(Disk disk, String name, String value) {
        return switch (name) {
            case "Name" -> new Disk(cut(value), disk.totalBytes(), disk.usedBytes(), disk.state(), disk.failed());
            case "State" -> {
                boolean failed = disk.failed() || value.equalsIgnoreCase("Error");
                yield new Disk(disk.name(), disk.totalBytes(), disk.usedBytes(), cut(value), failed);
            }
            case "IsError" -> {
                boolean failed = disk.failed() || value.equalsIgnoreCase("true");
                yield new Disk(disk.name(), disk.totalBytes(), disk.usedBytes(), disk.state(), failed);
            }
            case "TotalBytes" -> {
                long total = disk.totalBytes() + number(value);
                yield new Disk(disk.name(), total, disk.usedBytes(), disk.state(), disk.failed());
            }
            case "UsedBytes" -> {
                long used = disk.usedBytes() + number(value);
                yield new Disk(disk.name(), disk.totalBytes(), used, disk.state(), disk.failed());
            }
            default -> disk;
        };
    }

    private static long number(String value) {
        return bytes(XmlNode.parse(value).orElse(0.0));
    }

    private static long bytes(double value) {
        return value >= 0 && value < MOST_BYTES ? (long) value : 0;
    }

    private static List<Disk> known(List<Disk> disks) throws OnvifException {
        if (disks.isEmpty()) {
            throw strange();
        }
        return List.copyOf(disks);
    }

    private static OnvifException strange() {
        return new OnvifException(
                OnvifException.Kind.MALFORMED, "what the recorder says of its disks is not understood");
    }

    private static String cut(String text) {
        return text.length() > 64 ? text.substring(0, 64) : text;
    }
}
