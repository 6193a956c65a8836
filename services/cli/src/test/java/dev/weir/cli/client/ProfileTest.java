package dev.weir.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.CommandFault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
  private static final URI LEADER = URI.create("https://leader.example/base");

  private final Profile profile =
      new Profile(
          URI.create("https://id.example/token"),
          Map.of("leader", LEADER),
          "account",
          Path.of("secret"));

  @Test
  void serviceThatNoProfileNames_isToldInBothLanguages() {
    assertThat(profile.service("leader")).isEqualTo(LEADER);
    assertThatThrownBy(() -> profile.service("nobody"))
        .isInstanceOfSatisfying(
            CommandFault.class,
            fault -> {
              assertThat(fault.text().zh()).isEqualTo("配置文件中没有服务 nobody 的地址");
              assertThat(fault.text().en()).contains("nobody");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example/base",
        "https://other.example/base/",
        "https://other.example/base/dap",
        "https://other.example/base/dap/"
      })
  void service_isAlsoNamedByItsAddress_asContributorsKnowIt(String typed) {
    assertThat(profile.service(typed)).isEqualTo(URI.create("https://other.example/base"));
  }

  @Test
  void token_goesOverHttpsOrStaysOnThisMachine() {
    assertThat(profile.service("http://127.0.0.1:81/dap"))
        .isEqualTo(URI.create("http://127.0.0.1:81"));
    for (String typed :
        new String[] {
          "http://leader.example", "http://127.0.0.1.example/", "ftp://a", "https://a b"
        }) {
      assertThatThrownBy(() -> profile.service(typed)).isInstanceOf(CommandFault.class);
    }
  }
}
