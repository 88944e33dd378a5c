const POLICY = "Content-Security-Policy";

/** Hosts of Shopify's own development that the library lets frame every app. */
const DEVELOPMENT_HOSTS = [
  / https:\/\/\*\.spin\.dev/g,
  / https:\/\/admin\.myshopify\.io/g,
  / https:\/\/admin\.shop\.dev/g,
];

const withoutDevelopment = (policy: string): string =>
  DEVELOPMENT_HOSTS.reduce((rest, host) => rest.replace(host, ""), policy).replace(/;\s*$/, "");

/**
 * Who may frame a page: the shop that asks and Shopify's admin, and nobody where no shop is named. Beyond that, no page may
 * be given another base, nor run plug-ins.
 *
 * @param headers with the policy that the library set, which is replaced
 */
export const hardenPage = (headers: Headers): void => {
  const framing = withoutDevelopment(headers.get(POLICY) ?? "frame-ancestors 'none'");
  headers.set(POLICY, `${framing}; base-uri 'self'; object-src 'none'`);
};

const ALWAYS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
};

const YEAR_S = 31_536_000;

/** Headers of every answer. Browsers are told to insist on TLS where the app's address has it. */
export const securityHeaders = (appUrl: string): Readonly<Record<string, string>> => ({
  ...ALWAYS,
  ...(appUrl.startsWith("https:") ? { "Strict-Transport-Security": `max-age=${YEAR_S}` } : {}),
});
