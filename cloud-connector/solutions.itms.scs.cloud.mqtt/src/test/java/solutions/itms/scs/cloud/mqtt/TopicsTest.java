package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.cloud.mqtt.outbox.Message;

class TopicsTest {
    @ParameterizedTest
    @CsvSource({
        "a/b,a/b,true",
        "a/b,a/c,false",
        "a/+,a/b,true",
        "a/+,a,false",
        "a/+,a/b/c,false",
        "a/+/c,a//c,true",
        "a/#,a,true",
        "a/#,a/b/c,true",
        "a/b/#,a/c,false",
        "#,a/b,true",
        "#,$EDC/a,false",
        "+/a,$EDC/a,false",
        "$EDC/#,$EDC/a,true"
    })
    void filters_match_as_mqtt_says(String filter, String topic, boolean expected) {
        assertThat(TopicFilter.matches(filter, topic)).isEqualTo(expected);
    }

    @Test
    void a_subscription_without_a_topic_means_everything_of_the_application() {
        assertThat(new Subscription(true, "CMD-V1", "", 1).filter("scs", "gw1")).isEqualTo("$EDC/scs/gw1/CMD-V1/#");
        assertThat(new Subscription(false, "X", "a/+", 0).filter("scs", "gw1")).isEqualTo("scs/gw1/X/a/+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/a", "a/b#", "a+/b", "a\u0000"})
    void filters_that_are_none_are_refused(String appTopic) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Subscription(false, "X", appTopic, 1));
    }

    @Test
    void a_message_is_refused_if_its_topic_would_be_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> message("", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> message("a/b", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> message("X", "a/#"));
        assertThatIllegalArgumentException().isThrownBy(() -> message("X", "a".repeat(10_000)));
        assertThat(message("X", "").topic("scs", "gw1")).isEqualTo("scs/gw1/X");
    }

    @Test
    void a_template_says_which_property_is_missing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicTemplate("$subject").fill(Map.of("other", 1)))
                .withMessageContaining("no property 'subject'");
    }

    private static Message message(String appId, String appTopic) {
        return new Message(false, null, appId, appTopic, new byte[0], 1, false, 5, null, "");
    }
}
