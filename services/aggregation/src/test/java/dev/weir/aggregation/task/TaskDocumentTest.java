package dev.weir.aggregation.task;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dap.id.Base64Url;
import org.junit.jupiter.api.Test;

class TaskDocumentTest {
  @Test
  void document_printsNothingOfItsSeed() {
    var rehearsal = aTask().make();
    var seed = Base64Url.encode(rehearsal.seed);
    var configuration = Base64Url.encode(rehearsal.task.configuration().encoded());
    var document = new TaskDocument(configuration, rehearsal.terms, seed);
    assertThat(document.verifyKeySeed()).isEqualTo(seed);
    assertThat(document.toString()).doesNotContain(seed, rehearsal.seed.hex());
    assertThat(document.task().toString()).doesNotContain(seed, rehearsal.seed.hex());
  }
}
