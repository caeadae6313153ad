package solutions.itms.scs.nvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.testkit.camera.SimulatedCamera;

/** Answers put together after what makers publish of their interfaces. */
class DiskReaderTest {
    private static final String ISAPI = """
            <?xml version="1.0" encoding="UTF-8"?>
            <storage version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
            <hddList version="2.0" size="8">
            <hdd version="2.0"><id>1</id><hddName>hdda</hddName><hddPath></hddPath><hddType>SATA</hddType>
            <status>%s</status><capacity>3815447</capacity><freeSpace>5120</freeSpace><property>RW</property></hdd>
            <hdd version="2.0"><id>2</id><hddName></hddName><hddType>SATA</hddType>
            <status>idle</status><capacity>1000</capacity><freeSpace>1000</freeSpace></hdd>
            </hddList><nasList version="2.0" size="8"/></storage>
            """;
    private static final String DAHUA = """
            list.info[0].Detail[0].IsError=false
            list.info[0].Detail[0].Path=/mnt/dvr/sda0
            list.info[0].Detail[0].TotalBytes=1000202043392.000000
            list.info[0].Detail[0].Type=ReadWrite
            list.info[0].Detail[0].UsedBytes=900000000000.000000
            list.info[0].Detail[1].IsError=false
            list.info[0].Detail[1].TotalBytes=1000.000000
            list.info[0].Detail[1].UsedBytes=1000.000000
            list.info[0].Name=/dev/sda
            list.info[0].State=Success
            list.info[1].Name=/dev/sdb
            list.info[1].State=Error
            """;

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void isapiTellsMegabytes() throws Exception {
        assertThat(DiskReader.isapi(bytes(ISAPI.formatted("ok"))))
                .containsExactly(
                        new Disk("hdda", 3_815_447L << 20, 3_810_327L << 20, "ok", false),
                        new Disk("disk 2", 1_000L << 20, 0, "idle", false));
        assertThat(DiskReader.isapi(bytes(ISAPI.formatted("smartFailed")))
                        .get(0)
                        .failed())
                .isTrue();
    }

    @Test
    void dahuaTellsBytesOfEachPart() throws Exception {
        assertThat(DiskReader.dahua(bytes(DAHUA)))
                .containsExactly(
                        new Disk("/dev/sda", 1_000_202_044_392L, 900_000_001_000L, "Success", false),
                        new Disk("/dev/sdb", 0, 0, "Error", true));
    }

    @Test
    void whatIsNotUnderstoodIsToldSo() throws Exception {
        for (String page : new String[] {"", "<html>log in</html>", "<a", "Error", "list.info[0]"}) {
            assertThatThrownBy(() -> DiskReader.isapi(bytes(page))).isInstanceOf(OnvifException.class);
            assertThatThrownBy(() -> DiskReader.dahua(bytes(page))).isInstanceOf(OnvifException.class);
        }
        String odd = DAHUA.replace("1000202043392.000000", "1e300").replace("900000000000.000000", "-5");
        assertThat(DiskReader.dahua(bytes(odd)).get(0).usedBytes()).isEqualTo(1_000);
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] page = bytes(random.nextBoolean() ? ISAPI.formatted("ok") : DAHUA);
            for (int j = 0; j < 5; j++) {
                page[random.nextInt(page.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(DiskReader.isapi(page).size()
                                + DiskReader.dahua(page).size())
                        .isLessThanOrEqualTo(2 * Disk.MOST);
            } catch (OnvifException e) {
                assertThat(e.kind()).isEqualTo(OnvifException.Kind.MALFORMED);
            }
        }
    }

    @Test
    void howFullDisksAreIsAMetricAndOneThatFailedAnAlarm() throws Exception {
        try (Lab lab = new Lab(directory)) {
            lab.simulated.device().script("GET", target -> {
                boolean asked = target.equals("/ISAPI/ContentMgmt/Storage");
                return new SimulatedCamera.Reply(asked ? 200 : 404, "", bytes(ISAPI.formatted("error")));
            });
            Recorder recorder = lab.recorder("storage", "isapi");
            Map<String, Object> values = lab.run("nvr_probe", Map.of()).values();
            assertThat(values)
                    .containsEntry("storageTotalBytes", 3_816_447L << 20)
                    .containsEntry("storageUsedBytes", 3_810_327L << 20)
                    .containsEntry("clipSeconds", 900L)
                    .containsEntry("clipBytes", 1_000_000_000L);
            assertThat(values.get("capacity").toString()).contains("name=hdda", "state=error", "failed=true");
            assertThat(recorder.health().metrics())
                    .containsEntry("storage.total.bytes", 3_816_447L << 20)
                    .containsEntry("disks", 2L)
                    .containsEntry("disks.failed", 1L);
            assertThat(lab.alarms("nvr_disk", "raised")).hasSize(1);
            assertThat(lab.alarms("nvr_disk", "raised")
                            .get(0)
                            .payload()
                            .metrics()
                            .toString())
                    .contains("takes no recordings: hdda");
            lab.simulated
                    .device()
                    .script("GET", target -> new SimulatedCamera.Reply(200, "", bytes(ISAPI.formatted("ok"))));
            recorder.look().join();
            assertThat(lab.alarms("nvr_disk", "cleared")).hasSize(1);
        }
    }

    @Test
    void aRecorderWithoutThatInterfaceIsWellAllTheSame() throws Exception {
        try (Lab lab = new Lab(directory)) {
            lab.recorder("storage", "dahua");
            Map<String, Object> values = lab.run("nvr_probe", Map.of()).values();
            assertThat(values).containsEntry("reachable", true).containsEntry("storageTotalBytes", null);
            assertThat(values.get("reason").toString()).contains("storageDevice.cgi", "HTTP 404");
            assertThat(lab.settings("storage", "smb").problems())
                    .contains("storage 'smb' must be none, isapi or dahua; using none");
        }
    }
}
