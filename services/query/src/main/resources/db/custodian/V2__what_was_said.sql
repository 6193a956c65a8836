-- An adder says the same again with another signature after each start (SM2 signs at random): what it said is compared, not
-- its bytes. Refusals of messages are noted once for each reason.
alter table adder_sums rename column message_sha256 to statement_sha256;
alter table refused_messages rename column message_sha256 to said;
