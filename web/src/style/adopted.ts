// Stands in for the writers of <style> elements of antd and its icons: the same styles as constructed sheets, which a strict policy allows.

interface Options {
  priority?: number;
}

interface Sheet {
  key: string;
  priority: number;
  css: string;
  sheet: CSSStyleSheet;
  /** antd marks what it wrote; nobody sees this element. */
  element: HTMLStyleElement;
}

const sheets: Sheet[] = [];

function show() {
  document.adoptedStyleSheets = sheets.map((entry) => entry.sheet);
}

/** Writes `css` under `key`, in the order of the priorities. */
export function updateCSS(css: string, key: string, options: Options = {}): HTMLStyleElement {
  const known = sheets.find((entry) => entry.key === key);
  if (known) {
    if (known.css !== css) {
      known.css = css;
      known.sheet.replaceSync(css);
    }
    return known.element;
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const entry = { key, css, sheet, priority: options.priority ?? 0, element: document.createElement("style") };
  const later = sheets.findIndex((other) => other.priority > entry.priority);
  sheets.splice(later < 0 ? sheets.length : later, 0, entry);
  show();
  return entry.element;
}

/** Writes `css` once. */
export function injectCSS(css: string, options: Options = {}): HTMLStyleElement {
  return updateCSS(css, css, options);
}

/** Takes away what was written under `key`. */
export function removeCSS(key: string): void {
  const place = sheets.findIndex((entry) => entry.key === key);
  if (place >= 0) {
    sheets.splice(place, 1);
    show();
  }
}

/** Nothing is remembered about containers here. */
export function clearContainerCache(): void {}

/** The console has no shadow trees. */
export function getShadowRoot(): null {
  return null;
}

/** What the icons say to whoever uses them wrongly. */
export function warningOnce(valid: boolean, message: string): void {
  if (!valid) console.warn(message);
}
