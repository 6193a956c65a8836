#!/usr/bin/env bash
# Made by `weir deploy-files` from schemas/registry/topics.json; change it there.
# Creates the topics with fixed names and every access rule on a cluster whose authorizer
# denies the rest, and raises the limits of topics that are there already. BOOTSTRAP: servers; ADMIN: client properties of an administrator.
set -euo pipefail
: "${BOOTSTRAP:?}" "${ADMIN:?}" "${REPLICAS:=3}" "${KAFKA:=/opt/kafka}"
topic() { "$KAFKA/bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --create --if-not-exists --replication-factor "$REPLICAS" "$@"; }
configs() { "$KAFKA/bin/kafka-configs.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --entity-type topics "$@"; }
# Raises, never lowers: a limit that is as large already, the topic's own or the broker's, stays.
limit() {
  local now
  now="$(configs --entity-name "$1" --describe --all | sed -n 's/^ *max\.message\.bytes=\([0-9]*\).*/\1/p')"
  if [ "${now:-0}" -lt "$2" ]; then configs --entity-name "$1" --alter --add-config "max.message.bytes=$2"; fi
}
# An older version's topics; the changelogs that stream processors make begin with their service.
limits() { "$KAFKA/bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --list | { grep "^$1" || true; } | while read -r name; do limit "$name" "$2" < /dev/null; done; }
allow() { "$KAFKA/bin/kafka-acls.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add --force "$@"; }

topic --topic space.participants --partitions 1 --config cleanup.policy=compact --config retention.ms=-1
topic --topic space.domains --partitions 1 --config cleanup.policy=compact --config retention.ms=-1
topic --topic space.resources --partitions 1 --config cleanup.policy=compact --config retention.ms=-1
topic --topic space.products --partitions 1 --config cleanup.policy=compact --config retention.ms=-1
topic --topic space.contracts --partitions 1 --config cleanup.policy=compact --config retention.ms=-1
topic --topic intake.progress --partitions 1 --config cleanup.policy=compact --config retention.ms=-1
topic --topic intake.versions --partitions 1 --config cleanup.policy=delete --config retention.ms=-1
topic --topic query.cells --partitions 4 --config cleanup.policy=compact --config retention.ms=-1
topic --topic query.epochs --partitions 1 --config cleanup.policy=compact --config retention.ms=-1
topic --topic query.he-questions --partitions 4 --config cleanup.policy=delete --config retention.ms=604800000
topic --topic sums.inputs --partitions 4 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic sums.adder-one --partitions 1 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic sums.adder-two --partitions 1 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic audit.evidence --partitions 1 --config cleanup.policy=delete --config retention.ms=-1
topic --topic leader.reports --partitions 4 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic leader.preparation --partitions 4 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic helper.preparation --partitions 4 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic helper.jobs --partitions 4 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic helper.job-answers --partitions 4 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic leader.batches --partitions 4 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic helper.batches --partitions 4 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic leader.share-requests --partitions 1 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic helper.shares --partitions 1 --config cleanup.policy=delete --config retention.ms=2592000000
topic --topic leader.dead-letters --partitions 1 --config cleanup.policy=delete --config retention.ms=7776000000
topic --topic helper.dead-letters --partitions 1 --config cleanup.policy=delete --config retention.ms=7776000000

limit leader.reports 4259840
limit leader.preparation 4259840
limit helper.preparation 4259840
limit helper.jobs 4259840
limit leader.batches 4259840
limit helper.batches 4259840
limit helper.shares 4259840
limit leader.dead-letters 4259840
limit helper.dead-letters 4259840
limits leader- 4259840
limits helper- 4259840

allow --allow-principal User:space --operation WRITE --topic space.participants
allow --allow-principal User:space --operation DESCRIBE --topic space.participants
allow --allow-principal User:space --operation READ --topic space.participants
allow --allow-principal User:intake --operation READ --topic space.participants
allow --allow-principal User:intake --operation DESCRIBE --topic space.participants
allow --allow-principal User:query --operation READ --topic space.participants
allow --allow-principal User:query --operation DESCRIBE --topic space.participants
allow --allow-principal User:audit --operation READ --topic space.participants
allow --allow-principal User:audit --operation DESCRIBE --topic space.participants
allow --allow-principal User:leader --operation READ --topic space.participants
allow --allow-principal User:leader --operation DESCRIBE --topic space.participants
allow --allow-principal User:helper --operation READ --topic space.participants
allow --allow-principal User:helper --operation DESCRIBE --topic space.participants
allow --allow-principal User:custodian --operation READ --topic space.participants
allow --allow-principal User:custodian --operation DESCRIBE --topic space.participants
allow --allow-principal User:space --operation CREATE --topic space.participants
allow --allow-principal User:space --operation DESCRIBE_CONFIGS --topic space.participants
allow --allow-principal User:space --operation WRITE --topic space.domains
allow --allow-principal User:space --operation DESCRIBE --topic space.domains
allow --allow-principal User:space --operation READ --topic space.domains
allow --allow-principal User:intake --operation READ --topic space.domains
allow --allow-principal User:intake --operation DESCRIBE --topic space.domains
allow --allow-principal User:query --operation READ --topic space.domains
allow --allow-principal User:query --operation DESCRIBE --topic space.domains
allow --allow-principal User:audit --operation READ --topic space.domains
allow --allow-principal User:audit --operation DESCRIBE --topic space.domains
allow --allow-principal User:leader --operation READ --topic space.domains
allow --allow-principal User:leader --operation DESCRIBE --topic space.domains
allow --allow-principal User:helper --operation READ --topic space.domains
allow --allow-principal User:helper --operation DESCRIBE --topic space.domains
allow --allow-principal User:custodian --operation READ --topic space.domains
allow --allow-principal User:custodian --operation DESCRIBE --topic space.domains
allow --allow-principal User:space --operation CREATE --topic space.domains
allow --allow-principal User:space --operation DESCRIBE_CONFIGS --topic space.domains
allow --allow-principal User:space --operation WRITE --topic space.resources
allow --allow-principal User:space --operation DESCRIBE --topic space.resources
allow --allow-principal User:space --operation READ --topic space.resources
allow --allow-principal User:intake --operation READ --topic space.resources
allow --allow-principal User:intake --operation DESCRIBE --topic space.resources
allow --allow-principal User:query --operation READ --topic space.resources
allow --allow-principal User:query --operation DESCRIBE --topic space.resources
allow --allow-principal User:audit --operation READ --topic space.resources
allow --allow-principal User:audit --operation DESCRIBE --topic space.resources
allow --allow-principal User:leader --operation READ --topic space.resources
allow --allow-principal User:leader --operation DESCRIBE --topic space.resources
allow --allow-principal User:helper --operation READ --topic space.resources
allow --allow-principal User:helper --operation DESCRIBE --topic space.resources
allow --allow-principal User:custodian --operation READ --topic space.resources
allow --allow-principal User:custodian --operation DESCRIBE --topic space.resources
allow --allow-principal User:space --operation CREATE --topic space.resources
allow --allow-principal User:space --operation DESCRIBE_CONFIGS --topic space.resources
allow --allow-principal User:space --operation WRITE --topic space.products
allow --allow-principal User:space --operation DESCRIBE --topic space.products
allow --allow-principal User:space --operation READ --topic space.products
allow --allow-principal User:intake --operation READ --topic space.products
allow --allow-principal User:intake --operation DESCRIBE --topic space.products
allow --allow-principal User:query --operation READ --topic space.products
allow --allow-principal User:query --operation DESCRIBE --topic space.products
allow --allow-principal User:audit --operation READ --topic space.products
allow --allow-principal User:audit --operation DESCRIBE --topic space.products
allow --allow-principal User:space --operation CREATE --topic space.products
allow --allow-principal User:space --operation DESCRIBE_CONFIGS --topic space.products
allow --allow-principal User:space --operation WRITE --topic space.contracts
allow --allow-principal User:space --operation DESCRIBE --topic space.contracts
allow --allow-principal User:space --operation READ --topic space.contracts
allow --allow-principal User:intake --operation READ --topic space.contracts
allow --allow-principal User:intake --operation DESCRIBE --topic space.contracts
allow --allow-principal User:query --operation READ --topic space.contracts
allow --allow-principal User:query --operation DESCRIBE --topic space.contracts
allow --allow-principal User:audit --operation READ --topic space.contracts
allow --allow-principal User:audit --operation DESCRIBE --topic space.contracts
allow --allow-principal User:leader --operation READ --topic space.contracts
allow --allow-principal User:leader --operation DESCRIBE --topic space.contracts
allow --allow-principal User:helper --operation READ --topic space.contracts
allow --allow-principal User:helper --operation DESCRIBE --topic space.contracts
allow --allow-principal User:custodian --operation READ --topic space.contracts
allow --allow-principal User:custodian --operation DESCRIBE --topic space.contracts
allow --allow-principal User:space --operation CREATE --topic space.contracts
allow --allow-principal User:space --operation DESCRIBE_CONFIGS --topic space.contracts
allow --allow-principal User:intake --operation WRITE --topic resource. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation DESCRIBE --topic resource. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation READ --topic resource. --resource-pattern-type prefixed
allow --allow-principal User:query --operation READ --topic resource. --resource-pattern-type prefixed
allow --allow-principal User:query --operation DESCRIBE --topic resource. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation CREATE --topic resource. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation DESCRIBE_CONFIGS --topic resource. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation WRITE --topic domain. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation DESCRIBE --topic domain. --resource-pattern-type prefixed
allow --allow-principal User:query --operation WRITE --topic domain. --resource-pattern-type prefixed
allow --allow-principal User:query --operation DESCRIBE --topic domain. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation READ --topic domain. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation CREATE --topic domain. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation DESCRIBE_CONFIGS --topic domain. --resource-pattern-type prefixed
allow --allow-principal User:intake --operation WRITE --topic intake.progress
allow --allow-principal User:intake --operation DESCRIBE --topic intake.progress
allow --allow-principal User:intake --operation READ --topic intake.progress
allow --allow-principal User:intake --operation CREATE --topic intake.progress
allow --allow-principal User:intake --operation DESCRIBE_CONFIGS --topic intake.progress
allow --allow-principal User:intake --operation WRITE --topic intake.versions
allow --allow-principal User:intake --operation DESCRIBE --topic intake.versions
allow --allow-principal User:intake --operation READ --topic intake.versions
allow --allow-principal User:query --operation READ --topic intake.versions
allow --allow-principal User:query --operation DESCRIBE --topic intake.versions
allow --allow-principal User:audit --operation READ --topic intake.versions
allow --allow-principal User:audit --operation DESCRIBE --topic intake.versions
allow --allow-principal User:intake --operation CREATE --topic intake.versions
allow --allow-principal User:intake --operation DESCRIBE_CONFIGS --topic intake.versions
allow --allow-principal User:query --operation WRITE --topic query.cells
allow --allow-principal User:query --operation DESCRIBE --topic query.cells
allow --allow-principal User:query --operation READ --topic query.cells
allow --allow-principal User:query --operation CREATE --topic query.cells
allow --allow-principal User:query --operation DESCRIBE_CONFIGS --topic query.cells
allow --allow-principal User:query --operation WRITE --topic query.epochs
allow --allow-principal User:query --operation DESCRIBE --topic query.epochs
allow --allow-principal User:query --operation READ --topic query.epochs
allow --allow-principal User:query --operation CREATE --topic query.epochs
allow --allow-principal User:query --operation DESCRIBE_CONFIGS --topic query.epochs
allow --allow-principal User:query --operation WRITE --topic query.he-questions
allow --allow-principal User:query --operation DESCRIBE --topic query.he-questions
allow --allow-principal User:query --operation READ --topic query.he-questions
allow --allow-principal User:query --operation CREATE --topic query.he-questions
allow --allow-principal User:query --operation DESCRIBE_CONFIGS --topic query.he-questions
allow --allow-principal User:query --operation WRITE --topic query-rollup- --resource-pattern-type prefixed
allow --allow-principal User:query --operation DESCRIBE --topic query-rollup- --resource-pattern-type prefixed
allow --allow-principal User:query --operation READ --topic query-rollup- --resource-pattern-type prefixed
allow --allow-principal User:query --operation CREATE --topic query-rollup- --resource-pattern-type prefixed
allow --allow-principal User:query --operation DESCRIBE_CONFIGS --topic query-rollup- --resource-pattern-type prefixed
allow --allow-principal User:query --operation DELETE --topic query-rollup- --resource-pattern-type prefixed
allow --allow-principal User:producer --operation WRITE --topic sums.inputs
allow --allow-principal User:producer --operation DESCRIBE --topic sums.inputs
allow --allow-principal User:adder-one --operation READ --topic sums.inputs
allow --allow-principal User:adder-one --operation DESCRIBE --topic sums.inputs
allow --allow-principal User:adder-two --operation READ --topic sums.inputs
allow --allow-principal User:adder-two --operation DESCRIBE --topic sums.inputs
allow --allow-principal User:query --operation CREATE --topic sums.inputs
allow --allow-principal User:query --operation DESCRIBE --topic sums.inputs
allow --allow-principal User:query --operation DESCRIBE_CONFIGS --topic sums.inputs
allow --allow-principal User:adder-one --operation WRITE --topic sums.adder-one
allow --allow-principal User:adder-one --operation DESCRIBE --topic sums.adder-one
allow --allow-principal User:custodian --operation READ --topic sums.adder-one
allow --allow-principal User:custodian --operation DESCRIBE --topic sums.adder-one
allow --allow-principal User:query --operation CREATE --topic sums.adder-one
allow --allow-principal User:query --operation DESCRIBE --topic sums.adder-one
allow --allow-principal User:query --operation DESCRIBE_CONFIGS --topic sums.adder-one
allow --allow-principal User:adder-two --operation WRITE --topic sums.adder-two
allow --allow-principal User:adder-two --operation DESCRIBE --topic sums.adder-two
allow --allow-principal User:custodian --operation READ --topic sums.adder-two
allow --allow-principal User:custodian --operation DESCRIBE --topic sums.adder-two
allow --allow-principal User:query --operation CREATE --topic sums.adder-two
allow --allow-principal User:query --operation DESCRIBE --topic sums.adder-two
allow --allow-principal User:query --operation DESCRIBE_CONFIGS --topic sums.adder-two
allow --allow-principal User:space --operation WRITE --topic audit.evidence
allow --allow-principal User:space --operation DESCRIBE --topic audit.evidence
allow --allow-principal User:intake --operation WRITE --topic audit.evidence
allow --allow-principal User:intake --operation DESCRIBE --topic audit.evidence
allow --allow-principal User:query --operation WRITE --topic audit.evidence
allow --allow-principal User:query --operation DESCRIBE --topic audit.evidence
allow --allow-principal User:audit --operation WRITE --topic audit.evidence
allow --allow-principal User:audit --operation DESCRIBE --topic audit.evidence
allow --allow-principal User:leader --operation WRITE --topic audit.evidence
allow --allow-principal User:leader --operation DESCRIBE --topic audit.evidence
allow --allow-principal User:helper --operation WRITE --topic audit.evidence
allow --allow-principal User:helper --operation DESCRIBE --topic audit.evidence
allow --allow-principal User:custodian --operation WRITE --topic audit.evidence
allow --allow-principal User:custodian --operation DESCRIBE --topic audit.evidence
allow --allow-principal User:audit --operation READ --topic audit.evidence
allow --allow-principal User:audit --operation CREATE --topic audit.evidence
allow --allow-principal User:audit --operation DESCRIBE_CONFIGS --topic audit.evidence
allow --allow-principal User:leader --operation WRITE --topic leader.reports
allow --allow-principal User:leader --operation DESCRIBE --topic leader.reports
allow --allow-principal User:leader --operation READ --topic leader.reports
allow --allow-principal User:leader --operation CREATE --topic leader.reports
allow --allow-principal User:leader --operation DESCRIBE_CONFIGS --topic leader.reports
allow --allow-principal User:leader --operation WRITE --topic leader.preparation
allow --allow-principal User:leader --operation DESCRIBE --topic leader.preparation
allow --allow-principal User:helper --operation READ --topic leader.preparation
allow --allow-principal User:helper --operation DESCRIBE --topic leader.preparation
allow --allow-principal User:leader --operation CREATE --topic leader.preparation
allow --allow-principal User:leader --operation DESCRIBE_CONFIGS --topic leader.preparation
allow --allow-principal User:helper --operation WRITE --topic helper.preparation
allow --allow-principal User:helper --operation DESCRIBE --topic helper.preparation
allow --allow-principal User:leader --operation READ --topic helper.preparation
allow --allow-principal User:leader --operation DESCRIBE --topic helper.preparation
allow --allow-principal User:helper --operation CREATE --topic helper.preparation
allow --allow-principal User:helper --operation DESCRIBE_CONFIGS --topic helper.preparation
allow --allow-principal User:helper --operation WRITE --topic helper.jobs
allow --allow-principal User:helper --operation DESCRIBE --topic helper.jobs
allow --allow-principal User:helper --operation READ --topic helper.jobs
allow --allow-principal User:helper --operation CREATE --topic helper.jobs
allow --allow-principal User:helper --operation DESCRIBE_CONFIGS --topic helper.jobs
allow --allow-principal User:helper --operation WRITE --topic helper.job-answers
allow --allow-principal User:helper --operation DESCRIBE --topic helper.job-answers
allow --allow-principal User:helper --operation READ --topic helper.job-answers
allow --allow-principal User:helper --operation CREATE --topic helper.job-answers
allow --allow-principal User:helper --operation DESCRIBE_CONFIGS --topic helper.job-answers
allow --allow-principal User:leader --operation WRITE --topic leader.batches
allow --allow-principal User:leader --operation DESCRIBE --topic leader.batches
allow --allow-principal User:leader --operation READ --topic leader.batches
allow --allow-principal User:leader --operation CREATE --topic leader.batches
allow --allow-principal User:leader --operation DESCRIBE_CONFIGS --topic leader.batches
allow --allow-principal User:helper --operation WRITE --topic helper.batches
allow --allow-principal User:helper --operation DESCRIBE --topic helper.batches
allow --allow-principal User:helper --operation READ --topic helper.batches
allow --allow-principal User:helper --operation CREATE --topic helper.batches
allow --allow-principal User:helper --operation DESCRIBE_CONFIGS --topic helper.batches
allow --allow-principal User:leader --operation WRITE --topic leader.share-requests
allow --allow-principal User:leader --operation DESCRIBE --topic leader.share-requests
allow --allow-principal User:helper --operation READ --topic leader.share-requests
allow --allow-principal User:helper --operation DESCRIBE --topic leader.share-requests
allow --allow-principal User:leader --operation CREATE --topic leader.share-requests
allow --allow-principal User:leader --operation DESCRIBE_CONFIGS --topic leader.share-requests
allow --allow-principal User:helper --operation WRITE --topic helper.shares
allow --allow-principal User:helper --operation DESCRIBE --topic helper.shares
allow --allow-principal User:leader --operation READ --topic helper.shares
allow --allow-principal User:leader --operation DESCRIBE --topic helper.shares
allow --allow-principal User:helper --operation CREATE --topic helper.shares
allow --allow-principal User:helper --operation DESCRIBE_CONFIGS --topic helper.shares
allow --allow-principal User:leader --operation WRITE --topic leader.dead-letters
allow --allow-principal User:leader --operation DESCRIBE --topic leader.dead-letters
allow --allow-principal User:leader --operation READ --topic leader.dead-letters
allow --allow-principal User:leader --operation CREATE --topic leader.dead-letters
allow --allow-principal User:leader --operation DESCRIBE_CONFIGS --topic leader.dead-letters
allow --allow-principal User:helper --operation WRITE --topic helper.dead-letters
allow --allow-principal User:helper --operation DESCRIBE --topic helper.dead-letters
allow --allow-principal User:helper --operation READ --topic helper.dead-letters
allow --allow-principal User:helper --operation CREATE --topic helper.dead-letters
allow --allow-principal User:helper --operation DESCRIBE_CONFIGS --topic helper.dead-letters
allow --allow-principal User:leader --operation WRITE --topic leader- --resource-pattern-type prefixed
allow --allow-principal User:leader --operation DESCRIBE --topic leader- --resource-pattern-type prefixed
allow --allow-principal User:leader --operation READ --topic leader- --resource-pattern-type prefixed
allow --allow-principal User:leader --operation CREATE --topic leader- --resource-pattern-type prefixed
allow --allow-principal User:leader --operation DESCRIBE_CONFIGS --topic leader- --resource-pattern-type prefixed
allow --allow-principal User:helper --operation WRITE --topic helper- --resource-pattern-type prefixed
allow --allow-principal User:helper --operation DESCRIBE --topic helper- --resource-pattern-type prefixed
allow --allow-principal User:helper --operation READ --topic helper- --resource-pattern-type prefixed
allow --allow-principal User:helper --operation CREATE --topic helper- --resource-pattern-type prefixed
allow --allow-principal User:helper --operation DESCRIBE_CONFIGS --topic helper- --resource-pattern-type prefixed
allow --allow-principal User:adder-one --operation READ --group adder-one --resource-pattern-type prefixed
allow --allow-principal User:adder-one --operation DESCRIBE --group adder-one --resource-pattern-type prefixed
allow --allow-principal User:adder-one --operation WRITE --transactional-id adder-one --resource-pattern-type prefixed
allow --allow-principal User:adder-one --operation DESCRIBE --transactional-id adder-one --resource-pattern-type prefixed
allow --allow-principal User:adder-one --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:adder-two --operation READ --group adder-two --resource-pattern-type prefixed
allow --allow-principal User:adder-two --operation DESCRIBE --group adder-two --resource-pattern-type prefixed
allow --allow-principal User:adder-two --operation WRITE --transactional-id adder-two --resource-pattern-type prefixed
allow --allow-principal User:adder-two --operation DESCRIBE --transactional-id adder-two --resource-pattern-type prefixed
allow --allow-principal User:adder-two --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:audit --operation READ --group audit --resource-pattern-type prefixed
allow --allow-principal User:audit --operation DESCRIBE --group audit --resource-pattern-type prefixed
allow --allow-principal User:audit --operation WRITE --transactional-id audit --resource-pattern-type prefixed
allow --allow-principal User:audit --operation DESCRIBE --transactional-id audit --resource-pattern-type prefixed
allow --allow-principal User:audit --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:custodian --operation READ --group custodian --resource-pattern-type prefixed
allow --allow-principal User:custodian --operation DESCRIBE --group custodian --resource-pattern-type prefixed
allow --allow-principal User:custodian --operation WRITE --transactional-id custodian --resource-pattern-type prefixed
allow --allow-principal User:custodian --operation DESCRIBE --transactional-id custodian --resource-pattern-type prefixed
allow --allow-principal User:custodian --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:helper --operation READ --group helper --resource-pattern-type prefixed
allow --allow-principal User:helper --operation DESCRIBE --group helper --resource-pattern-type prefixed
allow --allow-principal User:helper --operation WRITE --transactional-id helper --resource-pattern-type prefixed
allow --allow-principal User:helper --operation DESCRIBE --transactional-id helper --resource-pattern-type prefixed
allow --allow-principal User:helper --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:intake --operation READ --group intake --resource-pattern-type prefixed
allow --allow-principal User:intake --operation DESCRIBE --group intake --resource-pattern-type prefixed
allow --allow-principal User:intake --operation WRITE --transactional-id intake --resource-pattern-type prefixed
allow --allow-principal User:intake --operation DESCRIBE --transactional-id intake --resource-pattern-type prefixed
allow --allow-principal User:intake --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:leader --operation READ --group leader --resource-pattern-type prefixed
allow --allow-principal User:leader --operation DESCRIBE --group leader --resource-pattern-type prefixed
allow --allow-principal User:leader --operation WRITE --transactional-id leader --resource-pattern-type prefixed
allow --allow-principal User:leader --operation DESCRIBE --transactional-id leader --resource-pattern-type prefixed
allow --allow-principal User:leader --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:producer --operation READ --group producer --resource-pattern-type prefixed
allow --allow-principal User:producer --operation DESCRIBE --group producer --resource-pattern-type prefixed
allow --allow-principal User:producer --operation WRITE --transactional-id producer --resource-pattern-type prefixed
allow --allow-principal User:producer --operation DESCRIBE --transactional-id producer --resource-pattern-type prefixed
allow --allow-principal User:producer --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:query --operation READ --group query --resource-pattern-type prefixed
allow --allow-principal User:query --operation DESCRIBE --group query --resource-pattern-type prefixed
allow --allow-principal User:query --operation WRITE --transactional-id query --resource-pattern-type prefixed
allow --allow-principal User:query --operation DESCRIBE --transactional-id query --resource-pattern-type prefixed
allow --allow-principal User:query --operation IDEMPOTENT_WRITE --cluster
allow --allow-principal User:space --operation READ --group space --resource-pattern-type prefixed
allow --allow-principal User:space --operation DESCRIBE --group space --resource-pattern-type prefixed
allow --allow-principal User:space --operation WRITE --transactional-id space --resource-pattern-type prefixed
allow --allow-principal User:space --operation DESCRIBE --transactional-id space --resource-pattern-type prefixed
allow --allow-principal User:space --operation IDEMPOTENT_WRITE --cluster
