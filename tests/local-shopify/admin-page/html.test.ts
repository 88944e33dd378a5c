import { expect, test } from "vitest";
import { html } from "./html.ts";

test("what is put into markup is escaped, markup itself is not, lists are joined and nothing leaves nothing", () => {
  const name = `<b onclick="x('&')">`;
  expect(html`<p title="${name}">${html`<i>${name}</i>`}${[1, "<", null]}${false}${undefined}</p>`.text).toBe(
    `<p title="&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;"><i>&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;</i>1&lt;</p>`,
  );
});
