/**
 * PostgreSQL under roles that cannot bypass row-level security: roles, migrations, and named, timed
 * transactions that carry the caller into the policies. It holds no SQL of any feature. Start with
 * {@link dev.weir.runtime.sql.Database}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.sql;
