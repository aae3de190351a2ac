/** An XML element: attributes in the order given, children, or text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children?: readonly XmlElement[];
  readonly text?: string;
}

/** Everything that XML 1.0 has no way to say, lone surrogates included (XML 1.0, production 2). */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The document text of one root element, with declaration. Characters that XML cannot hold are left out. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(root, "")}`;
}

function renderElement(element: XmlElement, indent: string): string {
  const attributes = Object.entries(element.attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join("");
  const open = `${indent}<${element.name}${attributes}`;
  if (element.text !== undefined) return `${open}>${escapeText(element.text)}</${element.name}>\n`;
  if (element.children === undefined || element.children.length === 0) return `${open}/>\n`;
  const children = element.children.map((child) => renderElement(child, `${indent}  `)).join("");
  return `${open}>\n${children}${indent}</${element.name}>\n`;
}

function escapeText(text: string): string {
  return text
    .replaceAll(ILLEGAL, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}

function escapeAttribute(text: string): string {
  // A parser turns raw line ends and tabs in attributes into spaces.
  return escapeText(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}
