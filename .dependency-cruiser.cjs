/**
 * The layers, as rules. Each rule's comment is its reason; `npx depcruise` prints it beside a violation.
 * Imports of types alone are free wherever a rule says `dependencyTypesNot: ["type-only"]`: they leave nothing at run time.
 */
const VALUES = { dependencyTypesNot: ["type-only"] };
const SERVER_PARTS =
  "^app/(db|shopify|pipeline|platform|checkout|threads)/|^app/[^/]+[.]server[.]tsx?$|[.]server[.]tsx?$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "core-is-pure",
      comment:
        "app/core is values in, values out: no package, no node:, no adapter, no generated type. That is what lets every figure be tested without a database and replayed years later.",
      severity: "error",
      from: { path: "^app/core/" },
      to: { pathNot: "^app/core/" },
    },
    {
      name: "pipeline-is-the-order-of-work",
      comment:
        "A pipeline step strings core, db, shopify and checkout together and is handed its connections. It knows no route, no page and no composition, and no package at run time: what needs one belongs in an adapter.",
      severity: "error",
      from: { path: "^app/pipeline/" },
      to: { pathNot: "^app/(pipeline|core|db|shopify|platform|checkout)/", ...VALUES },
    },
    {
      name: "db-knows-no-other-adapter",
      comment:
        "app/db turns rows into core values and back. It imports core, platform and types of the pipeline, and neither Shopify nor anything that shows a page, so that either side can change alone.",
      severity: "error",
      from: { path: "^app/db/" },
      to: { path: "^app/", pathNot: "^app/(db|core|platform)/", ...VALUES },
    },
    {
      name: "shopify-knows-no-other-adapter",
      comment:
        "app/shopify turns Admin GraphQL into core values and back. It imports core, platform and types of the pipeline, and neither the database nor anything that shows a page.",
      severity: "error",
      from: { path: "^app/shopify/" },
      to: { path: "^app/", pathNot: "^app/(shopify|core|platform)/", ...VALUES },
    },
    {
      name: "sales-are-read-by-the-reconciliation-alone",
      comment:
        "The ledger's amounts come from lines, refunds and shipping. Were they taken from Shopify's sales, the reconciliation would compare the sales with themselves.",
      severity: "error",
      from: { path: "^app/", pathNot: "^app/(pipeline/reconcile|shopify/sales-reader[.]server)[.]ts$" },
      to: { path: "^app/shopify/(sales-reader[.]server|operations/order-sales)[.]ts$" },
    },
    {
      name: "adapters-share-no-types",
      comment:
        "Rows of the database and answers of Shopify meet in core values alone: a type of the one in the other ties the two formats together.",
      severity: "error",
      from: { path: "^app/(db|shopify)/" },
      to: { path: "^app/(db|shopify)/", pathNot: "^app/$1/" },
    },
    {
      name: "platform-knows-no-part",
      comment: "Env, logger, clock, jobs and errors are what every part stands on: they import none of the parts.",
      severity: "error",
      from: { path: "^app/platform/" },
      to: { path: "^app/", pathNot: "^app/(platform|core)/" },
    },
    {
      name: "checkout-runs-a-cart-and-nothing-else",
      comment:
        "app/checkout runs a cart through the built Function: it gets the cart as a value and needs no route, database or Shopify.",
      severity: "error",
      from: { path: "^app/checkout/" },
      to: { path: "^app/", pathNot: "^app/(checkout|core)/" },
    },
    {
      name: "presenters-do-no-io",
      comment:
        "A presenter turns core values into what a page shows. It reads nothing, so that a page can be tested as a value.",
      severity: "error",
      from: { path: "^app/presenters/" },
      to: { pathNot: "^app/(presenters|core)/", ...VALUES },
    },
    {
      name: "components-run-in-the-browser",
      comment:
        "Components are sent to the browser: a server file imported by one would be sent too, or break the build.",
      severity: "error",
      from: { path: "^app/components/" },
      to: { path: `${SERVER_PARTS}|^app/routes/`, ...VALUES },
    },
    {
      name: "routes-ask-the-composition",
      comment:
        "A route is schema, loader, action and component. Queries and GraphQL in a route cannot be reused or tested without HTTP: ask the composition for them.",
      severity: "error",
      from: { path: "^app/routes/" },
      to: { path: "^app/(db|shopify|pipeline)/", ...VALUES },
    },
    {
      name: "routes-are-nobodys-library",
      comment: "What two routes share belongs in a presenter, a component or the composition.",
      severity: "error",
      from: { path: "^app/", pathNot: "^app/routes/" },
      to: { path: "^app/routes/" },
    },
    {
      name: "product-code-knows-no-tests",
      comment: "A switch or a stand-in for tests in product code is a way into it.",
      severity: "error",
      from: { path: "^(app|extensions|prisma)/" },
      to: { path: "^tests/" },
    },
    {
      name: "extensions-stand-alone",
      comment: "An extension is deployed by itself and runs at Shopify: it can take nothing of the app along.",
      severity: "error",
      from: { path: "^extensions/([^/]+)/" },
      to: { path: "^(app|tests|prisma|scripts)/|^extensions/", pathNot: "^extensions/($1|wasm-api)/" },
    },
    {
      name: "local-shopify-shares-no-code-with-the-app",
      comment:
        "The local Shopify checks the app. If it used the app's code it would share the app's bugs. It reads the schema files, which are Shopify's, and the API version.",
      severity: "error",
      from: { path: "^tests/local-shopify/" },
      to: { path: "^app/", pathNot: "^app/shopify/(schema/|api-version[.]ts$)" },
    },
    {
      name: "no-circle",
      comment: "Files in a circle can only be understood, tested and moved together.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: VALUES },
    },
    {
      name: "imports-exist",
      comment: "An import that leads nowhere fails at run time, maybe only in production.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^virtual:|^cloudflare:|[.]/build/" },
    },
    {
      name: "packages-are-declared",
      comment: "A package that is only there because another one needs it goes away without notice.",
      severity: "error",
      from: { path: "^(app|extensions|prisma|tests|scripts)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"], ...VALUES },
    },
    {
      name: "product-code-needs-no-development-package",
      comment: "A production install has no development packages.",
      severity: "error",
      from: { path: "^app/", pathNot: "^app/routes[.]ts$" },
      to: { dependencyTypes: ["npm-dev"], ...VALUES, pathNot: "node_modules/@types/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|[.]cache|[.]data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
      extensions: [".ts", ".tsx", ".d.ts", ".mjs", ".js", ".cjs", ".json"],
    },
  },
};
