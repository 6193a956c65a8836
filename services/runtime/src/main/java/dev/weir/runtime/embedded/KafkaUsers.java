package dev.weir.runtime.embedded;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * The broker's users. A broker gets those of its day when its directory is formatted; a state that
 * is older than a role lacks the role's user until {@link #ensure} makes it.
 */
public final class KafkaUsers {
  private static final int ITERATIONS = 8_192;

  private KafkaUsers() {}

  /** Makes the users that are not there yet; changes nobody's password. */
  public static void ensure(Admin admin, List<Credentials> users)
      throws ExecutionException, InterruptedException {
    var known = admin.describeUserScramCredentials().users().get();
    set(admin, users.stream().filter(user -> !known.contains(user.username())).toList());
  }

  /** Makes the users, or gives them their passwords anew. */
  public static void set(Admin admin, List<Credentials> users)
      throws ExecutionException, InterruptedException {
    if (!users.isEmpty()) {
      admin
          .alterUserScramCredentials(users.stream().map(KafkaUsers::upsertion).toList())
          .all()
          .get();
    }
  }

  private static UserScramCredentialAlteration upsertion(Credentials user) {
    return new UserScramCredentialUpsertion(
        user.username(),
        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
        user.revealPassword().getBytes(StandardCharsets.UTF_8));
  }
}
