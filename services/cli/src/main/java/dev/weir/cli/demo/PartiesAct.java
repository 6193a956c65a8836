package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.client.PartyKey;
import dev.weir.cli.client.SigningDesk;
import dev.weir.kernel.Bilingual;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.secret.SecretAccess;
import dev.weir.runtime.signing.SigningSuite;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Registers the five organisations; three of them make keys that only they hold. */
final class PartiesAct implements Act {
  private static final Map<String, List<String>> ROLES =
      Map.of(
          "department", List.of("PROVIDER"),
          "operator", List.of("OPERATOR", "REVIEWER"),
          "builder", List.of("CONSUMER"),
          "regulator", List.of("AUDITOR"),
          "helper", List.of("OPERATOR"));
  private static final Map<String, String> SIGNERS =
      Map.of(
          "department", "department-officer",
          "operator", "operator-officer",
          "builder", "builder-analyst");

  @Override
  public String name() {
    return "parties";
  }

  @Override
  public Bilingual title() {
    return say("五方主体与各自的签名密钥", "Five organisations, and keys that only they hold");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var story = stage.story();
    for (JsonNode party : stage.parties()) {
      String key = party.path("key").asText();
      story.step(
          "register-" + key,
          say(
              "登记：" + party.path("name").path("zh").asText(),
              "registered: " + party.path("name").path("en").asText()),
          () ->
              stage
                  .as("system-admin")
                  .post(
                      "space",
                      "/v1/participants",
                      Map.of(
                          "creditCode", party.path("creditCode").asText(),
                          "name", party.path("name"),
                          "roles", ROLES.getOrDefault(key, List.of()))));
    }
    story
        .narrator()
        .note(
            say(
                "各主体均为合成，代码所属区划 990000 并不存在。",
                "The organisations are made up; no register uses area 990000."));
    for (String party : List.of("department", "operator", "builder")) {
      story.step(
          "key-" + party,
          say(
              "本地生成 SM2 密钥并登记公钥：" + party,
              "an SM2 key made locally, its public half registered: " + party),
          () -> registered(stage, party));
    }
    wrongCode(stage);
  }

  private static boolean registered(Stage stage, String party) throws Exception {
    var random = new SecureRandom();
    Path directory = stage.directory("keys");
    var passphrase = Secret.random(random);
    var key =
        PartyKey.generate(SigningSuite.GM, directory.resolve(party + ".pem"), passphrase, random);
    stage.keys().put(party, key);
    if (stage.options().keep()) {
      // Whoever goes on by hand signs with this key; the demo's state is its owner's alone.
      OwnerOnly.write(
          directory.resolve(party + ".passphrase"),
          passphrase.reveal(SecretAccess.KEY_FILE) + "\n");
    }
    String account = SIGNERS.getOrDefault(party, "");
    new SigningDesk(stage.as(account)).register(stage.code(party), key);
    return true;
  }

  private static void wrongCode(Stage stage) {
    boolean refused = false;
    try {
      stage
          .as("system-admin")
          .post(
              "space",
              "/v1/participants",
              Map.of(
                  "creditCode",
                  "119900009000000142",
                  "name",
                  Bilingual.same("wrong check character"),
                  "roles",
                  List.of("PROVIDER")));
    } catch (ApiProblem problem) {
      refused = problem.status() == 400 || problem.status() == 422;
    }
    stage
        .story()
        .check(
            "wrong-credit-code",
            say("校验码错误的信用代码被拒绝", "a credit code with a wrong check character is refused"),
            refused);
  }
}
