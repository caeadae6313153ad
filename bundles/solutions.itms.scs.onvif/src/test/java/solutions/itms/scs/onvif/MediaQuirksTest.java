package solutions.itms.scs.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.onvif.Lab.failure;
import static solutions.itms.scs.onvif.Lab.get;
import static solutions.itms.scs.onvif.Lab.soap;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.testkit.camera.CameraAuth.Mode;
import solutions.itms.scs.testkit.camera.CameraFault;
import solutions.itms.scs.testkit.camera.SimulatedCamera;

/** Q28 to Q32: profiles, movements, pictures. */
class MediaQuirksTest {
    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void q28AProfileWithoutAnEncoderIsOneAndMediaOneHelpsWhereMediaTwoFails() {
        OnvifDevice device = lab.connected();
        lab.camera.answer(
                "tr2:GetProfiles",
                "<tr2:GetProfilesResponse><tr2:Profiles token=\"p\"><tr2:Name>n</tr2:Name></tr2:Profiles></tr2:GetProfilesResponse>");
        assertThat(get(device.media().profiles()))
                .containsExactly(new MediaProfile("p", "n", null, null, null, null, null, null, null));
        lab.camera.script("tr2:GetProfiles", r -> soap(200, "<tr2:GetProfilesResponse/>"));
        assertThat(get(device.media().profiles()))
                .extracting(MediaProfile::encoding)
                .containsExactly("H264", "H264");
    }

    @Test
    void q28ItMovesThoughNoProfileHasAPtzConfigurationAndItsNodesTellNoSpaces() {
        OnvifDevice device = lab.connected();
        lab.camera.answer(
                "tr2:GetProfiles", "<tr2:GetProfilesResponse><tr2:Profiles token=\"p\"/></tr2:GetProfilesResponse>");
        MediaProfile profile = get(device.media().profiles()).get(0);
        assertThat(profile.ptz()).isNull();
        get(device.ptz().relativeMove(profile.token(), new PtzVector(0.1, 0.1, null)));
        assertThat(lab.camera.ptz().moves()).containsExactly("RelativeMove 0.1000 0.1000");
    }

    @Test
    void q29AMoveHasATimeOutAndAStopFollowsByItself() {
        OnvifDevice device = lab.connected();
        get(device.ptz().continuousMove("main", new PtzVector(0.5, null, null), Duration.ofMillis(300)));
        assertThat(lab.camera.ptz().moves()).containsExactly("ContinuousMove 0.5000 0.0000 PT0.300S");
        assertThat(lab.camera.ptz().moving()).isTrue();
        await().until(() -> !lab.camera.ptz().moving());
        assertThat(lab.camera.ptz().moves()).endsWith("Stop");
    }

    @Test
    void q29WithoutAStopItIsToldToMoveNoMore() {
        lab.camera.misbehave(CameraFault.NO_STOP);
        OnvifDevice device = lab.connected();
        get(device.ptz().continuousMove("main", new PtzVector(0.5, 0.0, null), Duration.ofSeconds(30)));
        get(device.ptz().stop("main"));
        assertThat(lab.camera.ptz().moving()).isFalse();
        assertThat(lab.camera.ptz().moves()).endsWith("ContinuousMove 0.0000 0.0000");
    }

    @Test
    void q29OnlyTheAxesThatAreMeantAreSent() {
        OnvifDevice device = lab.connected();
        get(device.ptz().continuousMove("main", new PtzVector(null, null, 0.2), Duration.ofMillis(200)));
        assertThat(lab.camera.ptz().moves().get(0)).isEqualTo("ContinuousMove 0.2000 zoom PT0.200S");
        get(device.ptz().relativeMove("main", new PtzVector(0.1, null, null)));
        assertThat(lab.camera.requests().get(lab.camera.requests().size() - 1))
                .contains("RelativeMove")
                .doesNotContain("Zoom");
    }

    @Test
    void q29AStopOvertakesMovesThatWaitAndTheyAreNeverSent() {
        OnvifDevice device = lab.connected();
        CompletableFuture<?> slow = device.media().profiles();
        CompletableFuture<Void> first = device.ptz().relativeMove("main", new PtzVector(0.1, 0.0, null));
        CompletableFuture<Void> second = device.ptz().relativeMove("main", new PtzVector(0.2, 0.0, null));
        CompletableFuture<Void> stop = device.ptz().stop("main");
        get(stop);
        get(slow);
        assertThat(List.of(failure(first).kind(), failure(second).kind())).containsOnly(Kind.STOPPED);
        assertThat(lab.camera.ptz().moves()).containsExactly("Stop");
    }

