package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
  @TempDir private Path directory;

  @Test
  void accountThatIsNotThere_isToldWithThoseThatAre() throws IOException {
    Path lasting = Files.createDirectory(directory.resolve("lasting"));
    Path demo = Files.createDirectory(directory.resolve("demo"));
    Files.writeString(lasting.resolve("auditor.json"), "{}");
    Files.writeString(lasting.resolve("auditor.secret"), "s");
    Files.writeString(demo.resolve("clinic.json"), "{}");
    Files.writeString(demo.resolve("builder-analyst.json"), "{}");
    var stacks = new LinkedHashMap<String, Path>();
    stacks.put(".weir/state", lasting);
    stacks.put(".weir/demo", demo);
    var fault = Accounts.missing("buidler", lasting.resolve("buidler.json"), stacks);
    for (String text : new String[] {fault.text().zh(), fault.text().en()}) {
      assertThat(text)
          .contains("buidler", ".weir/state: auditor; .weir/demo: builder-analyst, clinic")
          .doesNotContain("secret");
    }
  }

  @Test
  void withoutAnyAccount_theStackIsToBeStarted() {
    var fault =
        Accounts.missing("a", directory.resolve("a.json"), Map.of("x", directory.resolve("none")));
    assertThat(fault.text().en()).contains("./weir up").doesNotContain("there are x");
    assertThat(fault.text().zh()).contains("./weir up");
  }
}
