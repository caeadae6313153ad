package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;

/**
 * How fast messages that are not urgent may be sent.
 *
 * @param messagesPerSecond 0 = as fast as it goes
 * @param bytesPerSecond of payload; 0 = as fast as it goes
 * @param startDelay after a connection comes up, a backlog waits for a random time up to this one
 */
record Pacing(int messagesPerSecond, long bytesPerSecond, Duration startDelay) {}
