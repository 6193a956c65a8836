package dev.weir.benchmarks.aggregation;

import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.privacy.vdaf.AggregateShare;
import java.math.BigInteger;
import java.util.List;

/** What both aggregators say they hold of a task. Immutable. */
record Held(Bucket leader, Bucket helper) {
  /** True when both count the same reports. */
  boolean agree() {
    return leader.reports() == helper.reports() && leader.checksum().equals(helper.checksum());
  }

  /** The aggregate without noise, as only somebody who holds both halves can see it. */
  BigInteger sum(AggregationTask task) {
    return task.vdaf().unshard(List.of(share(leader), share(helper))).getFirst();
  }

  private static AggregateShare share(Bucket bucket) {
    return AggregateShare.of(bucket.share().toArray());
  }
}
