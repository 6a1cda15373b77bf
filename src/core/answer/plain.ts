/** Nodes in a short spelling. */
import type { Node } from "./node";

/** A short plain spelling of a node, for names and comparisons of names. */
export function plain(node: Node): string {
  switch (node.kind) {
    case "number":
      return node.value.d === 1n ? node.value.n.toString() : `${node.value.n}/${node.value.d}`;
    case "symbol":
      return node.name;
    case "text":
      return node.text;
    case "based":
      return `${node.digits}_${node.base}`;
    case "apply":
      return node.name === "*" ? node.of.map(plain).join("") : `${node.name}(${node.of.map(plain).join(",")})`;
    case "group":
      return `${node.open}${node.items.map(plain).join(",")}${node.close}`;
    case "unit":
      return `${plain(node.value)} ${node.words}`;
    default:
      return "";
  }
}
