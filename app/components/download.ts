import { useAppBridge } from "@shopify/app-bridge-react";
import { useCallback, useState } from "react";

interface Download {
  readonly start: () => void;
  readonly isBusy: boolean;
}

/**
 * Saves a file of the app's. It is fetched by script, where App Bridge adds the session token: a plain link would leave
 * the frame without it.
 *
 * @param bodyOf what is sent along, where the file is made of something that the app does not keep
 */
export const useDownload = (url: string, fileName: string, bodyOf?: () => FormData): Download => {
  const shopify = useAppBridge();
  const [isBusy, setBusy] = useState(false);
  const download = useCallback(async () => {
    setBusy(true);
    try {
      const response = await (bodyOf ? fetch(url, { method: "POST", body: bodyOf() }) : fetch(url));
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const address = URL.createObjectURL(await response.blob());
      const link = document.createElement("a");
      link.href = address;
      link.download = fileName;
      link.click();
      URL.revokeObjectURL(address);
      shopify.toast.show(`${fileName} saved`);
    } catch {
      shopify.toast.show("The file could not be exported. Try again.", { isError: true });
    } finally {
      setBusy(false);
    }
  }, [url, fileName, bodyOf, shopify]);
  return { start: () => void download(), isBusy };
};
