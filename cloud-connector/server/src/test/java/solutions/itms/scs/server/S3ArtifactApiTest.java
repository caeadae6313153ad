package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.server.artifact.ArtifactSettings;

/** The same with the bytes in an S3 store. */
class S3ArtifactApiTest extends ArtifactApiTest {
    private static S3Proxy s3;
    private static TestServer server;

    @BeforeAll
    static void startWithS3() throws Exception {
        s3 = S3Proxy.start(directory.resolve("store"));
        server = TestServer.start(directory.resolve("s3"), settings().with(s3.settings(false)));
    }

    @AfterAll
    static void stopS3() throws Exception {
        server.close();
        s3.close();
    }

    @Override
    TestServer server() {
        return server;
    }

    @Override
    void removeObject(String aid) throws Exception {
        Files.delete(s3.object(aid));
    }

    @Test
    void aLargeFileGoesToTheStoreInPartsAndComesBackFromTheStoreItself() throws Exception {
        ArtifactSettings roomy = ArtifactSettings.DEFAULT;
        try (TestServer presigning = TestServer.start(directory.resolve("presigning"), roomy.with(s3.settings(true)))) {
            byte[] large = new byte[40 * 1024 * 1024];
            new Random(1).nextBytes(large);
            api = presigning.admin();
            device = SignedDevice.withKey(
                    api.address(),
                    presigning.clock(),
                    presigning.commandGateway("GW-S3").key());
            String aid = uploadInPieces(large);

            String url = link(aid);

            assertThat(url).startsWith("http://127.0.0.1:").contains("X-Amz-Signature=", "/scs/" + aid);
            HttpResponse<byte[]> fetched = fetch(url, Map.of("Range", "bytes=17000000-17999999"));
            assertThat(fetched.statusCode()).isEqualTo(206);
            assertThat(fetched.body()).isEqualTo(java.util.Arrays.copyOfRange(large, 17_000_000, 18_000_000));
            assertThat(fetched.headers().firstValue("Content-Disposition").orElse(""))
                    .startsWith("attachment; filename=\"other-GW-S3-");
        }
    }
}