    @Test
    void q29AStopGoesBeforeReadsThatWait() {
        OnvifDevice device = lab.connected();
        List<CompletableFuture<?>> reads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            reads.add(device.management().scopes());
        }
        get(device.ptz().stop("main"));
        reads.forEach(Lab::get);
        List<String> asked = lab.camera.operations();
        assertThat(asked.indexOf("tptz:Stop")).isLessThan(asked.lastIndexOf("tds:GetScopes") - 5);
    }

    @Test
    void q31HalfAPictureIsNone() {
        byte[] half = new byte[2_000];
        half[0] = (byte) 0xFF;
        half[1] = (byte) 0xD8;
        half[1_999] = 7;
        lab.camera.script("GET", target -> new SimulatedCamera.Reply(200, "", half));
        assertThat(failure(lab.connected().media().snapshot("main")).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void q29AMovementIsStoppedAtTheEndOfItsUse() {
        OnvifDevice device = lab.connected();
        get(device.ptz().continuousMove("main", new PtzVector(0.5, 0.0, null), Duration.ofSeconds(30)));
        get(device.ptz().settle());
        assertThat(lab.camera.ptz().moving()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tptz:SetPresetResponse><tptz:PresetToken>7</tptz:PresetToken></tptz:SetPresetResponse>",
                "<tptz:SetPresetResponse><tptz:PresetToken token=\"7\"/></tptz:SetPresetResponse>",
                "<tptz:SetPresetResponse PresetToken=\"7\"/>",
                "<tptz:SetPresetResponse><tptz:Preset><tptz:PresetToken> 7 </tptz:PresetToken></tptz:Preset></tptz:SetPresetResponse>"
            })
    void q30TheTokenOfANewPresetIsFoundWhereverItIs(String answer) {
        OnvifDevice device = lab.connected();
        lab.camera.answer("tptz:SetPreset", answer);
        assertThat(get(device.ptz().setPreset("main", "n", ""))).isEqualTo("7");
    }

    @Test
    void q30ThreeHundredPresetsOfTheFactoryAreRead() {
        OnvifDevice device = lab.connected();
        StringBuilder presets = new StringBuilder("<tptz:GetPresetsResponse>");
        for (int i = 0; i < 300; i++) {
            presets.append("<tptz:Preset token=\"")
                    .append(i)
                    .append("\"><tt:PTZPosition><tt:PanTilt x=\"0\" y=\"0\"/></tt:PTZPosition></tptz:Preset>");
        }
        lab.camera.answer(
                "tptz:GetPresets", presets.append("</tptz:GetPresetsResponse>").toString());
        assertThat(get(device.ptz().presets("main"))).hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>login</html>", "ÿØÿ"})
    void q31WhatIsNoPictureIsNotTakenForOne(String body) {
        OnvifDevice device = lab.connected();
        lab.camera.script("GET", r -> new SimulatedCamera.Reply(200, "", body.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(failure(device.media().snapshot("main")).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void q31APictureIsFetchedWithDigestThoughSoapWantsTokensAndItsAddressIsAskedForEachTime() {
        lab.camera.auth().mode = Mode.TOKEN;
        OnvifDevice device = lab.connected();
        get(device.media().snapshot("main"));
        get(device.media().snapshot("main"));
        assertThat(lab.camera.asked("tr2:GetSnapshotUri").size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void q31APictureMayBeOnAnotherPort() {
        SimulatedCamera pictures = lab.site.camera();
        OnvifDevice device = lab.connected();
        lab.camera.answer(
                "tr2:GetSnapshotUri",
                "<tr2:GetSnapshotUriResponse><tr2:Uri>http://192.168.1.64:" + pictures.port()
                        + "/snapshot.jpg?a=1&amp;b=2</tr2:Uri></tr2:GetSnapshotUriResponse>");
        get(device.media().snapshot("main"));
        assertThat(pictures.operations()).contains("GET /snapshot.jpg?a=1&b=2");
    }

    @Test
    void q32ImagingIsAskedForWithTheTokenOfTheVideoSource() {
        OnvifDevice device = lab.connected();
        MediaProfile profile = get(device.media().profiles()).get(0);
        assertThat(profile.videoSource()).isEqualTo("vs0");
        get(device.imaging().settings(profile.videoSource()));
        assertThat(failure(device.imaging().settings(profile.token())).kind()).isEqualTo(Kind.UNSUPPORTED);
    }
}
