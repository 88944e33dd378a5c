/** Whether an access scope is granted; to write includes to read. @param what as "orders" */
export const isGranted = ({ scopes }: { readonly scopes: readonly string[] }, what: string): boolean =>
  scopes.includes(`read_${what}`) || scopes.includes(`write_${what}`);
