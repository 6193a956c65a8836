/**
 * Everything a service is connected to, opened from its configuration in one place. It starts
 * nothing on its own. Start with {@link dev.weir.runtime.connect.Connections}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.connect;
