package dev.weir.space;

import dev.weir.policy.bundle.Floors;
import java.time.Duration;

/**
 * The limits of the control plane. Immutable.
 *
 * @param floors what the policy bundle sets
 * @param bundleVersion version of the bundle the limits come from; goes into every leaf
 * @param signingWindow how long signatures are taken after all parties agreed
 */
public record SpaceRules(Floors floors, String bundleVersion, Duration signingWindow) {}
