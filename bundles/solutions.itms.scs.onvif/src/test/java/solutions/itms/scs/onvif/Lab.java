package solutions.itms.scs.onvif;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.soap.Credentials;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.testkit.camera.CameraSite;
import solutions.itms.scs.testkit.camera.SimulatedCamera;

/** A simulated camera and what talks to it. */
final class Lab implements AutoCloseable {
    final CameraSite site = new CameraSite();
    final NetworkLoop loop;
    final SimulatedCamera camera = site.camera();
    private final List<OnvifDevice> devices = new ArrayList<>();

    Lab() {
        try {
            loop = new NetworkLoop("scs-test");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    OnvifDevice device() {
        return device(new Credentials("admin", "secret", Credentials.Method.AUTO), Duration.ofSeconds(4));
    }

    OnvifDevice device(Credentials credentials, Duration limit) {
        DeviceSettings settings = new DeviceSettings(Endpoint.parse(camera.address()), credentials, "", limit);
        OnvifDevice device = new OnvifDevice(loop, settings, Clock.systemUTC(), fingerprint -> {});
        devices.add(device);
        return device;
    }

    OnvifDevice connected() {
        OnvifDevice device = device();
        get(device.connect());
        return device;
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(
                    OnvifException.of(e).kind() + " " + e.getCause().getMessage(), e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static OnvifException failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("succeeded with " + future.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return OnvifException.of(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static SimulatedCamera.Reply reply(int status, String body) {
        return new SimulatedCamera.Reply(status, "", body.getBytes(StandardCharsets.UTF_8));
    }

    static SimulatedCamera.Reply soap(int status, String body) {
        return new SimulatedCamera.Reply(status, "", SimulatedCamera.envelope(body));
    }

    @Override
    public void close() {
        devices.forEach(OnvifDevice::close);
        loop.close();
        site.close();
    }
}
