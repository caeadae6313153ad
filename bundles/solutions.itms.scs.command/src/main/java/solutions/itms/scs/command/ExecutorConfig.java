package solutions.itms.scs.command;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator sees of this component in the Kura web console. */
@ObjectClassDefinition(
        id = ExecutorConfig.PID,
        name = "SCS Commands",
        description = "Carries out the commands of the cloud, each once, if the server has signed them."
                + " ทำคำสั่งจากคลาวด์ที่เซิร์ฟเวอร์ลงนามแล้ว คำสั่งละหนึ่งครั้ง")
@interface ExecutorConfig {
    String PID = "solutions.itms.scs.command.Executor";

    @AttributeDefinition(
            name = "Server Keys / กุญแจของเซิร์ฟเวอร์",
            required = false,
            description =
                    "Public keys whose commands are taken: id:key, the key as 32 bytes in base64url (Ed25519), with"
                            + " commas between them; at most 8. The server prints them for a new gateway. During a change of the"
                            + " key both the old and the new one stand here. Empty: every command is refused."
                            + " กุญแจสาธารณะที่ยอมรับคำสั่ง ว่างไว้คือไม่รับคำสั่งใดเลย")
    String server_keys() default "";

    @AttributeDefinition(
            name = "Gateway Key / กุญแจของเกตเวย์",
            type = AttributeType.PASSWORD,
            required = false,
            description =
                    "Private key that signs the results: the id of this gateway, # and a number, a colon, and 32 bytes"
                            + " in base64url (Ed25519). The server prints it for a new gateway. Empty: every command is refused."
                            + " กุญแจลับสำหรับลงนามผลลัพธ์ ว่างไว้คือไม่รับคำสั่งใดเลย")
    String gateway_key() default "";

    @AttributeDefinition(
            name = "Cloud Connection Target Filter / การเชื่อมต่อคลาวด์",
            required = false,
            description =
                    "The cloud connections that commands may come by: an OSGi filter. Commands are signed, so that any"
                            + " will do. ตัวกรองการเชื่อมต่อคลาวด์ที่รับคำสั่งได้")
    String RequestHandlerRegistry_target() default "(kura.service.pid=*)";

    @AttributeDefinition(
            name = "Allow Changes / อนุญาตการเปลี่ยนแปลง",
            description = "Whether commands may change what can be changed back without harm."
                    + " อนุญาตคำสั่งที่เปลี่ยนแปลงและย้อนกลับได้")
    boolean allow_changes_state() default true;

    @AttributeDefinition(
            name = "Allow Disruptions / อนุญาตการรบกวนบริการ",
            description = "Whether commands may interrupt a service, such as an update or the restart of a camera."
                    + " อนุญาตคำสั่งที่ทำให้บริการหยุดชั่วคราว")
    boolean allow_disruptive() default true;

    @AttributeDefinition(
            name = "Allow Safety Critical / อนุญาตงานด้านความปลอดภัย",
            description = "Whether commands may change the operation of gates. An emergency may always be entered."
                    + " อนุญาตคำสั่งเปลี่ยนการทำงานของประตู ภาวะฉุกเฉินสั่งได้เสมอ")
    boolean allow_safety_critical() default true;

    @AttributeDefinition(
            name = "Clock Skew / ความคลาดเคลื่อนนาฬิกา",
            min = "1",
            max = "" + Settings.MAX_SKEW,
            description =
                    "Seconds that this gateway's clock may be from the server's when it is decided whether a command is"
                            + " still, or already, valid. วินาทีที่นาฬิกาต่างจากเซิร์ฟเวอร์ได้")
    int clock_skew() default Settings.SKEW;

    @AttributeDefinition(
            name = "Parallel Commands / คำสั่งพร้อมกัน",
            min = "1",
            max = "" + Settings.MAX_PARALLEL,
            description = "Commands that run at the same time. What gates are to do needs no place among them."
                    + " จำนวนคำสั่งที่ทำพร้อมกัน")
    int parallel() default Settings.PARALLEL;

    @AttributeDefinition(
            name = "Queue / คิว",
            min = "1",
            max = "" + Settings.MAX_QUEUE,
            description = "Commands that may wait; more are refused as busy, but an emergency never is."
                    + " จำนวนคำสั่งที่รอได้ เกินนี้จะถูกปฏิเสธ")
    int queue() default Settings.QUEUE;

    @AttributeDefinition(
            name = "Journal (commands) / บันทึกคำสั่ง",
            min = "100",
            max = "" + Settings.MAX_KEEP_COUNT,
            description =
                    "Finished commands that the journal keeps. Results that the server has not confirmed are kept up to"
                            + " ten times as many. จำนวนคำสั่งที่เสร็จแล้วที่เก็บไว้")
    int journal_commands() default Settings.KEEP_COUNT;

    @AttributeDefinition(
            name = "Journal (days) / บันทึกคำสั่ง (วัน)",
            min = "1",
            max = "" + Settings.MAX_KEEP_DAYS,
            description = "Days for which finished commands are kept. จำนวนวันที่เก็บคำสั่งที่เสร็จแล้ว")
    int journal_days() default Settings.KEEP_DAYS;

    @AttributeDefinition(
            name = "Repeat Results / ส่งผลลัพธ์ซ้ำ",
            min = "5",
            max = "" + Settings.MAX_REPEAT,
            description =
                    "Seconds after which a result is sent again that the server has not confirmed; doubled each time up"
                            + " to an hour. วินาทีก่อนส่งผลลัพธ์ที่เซิร์ฟเวอร์ยังไม่ยืนยันซ้ำ")
    int result_repeat() default Settings.REPEAT;

    @AttributeDefinition(
            name = "Server URL / ที่อยู่เซิร์ฟเวอร์",
            required = false,
            description =
                    "Base URL of the server, such as https://scs.example.org: files are uploaded there, and commands"
                            + " fetched from there while no cloud connection is up. Plain http is taken for this"
                            + " machine alone. Empty: neither."
                            + " ที่อยู่เซิร์ฟเวอร์สำหรับดึงคำสั่งเมื่อคลาวด์ไม่เชื่อมต่อ")
    String http_url() default "";

    @AttributeDefinition(
            name = "Fetch After / เริ่มดึงหลัง",
            min = "0",
            max = "" + FallbackSettings.MAX_AFTER,
            description = "Seconds without a cloud connection after which commands are fetched from the server's URL."
                    + " วินาทีที่ไม่มีการเชื่อมต่อก่อนเริ่มดึงคำสั่ง")
    int http_after() default FallbackSettings.AFTER;
}
