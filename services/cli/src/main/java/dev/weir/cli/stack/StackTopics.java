package dev.weir.cli.stack;

import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.KafkaUsers;
import dev.weir.runtime.kafka.TopicCatalogue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;

/** Makes the broker hold the catalogue's users and topics and exactly its access rules. */
final class StackTopics {

  private StackTopics() {}

  /** A state that an older version made lacks the users of roles that are newer. */
  static void apply(EmbeddedKafka kafka) {
    try (var admin = kafka.admin()) {
      KafkaUsers.ensure(admin, kafka.settings().users());
      apply(admin);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused its users", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making users", e);
    }
  }

  static void apply(Admin admin) {
    var catalogue = TopicCatalogue.load();
    try {
      catalogue.ensureTopics(admin);
      catalogue.ensureLimits(admin);
      var wanted = catalogue.aclBindings();
      var held = admin.describeAcls(AclBindingFilter.ANY).values().get();
      var surplus =
          held.stream()
              .filter(binding -> !wanted.contains(binding))
              .map(org.apache.kafka.common.acl.AclBinding::toFilter)
              .toList();
      admin.deleteAcls(surplus).all().get();
      catalogue.ensureAccess(admin);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused topics or access rules", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while setting topics up", e);
    }
  }
}
