package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.hpke.HpkeConfigList;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.hpke.HpkePrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

  @ParameterizedTest
  @ValueSource(strings = {"AA==", "AB", "A", "+_8A", "/-8A", "AA AA", "AAA="})
  void base64Url_refusesEverySecondSpelling(String text) {
    assertThatThrownBy(() -> Base64Url.decode(text)).isInstanceOf(ProblemException.class);
  }

  @Test
  void anIdOfAnotherLength_isRefused() {
    assertThatThrownBy(() -> TaskId.of("AAAA")).isInstanceOf(ProblemException.class);
  }

  @Test
  void reportErrors_haveTheCodesOfTheDraft() {
    assertThat(ReportError.BATCH_COLLECTED.code()).isEqualTo(1);
    assertThat(ReportError.VDAF_VERIFY_ERROR.code()).isEqualTo(6);
    assertThat(ReportError.OUTDATED_CONFIG.code()).isEqualTo(11);
    assertThat(ReportError.of(12)).isEmpty();
    assertThat(ReportError.of(0)).isEmpty();
    assertThat(ReportError.values())
        .allSatisfy(error -> assertThat(ReportError.of(error.code())).contains(error));
  }

  @Test
  void intervals_areHalfOpenAndDoNotOverflow() {
    var interval = new TimeInterval(-4, 3);
    assertThat(interval.isSound()).isTrue();
    assertThat(interval.contains(-4)).isTrue();
    assertThat(interval.contains(-2)).isTrue();
    assertThat(interval.contains(-1)).isFalse();
    assertThat(interval.contains(-5)).isFalse();
    assertThat(new TimeInterval(-4, 5).isSound()).isFalse();
    assertThat(new TimeInterval(3, 0).isSound()).isFalse();
    assertThat(interval.contains(new TimeInterval(-3, 2))).isTrue();
    assertThat(interval.contains(new TimeInterval(-3, 3))).isFalse();
    assertThat(new TimeInterval(0, 10).overlaps(new TimeInterval(9, 1))).isTrue();
    assertThat(new TimeInterval(0, 10).overlaps(new TimeInterval(10, 1))).isFalse();
    assertThat(TimeInterval.covering(5, 5)).isEqualTo(new TimeInterval(5, 1));
  }

  @Test
  void extensions_riseStrictly() {
    var one = new Extension(1, Bytes.EMPTY);
    var two = new Extension(2, Bytes.EMPTY);
    assertThat(Extension.strictlyIncreasing(List.of(one, two))).isTrue();
    assertThat(Extension.strictlyIncreasing(List.of(two, one))).isFalse();
    assertThat(Extension.strictlyIncreasing(List.of(one, one))).isFalse();
  }

  @Test
  void aListOfKeys_isRefusedWhenEmptyOrAmbiguous() {
    var sound = HpkePrivateKey.derive(new byte[32]).publicKey().bytes();
    var key = HpkeConfig.mandatory(1, Bytes.owning(sound));
    assertThatThrownBy(() -> new HpkeConfigList(List.of())).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> new HpkeConfigList(List.of(key, key)))
        .isInstanceOf(ProblemException.class);
    assertThat(
            new HpkeConfigList(
                    List.of(
                        new HpkeConfig(0, 9, 9, 9, Bytes.owning(sound)),
                        HpkeConfig.mandatory(2, Bytes.ofHex("00")),
                        HpkeConfig.mandatory(3, Bytes.owning(new byte[32])), // of small order
                        key))
                .usable())
        .contains(key);
  }

  @Test
  void bytes_showTheirLengthOnly() {
    assertThat(Bytes.ofHex("c0ffee")).hasToString("Bytes[3]");
  }

  @Test
  void problems_areNamedAsDapRegistersThem() {
    assertThat(ProblemType.DAP_INVALID_MESSAGE.urn())
        .isEqualTo("urn:ietf:params:ppm:dap:error:invalidMessage");
    assertThat(ProblemType.DAP_UNRECOGNIZED_AGGREGATION_JOB.urn())
        .isEqualTo("urn:ietf:params:ppm:dap:error:unrecognizedAggregationJob");
  }

  @Test
  void mediaTypes_nameTheirMessage() {
    assertThat(DapMediaType.AGGREGATION_JOB_INIT_REQ)
        .hasToString("application/ppm-dap;message=aggregation-job-init-req");
  }
}
