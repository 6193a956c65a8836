package dev.weir.policy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.compliance.Control;
import dev.weir.policy.term.Action;
import dev.weir.policy.term.ConstraintName;
import dev.weir.policy.term.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EnforcementFileTest {
  private static final EnforcementTable TABLE = EnforcementTable.ofThisEngine();

  /** Run with {@code -Dweir.rewrite=true} to write the file anew, then sign the bundle. */
  @Test
  @Control("USE-02")
  void enforcementJson_isWhatTheCodeEnforces() throws IOException {
    // given
    Path file =
        Path.of(System.getProperty("weir.root", "../.."), "compliance/bundle/enforcement.json");
    var printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    String expected = JsonMapper.builder().build().writer(printer).writeValueAsString(TABLE) + "\n";
    // when
    if (Boolean.getBoolean("weir.rewrite")) {
      Files.writeString(file, expected);
    }
    // then
    assertThat(Files.readString(file)).isEqualTo(expected);
  }

  @Test
  void everyActionAndConstraint_isEitherEnforcedOrRefusedWithAReason() {
    for (Action action : Action.values()) {
      assertThat(TABLE.enforces(action))
          .as(action.standardName())
          .isNotEqualTo(TABLE.refusedActions().containsKey(action.standardName()));
    }
    for (ConstraintName name : ConstraintName.values()) {
      boolean enforced =
          java.util.Arrays.stream(Operator.values())
              .anyMatch(operator -> TABLE.enforces(Action.COMPUTE, name, operator));
      assertThat(enforced)
          .as(name.standardName())
          .isNotEqualTo(TABLE.refusedConstraints().containsKey(name.standardName()));
    }
  }
}
