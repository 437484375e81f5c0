declare const __TEST_BUILD__: boolean;

/**
 * True only in a build made with TALLYMAN_TEST_BUILD=1 (see scripts/build.mjs), false in everything that is shipped.
 * Doors that exist for tests only, such as the remote debugging port, stay shut where this is false.
 */
export const IS_TEST_BUILD: boolean = typeof __TEST_BUILD__ === 'boolean' && __TEST_BUILD__;
