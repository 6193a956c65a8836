package dev.weir.query.he;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Keys of messages, so that a share of a table is always asked about in one partition: its worker
 * then holds that share's tiles and no other's, and neighbouring shares go to neighbouring
 * partitions, which the group gives to one member. Stateless.
 */
final class KafkaShareKeys {
  /** Of the topic of questions, see the catalogue of topics. */
  static final int PARTITIONS = 4;

  private KafkaShareKeys() {}

  /** The partition of a share. */
  static int partition(TileShare share) {
    return (int) ((long) share.number() * PARTITIONS / share.of());
  }

  /**
   * A key that the producer's own partitioner sends there.
   *
   * @param table names the cells
   */
  static String key(String table, TileShare share) {
    String name = table + "/" + share.number() + "/";
    int suffix = 0;
    while (partitionOf(name + suffix) != partition(share)) {
      suffix++;
    }
    return name + suffix;
  }

  static int partitionOf(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(bytes)) % PARTITIONS;
  }
}
