package dev.weir.cli.stack;

import dev.weir.runtime.embedded.OwnerOnly;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The places of one stack.
 *
 * @param root the checkout
 * @param directory everything this stack keeps; may be deleted while the stack is down
 */
public record StackState(Path root, Path directory) {

  /** The state that {@code up} keeps from run to run. */
  public static StackState lasting() {
    return named("state");
  }

  /** The state of the demo. */
  public static StackState demo() {
    return named("demo");
  }

  public static StackState named(String name) {
    Path root =
        Path.of(Optional.ofNullable(System.getProperty("weir.root")).orElse(""))
            .toAbsolutePath()
            .normalize();
    return new StackState(root, root.resolve(".weir").resolve(name));
  }

  /** Unpacked programs, shared by all states of the checkout. */
  public Path cache() {
    return root.resolve(".weir").resolve("cache");
  }

  public Path logs() {
    return directory.resolve("logs");
  }

  public Path log(String part) {
    return logs().resolve(part + ".log");
  }

  public Path secrets() {
    return directory.resolve("secrets");
  }

  /** Written by {@link ServiceConfigurations}. */
  public Path configuration(String part) {
    return directory.resolve("config").resolve(part + ".yaml");
  }

  /** What a service keeps on disk. */
  public Path data(String service) {
    return directory.resolve("data").resolve(service);
  }

  /** How a client reaches the stack as one account; see {@link dev.weir.cli.client.Profile}. */
  public Path profile(String clientId) {
    return profiles().resolve(clientId + ".json");
  }

  /** Those of all accounts. */
  public Path profiles() {
    return directory.resolve("profiles");
  }

  /** Public keys of the log and of the witness, for whoever verifies an export. */
  public Path keys() {
    return directory.resolve("keys");
  }

  Path lock() {
    return OwnerOnly.directory(directory.resolveSibling("locks"))
        .resolve(directory.getFileName() + ".lock");
  }

  /** Held by whoever plays a demo here; a demo ends its stack by itself. */
  public Path playing() {
    return directory.resolveSibling(directory.getFileName() + "-demo.lock");
  }

  Path mark(String part) {
    return OwnerOnly.directory(directory.resolve("run")).resolve(part + ".pid");
  }

  Path report() {
    return directory.resolve("run").resolve("stack.json");
  }

  /** Exists once the databases have passwords and a realm of their own. */
  Path seeded() {
    return directory.resolve("seeded");
  }
}
