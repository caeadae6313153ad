package solutions.itms.scs.artifact;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator sees of this component in the Kura web console. */
@ObjectClassDefinition(
        id = ArtifactConfig.PID,
        name = "SCS Artifacts",
        description = "Keeps logs, pictures and clips until the server has them, and uploads them to the server's URL"
                + " that is set with SCS Commands. เก็บไฟล์บันทึก ภาพ และคลิป แล้วส่งขึ้นเซิร์ฟเวอร์")
@interface ArtifactConfig {
    String PID = "solutions.itms.scs.artifact.Uploader";

    @AttributeDefinition(
            name = "Spool (MiB) / ที่พักไฟล์",
            min = "1",
            max = "" + Settings.MAX_SPOOL,
            description = "MiB that all files together may take that have not reached the server. More are refused."
                    + " ขนาดรวมของไฟล์ที่ยังไม่ถึงเซิร์ฟเวอร์")
    int spool_megabytes() default Settings.SPOOL;

    @AttributeDefinition(
            name = "Largest File (MiB) / ไฟล์ใหญ่สุด",
            min = "1",
            max = "" + Settings.MAX_SPOOL,
            description = "MiB that one file may have. The server has a limit of its own. ขนาดสูงสุดของหนึ่งไฟล์")
    int file_megabytes() default Settings.FILE;

    @AttributeDefinition(
            name = "Files / จำนวนไฟล์",
            min = "1",
            max = "" + Settings.MAX_FILES,
            description = "Files that may wait for the server. More are refused. จำนวนไฟล์ที่รอส่งได้")
    int spool_files() default Settings.FILES;

    @AttributeDefinition(
            name = "Keep (days) / เก็บไว้ (วัน)",
            min = "1",
            max = "" + Settings.MAX_KEEP,
            description = "Days after which a file is given up that could not be brought to the server."
                    + " จำนวนวันก่อนทิ้งไฟล์ที่ส่งไม่ได้")
    int spool_days() default Settings.KEEP;

    @AttributeDefinition(
            name = "Parallel Uploads / ส่งพร้อมกัน",
            min = "1",
            max = "" + Settings.MAX_PARALLEL,
            description = "Files that are uploaded at the same time, small ones first. จำนวนไฟล์ที่ส่งพร้อมกัน")
    int parallel() default Settings.PARALLEL;

    @AttributeDefinition(
            name = "Bandwidth (kbit/s) / แบนด์วิดท์",
            min = "0",
            max = "" + Settings.MAX_RATE,
            description =
                    "What all uploads together may use of the line; 0 = no limit. ความเร็วรวมสูงสุด 0 คือไม่จำกัด")
    int bandwidth_kbits() default 0;
}
