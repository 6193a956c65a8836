package dev.weir.policy.bundle;

import dev.weir.kernel.Operation;
import dev.weir.kernel.Role;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.enforcement.EnforcementTable;
import dev.weir.policy.term.Action;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the platform decides by: operations and roles, floors, prohibited categories and the table
 * of enforced terms. Loaded whole from signed files or not at all. Immutable.
 */
public final class PolicyBundle {
  private static final int DIGEST_CHARACTERS = 12;

  private final String version;
  private final Floors floors;
  private final List<ProhibitedCategory> prohibited;
  private final Map<Operation, OperationRule> operations;
  private final EnforcementTable enforcement;

  private PolicyBundle(Map<String, byte[]> files, String digest) {
    var head =
        BundleReader.read(files.getOrDefault("bundle.json", new byte[0]), BundleReader.Head.class);
    version = head.version() + "+" + digest.substring(0, DIGEST_CHARACTERS);
    floors = head.floors();
    prohibited = head.prohibited();
    operations =
        BundleReader.byOperation(
            BundleReader.read(
                    files.getOrDefault("operations.json", new byte[0]),
                    BundleReader.Operations.class)
                .operations());
    enforcement =
        BundleReader.read(
            files.getOrDefault("enforcement.json", new byte[0]), EnforcementTable.class);
    enforcement
        .beyond(EnforcementTable.ofThisEngine())
        .ifPresent(cell -> {
          throw new UntrustedBundleException("the bundle claims to enforce " + cell);
        });
  }

  /**
   * The bundle on the class path, signed with the maintainers' key.
   *
   * @throws UntrustedBundleException when a byte differs from what was signed
   */
  public static PolicyBundle load() {
    return load(BundleSource.classpath(), BundleKeys.builtIn());
  }

  /** A bundle in a directory, signed with {@code trusted}. */
  public static PolicyBundle load(Path directory, PublicKey trusted) {
    return load(BundleSource.directory(directory), trusted);
  }

  private static PolicyBundle load(BundleSource source, PublicKey trusted) {
    var files = BundleManifest.verified(source, trusted);
    return new PolicyBundle(files, BundleManifest.sha256Hex(source.read(BundleManifest.FILE)));
  }

  /**
   * The written version and the first twelve hex digits of the manifest's SHA-256, so that two
   * bundles never share a version. Stands in every decision and evidence leaf.
   */
  public String version() {
    return version;
  }

  /**
   * Whether one of the roles may ask for the operation. False for an operation without a row, and
   * for roles that must not be in one hand.
   */
  public boolean mayPerform(Operation operation, Set<Role> roles) {
    OperationRule rule = operations.get(operation);
    return rule != null
        && !Role.conflict(roles)
        && roles.stream().anyMatch(role -> rule.roles().contains(role));
  }

  public Optional<OperationRule> operation(Operation operation) {
    return Optional.ofNullable(operations.get(operation));
  }

  /**
   * Whether somebody with the roles, acting for a party of the given type, may perform a contract's
   * action: some operation that is the action lets the role and the type of party in.
   */
  public boolean mayAct(Action action, Set<Role> roles, PartyType type) {
    if (Role.conflict(roles)) {
      return false;
    }
    for (OperationRule rule : operations.values()) {
      if (rule.action() == action
          && rule.parties().contains(type)
          && !Collections.disjoint(rule.roles(), roles)) {
        return true;
      }
    }
    return false;
  }

  public Floors floors() {
    return floors;
  }

  /** Which terms of a contract are enforced. */
  public EnforcementTable enforcement() {
    return enforcement;
  }

  /**
   * The category that keeps a resource from being authorised, if any.
   *
   * @param openness the resource's openness as registered; {@code NOT_OPEN} for closed data
   */
  public Optional<ProhibitedCategory> prohibited(RecordSchema schema, String openness) {
    return prohibited.stream().filter(category -> category.covers(schema, openness)).findFirst();
  }
}
