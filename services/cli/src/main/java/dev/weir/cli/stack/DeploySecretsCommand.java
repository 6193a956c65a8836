package dev.weir.cli.stack;

import dev.weir.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir deploy-secrets}: makes the secrets that the deployment names. */
@Command(
    name = "deploy-secrets",
    description = "Make the secrets of deploy/compose.yaml; existing ones stay. / 生成部署所需的密钥文件。",
    mixinStandardHelpOptions = true)
public final class DeploySecretsCommand implements Callable<Integer> {
  @Parameters(defaultValue = "deploy/secrets", description = "directory to write to / 目标目录")
  private Path directory = Path.of("deploy", "secrets");

  @Option(
      names = "--realm",
      defaultValue = "deploy/keycloak/weir-realm.json",
      description = "the realm as code / 身份域定义")
  private Path realm = Path.of("deploy", "keycloak", "weir-realm.json");

  @Override
  public Integer call() throws Exception {
    new DeploySecrets(directory, new SecureRandom()).write(Files.readString(realm));
    System.out.println(directory);
    return ExitCode.OK.status();
  }
}
