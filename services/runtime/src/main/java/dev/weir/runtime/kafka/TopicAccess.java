package dev.weir.runtime.kafka;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.IDEMPOTENT_WRITE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.CLUSTER;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * Access rules from the catalogue. A service writes and reads the topics that name it, creates
 * those it owns, widens and removes what its stream processors made for themselves, and has
 * consumer groups and transactional ids that begin with its name. No rule denies: a broker with an
 * authorizer refuses what no rule allows.
 */
final class TopicAccess {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private TopicAccess() {}

  static List<AclBinding> bindings(List<TopicDefinition> topics) {
    var bindings = new ArrayList<AclBinding>();
    for (TopicDefinition topic : topics) {
      topic.writers().forEach(service -> add(bindings, service, topic, WRITE, DESCRIBE));
      topic.readers().forEach(service -> add(bindings, service, topic, READ, DESCRIBE));
      add(bindings, topic.owner(), topic, CREATE, DESCRIBE, DESCRIBE_CONFIGS);
      if (topic.isInternal()) {
        add(bindings, topic.owner(), topic, DELETE);
      }
      if (topic.isChangelog()) {
        add(bindings, topic.owner(), topic, ALTER); // as many partitions as what it is a log of
      }
    }
    for (String service : services(topics)) {
      bindings.add(binding(service, new ResourcePattern(GROUP, service, PREFIXED), READ));
      bindings.add(binding(service, new ResourcePattern(GROUP, service, PREFIXED), DESCRIBE));
      var transactions = new ResourcePattern(TRANSACTIONAL_ID, service, PREFIXED);
      bindings.add(binding(service, transactions, WRITE));
      bindings.add(binding(service, transactions, DESCRIBE));
      var cluster = new ResourcePattern(CLUSTER, Resource.CLUSTER_NAME, LITERAL);
      bindings.add(binding(service, cluster, IDEMPOTENT_WRITE));
    }
    return bindings.stream().distinct().toList();
  }

  /**
   * A rule holds from when the broker has read it from the controller, a moment after the
   * controller said that it is written: so the broker is asked until it has them all.
   */
  static void ensure(Admin admin, Collection<AclBinding> wanted) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try {
      var missing = missing(admin, wanted);
      admin.createAcls(missing).all().get();
      while (!missing.isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw new KafkaException("access rules did not reach the broker in " + LIMIT);
        }
        Thread.sleep(PAUSE);
        missing = missing(admin, wanted);
      }
    } catch (ExecutionException e) {
      throw new KafkaException("access rules could not be created", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while creating access rules", e);
    }
  }

  private static Set<AclBinding> missing(Admin admin, Collection<AclBinding> wanted)
      throws ExecutionException, InterruptedException {
    var missing = new LinkedHashSet<>(wanted);
    missing.removeAll(Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get()));
    return missing;
  }

  static SortedSet<String> services(List<TopicDefinition> topics) {
    var services = new TreeSet<String>();
    topics.forEach(topic ->
        Stream.of(topic.writers(), topic.readers(), List.of(topic.owner()))
            .forEach(services::addAll));
    return services;
  }

  private static void add(
      List<AclBinding> bindings,
      String service,
      TopicDefinition topic,
      AclOperation... operations) {
    PatternType type = topic.isPattern() ? PREFIXED : LITERAL;
    var resource = new ResourcePattern(TOPIC, topic.prefix(), type);
    for (AclOperation operation : operations) {
      bindings.add(binding(service, resource, operation));
    }
  }

  private static AclBinding binding(
      String service, ResourcePattern resource, AclOperation operation) {
    return new AclBinding(
        resource,
        new AccessControlEntry("User:" + service, "*", operation, AclPermissionType.ALLOW));
  }
}
