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
# What others write: the limit holds for what readers unpack, in topics of older versions too.
compression() { configs --entity-name "$1" --alter --add-config "compression.type=$2"; }
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

compression sums.inputs uncompressed
compression sums.adder-one uncompressed
compression sums.adder-two uncompressed
compression leader.preparation uncompressed
compression helper.preparation uncompressed
compression leader.share-requests uncompressed
compression helper.shares uncompressed

allow --allow-principal User:adder-one --operation Describe --operation Read --topic sums.inputs
allow --allow-principal User:adder-one --operation Describe --operation Read --resource-pattern-type prefixed --group adder-one
allow --allow-principal User:adder-one --operation Describe --operation Write --topic sums.adder-one
allow --allow-principal User:adder-one --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id adder-one
allow --allow-principal User:adder-one --operation IdempotentWrite --cluster
allow --allow-principal User:adder-two --operation Describe --operation Read --topic sums.inputs
allow --allow-principal User:adder-two --operation Describe --operation Read --resource-pattern-type prefixed --group adder-two
allow --allow-principal User:adder-two --operation Describe --operation Write --topic sums.adder-two
allow --allow-principal User:adder-two --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id adder-two
allow --allow-principal User:adder-two --operation IdempotentWrite --cluster
allow --allow-principal User:audit --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --topic audit.evidence
allow --allow-principal User:audit --operation Describe --operation Read --topic space.participants --topic space.domains --topic space.resources --topic space.products --topic space.contracts --topic intake.versions
allow --allow-principal User:audit --operation Describe --operation Read --resource-pattern-type prefixed --group audit
allow --allow-principal User:audit --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id audit
allow --allow-principal User:audit --operation IdempotentWrite --cluster
allow --allow-principal User:custodian --operation Describe --operation Read --topic space.participants --topic space.domains --topic space.resources --topic space.contracts --topic sums.adder-one --topic sums.adder-two
allow --allow-principal User:custodian --operation Describe --operation Read --resource-pattern-type prefixed --group custodian
allow --allow-principal User:custodian --operation Describe --operation Write --topic audit.evidence
allow --allow-principal User:custodian --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id custodian
allow --allow-principal User:custodian --operation IdempotentWrite --cluster
allow --allow-principal User:helper --operation Alter --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --resource-pattern-type prefixed --topic helper-
allow --allow-principal User:helper --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --topic helper.jobs --topic helper.job-answers --topic helper.batches --topic helper.dead-letters
allow --allow-principal User:helper --operation Create --operation Describe --operation DescribeConfigs --operation Write --topic helper.preparation --topic helper.shares
allow --allow-principal User:helper --operation Describe --operation Read --topic space.participants --topic space.domains --topic space.resources --topic space.contracts --topic leader.preparation --topic leader.share-requests
allow --allow-principal User:helper --operation Describe --operation Read --resource-pattern-type prefixed --group helper
allow --allow-principal User:helper --operation Describe --operation Write --topic audit.evidence
allow --allow-principal User:helper --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id helper
allow --allow-principal User:helper --operation IdempotentWrite --cluster
allow --allow-principal User:intake --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --topic intake.progress --topic intake.versions
allow --allow-principal User:intake --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --resource-pattern-type prefixed --topic resource. --topic domain.
allow --allow-principal User:intake --operation Describe --operation Read --topic space.participants --topic space.domains --topic space.resources --topic space.products --topic space.contracts
allow --allow-principal User:intake --operation Describe --operation Read --resource-pattern-type prefixed --group intake
allow --allow-principal User:intake --operation Describe --operation Write --topic audit.evidence
allow --allow-principal User:intake --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id intake
allow --allow-principal User:intake --operation IdempotentWrite --cluster
allow --allow-principal User:leader --operation Alter --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --resource-pattern-type prefixed --topic leader-
allow --allow-principal User:leader --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --topic leader.reports --topic leader.batches --topic leader.dead-letters
allow --allow-principal User:leader --operation Create --operation Describe --operation DescribeConfigs --operation Write --topic leader.preparation --topic leader.share-requests
allow --allow-principal User:leader --operation Describe --operation Read --topic space.participants --topic space.domains --topic space.resources --topic space.contracts --topic helper.preparation --topic helper.shares
allow --allow-principal User:leader --operation Describe --operation Read --resource-pattern-type prefixed --group leader
allow --allow-principal User:leader --operation Describe --operation Write --topic audit.evidence
allow --allow-principal User:leader --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id leader
allow --allow-principal User:leader --operation IdempotentWrite --cluster
allow --allow-principal User:producer --operation Describe --operation Read --resource-pattern-type prefixed --group producer
allow --allow-principal User:producer --operation Describe --operation Write --topic sums.inputs
allow --allow-principal User:producer --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id producer
allow --allow-principal User:producer --operation IdempotentWrite --cluster
allow --allow-principal User:query --operation Create --operation Delete --operation Describe --operation DescribeConfigs --operation Read --operation Write --resource-pattern-type prefixed --topic query-rollup-
allow --allow-principal User:query --operation Create --operation Describe --operation DescribeConfigs --topic sums.inputs --topic sums.adder-one --topic sums.adder-two
allow --allow-principal User:query --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --topic query.cells --topic query.epochs --topic query.he-questions
allow --allow-principal User:query --operation Describe --operation Read --topic space.participants --topic space.domains --topic space.resources --topic space.products --topic space.contracts --topic intake.versions
allow --allow-principal User:query --operation Describe --operation Read --resource-pattern-type prefixed --topic resource. --group query
allow --allow-principal User:query --operation Describe --operation Write --topic audit.evidence
allow --allow-principal User:query --operation Describe --operation Write --resource-pattern-type prefixed --topic domain. --transactional-id query
allow --allow-principal User:query --operation IdempotentWrite --cluster
allow --allow-principal User:space --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write --topic space.participants --topic space.domains --topic space.resources --topic space.products --topic space.contracts
allow --allow-principal User:space --operation Describe --operation Read --resource-pattern-type prefixed --group space
allow --allow-principal User:space --operation Describe --operation Write --topic audit.evidence
allow --allow-principal User:space --operation Describe --operation Write --resource-pattern-type prefixed --transactional-id space
allow --allow-principal User:space --operation IdempotentWrite --cluster
