package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.stack.StackBroker;
import dev.weir.cli.stack.StackState;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.KafkaTransport;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.secret.Secret;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which broker, and as whom; without options the running stack's. */
final class BrokerOptions {
  @Option(
      names = "--broker",
      paramLabel = "HOST:PORT",
      description = "bootstrap servers; default: the stack of this checkout / 消息服务器地址")
  private @Nullable String broker;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "with --broker: holds the login's password / 登录口令文件")
  private @Nullable Path passwordFile;

  @Option(
      names = "--trusted",
      paramLabel = "PEM",
      description = "with --broker: who signs its certificate; without it only loopback / 信任的证书")
  private @Nullable Path trusted;

  /** No schemas: everything here is bytes. */
  KafkaClients as(String login) {
    return new KafkaClients(access(login), new NoSchemas());
  }

  private KafkaAccess access(String login) {
    if (broker == null) {
      return stack(login);
    }
    if (passwordFile == null) {
      throw new CommandFault(
          ExitCode.USAGE, "--broker 需与 --password-file 同用", "--broker needs --password-file");
    }
    var transport =
        trusted == null ? new KafkaTransport.Loopback() : new KafkaTransport.Tls(trusted);
    return new KafkaAccess(broker, transport, login, Secret.read(passwordFile));
  }

  private static KafkaAccess stack(String login) {
    try {
      return StackBroker.as(StackState.lasting(), login);
    } catch (IllegalStateException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          "没有本机堆栈；请先 ./weir up 或用 --broker 指定",
          "there is no stack here; first ./weir up, or name a broker with --broker");
    }
  }

  private static final class NoSchemas implements SchemaIds {
    @Override
    public int idOf(String subject, Schema schema) {
      throw new SchemaRefused("messages of sums have no schema");
    }

    @Override
    public Schema schemaOf(int id) {
      throw new SchemaRefused("messages of sums have no schema");
    }
  }
}
