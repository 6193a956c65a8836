package dev.weir.aggregation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.DapMediaType;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class DapBodyTest {
  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        ";",
        "text/plain",
        "application/ppm-dap",
        "application/ppm-dap;message=upload-errors",
        "text/plain;message=upload-req"
      })
  void whateverDoesNotNameTheMessage_isRefused(String sent) {
    assertThatThrownBy(() -> DapBody.require(sent, DapMediaType.UPLOAD_REQ))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.type()).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE))
        .hasMessageContaining("Send application/ppm-dap;message=upload-req here.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/ppm-dap;message=upload-req",
        "Application/PPM-DAP; message=\"Upload-Req\"",
        "application/ppm-dap;v=1;message=upload-req"
      })
  void theMessage_passesHoweverItIsWritten(String sent) {
    assertThatCode(() -> DapBody.require(sent, DapMediaType.UPLOAD_REQ)).doesNotThrowAnyException();
  }
}
